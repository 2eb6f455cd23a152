"""Addresses of records, worked out once for each route and language instead of once for each row.

Django looks through its patterns for every `reverse`; a list asks for the same route two hundred times.
"""

from __future__ import annotations

import re
from functools import lru_cache

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
    kinds = tuple(isinstance(key, int) for key in keys)
    pattern = _pattern(route, kinds, get_language(), get_script_prefix(), get_urlconf())
    return pattern.format(*keys)


@lru_cache(512)
def _pattern(
    route: str, kinds: tuple[bool, ...], _language: str | None, _prefix: str, _urlconf: str | None
) -> str:
    stands: list[Key] = [NUMBER + place if number else f"{WORD}{place}" for place, number in enumerate(kinds)]
    address = reverse(route, args=stands)
    for place, stand in enumerate(stands):
        address = address.replace(str(stand), f"{{{place}}}")
    return address
