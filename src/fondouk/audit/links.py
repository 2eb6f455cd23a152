"""Where the records that the audit speaks of are shown: at the route named like the model, unless an app says better."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import Final

from django.apps import apps
from django.core.exceptions import ValidationError
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


def names_of(references: Iterable[str]) -> dict[str, str]:
    """The records' own names, in one query for each kind; "Contract 12" for one that is gone."""
    keys: dict[str, set[str]] = defaultdict(set)
    for reference in references:
        label, _, key = reference.partition(":")
        keys[label].add(key)
    names: dict[str, str] = {}
    for label, wanted in keys.items():
        try:
            model = apps.get_model(label)
            records = {str(key): str(record) for key, record in model._base_manager.in_bulk(wanted).items()}
        except (LookupError, ValueError, ValidationError):
            names.update({f"{label}:{key}": f"{label}:{key}" for key in wanted})
            continue
        kind = capfirst(str(model._meta.verbose_name))
        names.update({f"{label}:{key}": records.get(key, "") or f"{kind} {key}" for key in wanted})
    return names
