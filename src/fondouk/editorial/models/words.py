"""Words in three languages: the reader's own where it was written, else the first that was."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.utils.translation import get_language

LANGUAGES = ("fr", "ar", "en")


@dataclass(frozen=True)
class Said:
    """A text and the language it is in, which may not be the page's: what shows it says so (`lang`, `dir`)."""

    text: str
    language: str

    def __bool__(self) -> bool:
        return bool(self.text)

    def __str__(self) -> str:
        return self.text

    @property
    def direction(self) -> str:
        return "rtl" if self.language == "ar" else "ltr"


def said(row: Any, noun: str, language: str = "") -> Said:
    """The column `noun` of a row in `language`, the reader's where none is named."""
    wanted = language or (get_language() or LANGUAGES[0])[:2]
    for code in (wanted, *LANGUAGES):
        if text := getattr(row, f"{noun}_{code}", ""):
            return Said(text, code)
    return Said("", wanted)


def said_somehow(noun: str) -> Q:
    """A condition: it is written in one language at least."""
    written = Q()
    for code in LANGUAGES:
        written |= ~Q(**{f"{noun}_{code}": ""})
    return written
