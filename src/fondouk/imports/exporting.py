"""Giving back a workbook that imports to the same state.

Each kind of sheet says how its records read (`SheetKind.exporter`). The book is written as it is read from
the database, never held as a whole.

A cell is always a value, never a formula: texts are written as texts, and those that a spreadsheet might take
for a formula once somebody edits them, or saves them as CSV, are marked as quoted (the apostrophe that
spreadsheets show in front of such a text is not part of it). Reading them back gives the text itself.

A sheet holds what can be typed in a table. What it cannot hold is counted in `Exported.left_out`, by kind:
documents, notes and accounts are no matter of a workbook at all and are not counted.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import IO, Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from .schema import SheetKind, kinds
from .vocabulary import LANGUAGES

NOT_IN_A_BOOK = _(
    "It holds no documents, notes, opening hours, holidays, accounts, roles, consents, persons in charge of a company, nor "
    "the history: a backup does."
)
"""Said wherever somebody exports: what no sheet has a place for, counted or not."""


@dataclass
class Exported:
    """What was written: rows by kind, and what no sheet can hold: `(kind, what)` and how many."""

    rows: dict[str, int] = field(default_factory=dict)
    left_out: Counter[tuple[str, str]] = field(default_factory=Counter)


class Exporter:
    """Base of the exporters: `headers` and `rows` of one sheet, in the same order. `leave_out` says what is
    missing.
    """

    def __init__(self, kind: SheetKind, language: str, today: date, exported: Exported) -> None:
        self.kind = kind
        self.language = language
        self.today = today
        self.exported = exported

    def headers(self) -> list[str]:
        raise NotImplementedError

    def rows(self) -> Iterator[list[Any]]:
        raise NotImplementedError

    def title(self, code: str, suffix: str = "") -> str:
        titles = self.kind.field(code).titles
        return f"{titles[LANGUAGES.index(self.language)]} {suffix}".strip()

    def leave_out(self, what: Any, count: int = 1) -> None:
        if count:
            self.exported.left_out[self.kind.code, str(what)] += count


def export_book(
    target: IO[bytes] | str,
    *,
    language: str = "fr",
    today: date | None = None,
    advance: Callable[[int], None] | None = None,
) -> Exported:
    """Write the workbook to `target`, with headers and words in `language` ("fr", "en" or "ar").

    `advance` hears of every row written.
    """
    if language not in LANGUAGES:
        raise ValueError(language)
    from .workbooks.writing import BookWriter  # what writes workbooks takes long to load

    book = BookWriter(is_right_to_left=language == "ar")
    exported = Exported()
    with override(language):
        for kind in kinds():
            if kind.exporter is None:
                continue
            exporter = kind.exporter(kind, language, today or timezone.localdate(), exported)
            exported.rows[kind.code] = 0
            book.begin_sheet(kind.titles[LANGUAGES.index(language)], exporter.headers())
            for row in exporter.rows():
                book.append(row)
                exported.rows[kind.code] += 1
                if advance:
                    advance(1)
    book.save(target)
    return exported
