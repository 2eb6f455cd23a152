"""Addresses of records, worked out once for each route and language instead of once for each row.

Django looks through its patterns for every `reverse`; a list asks for the same route two hundred times.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

from django.conf import settings
from django.urls import get_script_prefix, get_urlconf, reverse
from django.utils.translation import get_language

Key = int | str
NUMBER, WORD = 9_876_543_210, "stand-in-"
"""Keys that no address holds otherwise; a digit follows."""
PLAIN = re.compile(r"[-_A-Za-z0-9]+")


def is_plain(key: object) -> bool:
    """Whether an address holds it as it is: a number, or a slug."""
    return type(key) is int or (isinstance(key, str) and PLAIN.fullmatch(key) is not None)


def record_address(route: str, *keys: Key) -> str:
    """As `reverse(route, args=keys)` gives it, for plain keys. Raises `NoReverseMatch` where the route takes others."""
    return _pattern_of(route, tuple(isinstance(key, int) for key in keys)).format(*keys)


def record_addresses(route: str) -> Callable[[int], str]:
    """`record_address` for many numbers in a row, in the language of now."""
    return _pattern_of(route, (True,)).format


def _pattern_of(route: str, kinds: tuple[bool, ...]) -> str:
    return _pattern(route, kinds, get_language(), get_script_prefix(), get_urlconf())


@lru_cache(512)
def _pattern(
    route: str, kinds: tuple[bool, ...], _language: str | None, _prefix: str, _urlconf: str | None
) -> str:
    stands: list[Key] = [NUMBER + place if number else f"{WORD}{place}" for place, number in enumerate(kinds)]
    address = reverse(route, args=stands)
    for place, stand in enumerate(stands):
        address = address.replace(str(stand), f"{{{place}}}")
    return address


def in_language(address: str, code: str) -> str:
    """This page in another language, "/fr/…" for "/ar/…"; one that has no language stays as it is.

    Nothing else differs, as no route of ours is itself translated: there is no need to look through all of them, as
    Django's `translate_url` does.
    """
    prefix = get_script_prefix()
    here, _slash, rest = address.removeprefix(prefix).partition("/")
    return f"{prefix}{code}/{rest}" if {here, code} <= dict(settings.LANGUAGES).keys() else address
