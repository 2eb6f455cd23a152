"""Where the records that the audit speaks of are shown: at the route named like the model, unless an app says better."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from django.apps import apps
from django.urls import NoReverseMatch, reverse
from django.utils.text import capfirst

ADDRESSES: Final[dict[str, Callable[[str], str]]] = {}


def register(label: str, address: Callable[[str], str]) -> None:
    """`address` gives the page of the record `label` ("sites.site") with a key, "" when it has none."""
    ADDRESSES[label] = address


def address_of(reference: str) -> str:
    """The page of "companies.company:42", "" when there is none."""
    label, _, key = reference.partition(":")
    if label in ADDRESSES:
        return ADDRESSES[label](key)
    try:
        return reverse(label.rpartition(".")[2], args=[int(key)])
    except (NoReverseMatch, ValueError):
        return ""


def name_of(reference: str) -> str:
    """What kind of record it is, in the reader's language."""
    label, _, key = reference.partition(":")
    try:
        return f"{capfirst(str(apps.get_model(label)._meta.verbose_name))} {key}"
    except LookupError:
        return reference
