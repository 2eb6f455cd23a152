"""What stands in a place of the public site."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.apps import apps

from fondouk.editorial.models import LANGUAGES, Said, Text, said


def texts(*keys: str) -> dict[str, Said]:
    """What is written in these slots, in the reader's language where it is; empty where nothing is. One query."""
    found = {text.key: said(text, "body") for text in Text.objects.filter(key__in=keys)}
    return {key: found.get(key, Said("", "")) for key in keys}


@dataclass(frozen=True)
class Version:
    """A text as it stood from a moment on; `key` restores it."""

    key: int
    since: datetime
    bodies: dict[str, str]


def versions(text: Text, limit: int = 12) -> list[Version]:
    """The latest first; what stands now is the first."""
    events: Any = apps.get_model("editorial", "TextEvent").objects
    rows = events.filter(pgh_obj=text.pk).order_by("-pgh_created_at", "-pgh_id")[:limit]
    return [
        Version(row.pgh_id, row.pgh_created_at, {code: getattr(row, f"body_{code}") for code in LANGUAGES})
        for row in rows
    ]


def languages_of(row: Any, nouns: Iterable[str]) -> list[str]:
    """The languages in which all of these are written."""
    return [code for code in LANGUAGES if all(getattr(row, f"{noun}_{code}") for noun in nouns)]
