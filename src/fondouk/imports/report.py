"""The report of a book: what was understood, what each row does, what is refused and why."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from .enums import Effect
from .planning import Context, Problem, RowPlan, SheetPlan, shown
from .recognition import ReadSheet
from .schema import Field, SheetKind
from .workbooks import WARNINGS, RawBook

TOTALS = (
    "sites",
    "spaces",
    "combined_rooms",
    "companies",
    "companies_resident",
    "contracts",
    "jobs",
    "women",
)


@dataclass
class BookPlan:
    """A whole book planned: `sheets` in the order of the book, those that nobody understood with kind
    None.
    """

    book: RawBook
    read: list[ReadSheet]
    sheets: dict[str, SheetPlan]
    context: Context
    totals: dict[str, int] = field(default_factory=dict)

    @property
    def refused(self) -> int:
        return sum(plan.count(Effect.REFUSED) for plan in self.sheets.values())

    @property
    def rows(self) -> int:
        return sum(len(plan.rows) for plan in self.sheets.values())

    @property
    def changes(self) -> int:
        return sum(plan.count(Effect.CREATED) + plan.count(Effect.UPDATED) for plan in self.sheets.values())


def report(plan: BookPlan) -> dict[str, Any]:
    """As INTERFACE of `fondouk import --report`: counts are integers, messages in the active language."""
    return {
        "workbook": shown(plan.book.name),
        "totals": {name: plan.totals.get(name, 0) for name in TOTALS},
        "sheets": [_sheet(plan.sheets[read.raw.name]) for read in plan.read if read.raw.name in plan.sheets],
        "ignored_sheets": [shown(read.raw.name) for read in plan.read if read.raw.name not in plan.sheets],
        "warnings": [
            *(
                {"code": code, "message": str(WARNINGS[code])}
                for code in plan.book.warnings
                if code in WARNINGS
            ),
            *(
                {"code": "sheet left out", "message": message}
                for read in plan.read
                if (message := nearly_understood(read))
            ),
        ],
    }


def nearly_understood(read: ReadSheet) -> str:
    """In the active language, what a sheet lacks that looks like one of ours; empty for any other."""
    if read.nearly is None:
        return ""
    return lacks(read.raw.name, *read.nearly)


def lacks(sheet: str, kind: SheetKind, lacking: Field) -> str:
    """In the active language."""
    return _(
        "The sheet “%(sheet)s” looks like “%(kind)s”, but none of its columns is read as “%(field)s”: it is left out. Say "
        "which column that is."
    ) % {"sheet": shown(sheet), "kind": kind.label, "field": lacking.label}


def _sheet(plan: SheetPlan) -> dict[str, Any]:
    return {
        "sheet": shown(plan.sheet.raw.name),
        "kind": plan.kind.code,
        "rows": len(plan.rows),
        "created": plan.count(Effect.CREATED),
        "updated": plan.count(Effect.UPDATED),
        "unchanged": plan.count(Effect.UNCHANGED),
        "refused": [_entry(row, row.problems[0]) for row in plan.rows if row.is_refused],
        "warnings": [
            _entry(row, warning) for row in plan.rows if not row.is_refused for warning in row.warnings
        ],
        "ignored_columns": [shown(column) for column in plan.sheet.ignored],
    }


def _entry(row: RowPlan, problem: Problem) -> dict[str, Any]:
    return {
        "sheet": shown(row.sheet),
        "row": row.number,
        "column": shown(problem.column),
        "value": problem.value,
        "code": problem.code,
        "message": problem.message,
    }


def preview(plan: BookPlan) -> list[dict[str, Any]]:
    """Every row for the screen: what it is, what it does, all that is wrong or odd about it."""
    return [
        {
            "sheet": shown(row.sheet),
            "row": row.number,
            "label": row.label,
            "effect": str(row.effect.value),
            "changes": [list(change) for change in row.changes],
            "problems": [_entry(row, problem) for problem in row.problems],
            "warnings": [_entry(row, warning) for warning in row.warnings],
        }
        for read in plan.read
        if read.raw.name in plan.sheets
        for row in plan.sheets[read.raw.name].rows
    ]
