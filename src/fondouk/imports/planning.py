"""From rows to changes: what each row would do, worked out in memory before anything is written.

A `Planner` of each kind reads its rows against what the database holds and what earlier sheets of the book
bring. It gives every row an outcome and hands the rows to write to the `Writer`. Writing is another matter,
in `actions`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _

from . import readers
from .enums import Effect
from .recognition import Column, ReadSheet
from .rows import REFUSED, ReadRow, data_rows
from .schema import Bad, SheetKind
from .writer import Writer

QUOTED = re.compile(r"^'[\d+=@-]")
"""The sign by which a spreadsheet keeps a number as text, left behind in the text."""

STEP = 250
"""Rows between two words on how far it is."""


@dataclass
class Problem:
    """Why a row is refused, or what is odd about it."""

    code: str
    sentence: Any
    column: str = ""
    value: str = ""
    facts: dict[str, Any] = field(default_factory=dict)

    @property
    def message(self) -> str:
        """In the active language."""
        return str(self.sentence) % {**self.facts, "value": self.value}


Place = tuple[str, int | None]
"""Where a value stands: its field, and the year of its column where it is a field by year."""


@dataclass
class RowPlan:
    """One row: what it says, and what it does."""

    sheet: str
    number: int
    label: str = ""
    effect: Effect = Effect.UNCHANGED
    problems: list[Problem] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)
    changes: list[tuple[str, str, str]] = field(default_factory=list)
    """(field, before, after), for the preview."""
    understood: dict[Place, Any] = field(default_factory=dict)
    """What its cells were read as."""

    def refuse(self, problem: Problem) -> None:
        self.problems.append(problem)
        self.effect = Effect.REFUSED

    @property
    def is_refused(self) -> bool:
        return self.effect == Effect.REFUSED

    def touch(self, *, created: bool = False) -> None:
        if self.is_refused:
            return
        if created:
            self.effect = Effect.CREATED
        elif self.effect == Effect.UNCHANGED:
            self.effect = Effect.UPDATED


@dataclass
class Values:
    """What a row says, by field; fields by year as `{year or None: value}`. Columns are those of the sheet."""

    plan: RowPlan
    given: dict[str, Any]
    columns: dict[Place, Column]
    raw: dict[Place, Any]
    bad: set[str]

    def get(self, code: str, default: Any = None) -> Any:
        return self.given.get(code, default)

    def years(self, code: str) -> dict[int | None, Any]:
        return self.given.get(code, {})

    def written(self, code: str, year: int | None = None) -> Any:
        """The cell as it was typed."""
        return self.raw.get((code, year))

    def heading(self, code: str, year: int | None = None) -> str:
        column = self.columns.get((code, year)) or self.columns.get((code, None))
        return column.heading.text if column else ""

    def problem(self, code: str, at: str, sentence: Any, *, year: int | None = None, **facts: Any) -> Problem:
        key = (at, year) if (at, year) in self.raw else (at, None)
        return Problem(code, sentence, self.heading(at, year), shown(self.raw.get(key)), facts)

    def refuse(self, code: str, at: str, sentence: Any, *, year: int | None = None, **facts: Any) -> None:
        self.plan.refuse(self.problem(code, at, sentence, year=year, **facts))

    def warn(self, code: str, at: str, sentence: Any, *, year: int | None = None, **facts: Any) -> None:
        self.plan.warnings.append(self.problem(code, at, sentence, year=year, **facts))

    def change(self, writer: Writer, record: Any, **wanted: Any) -> None:
        """Set what differs, and show it in the preview."""
        for name, value in wanted.items():
            before = getattr(record, name)
            if writer.update(record, **{name: value}):
                self.plan.changes.append((name, shown(before), shown(value)))
                self.plan.touch()


def shown(value: Any) -> str:
    """A value as the report shows it, without the signs that no report can hold."""
    if value is None:
        return ""
    if isinstance(value, date):
        return value.strftime("%d/%m/%Y")
    if isinstance(value, bool):
        return "oui" if value else "non"
    return readers.FORBIDDEN.sub("�", str(value))[:200]


class Context:
    """Shared by the planners of one book: the day, the writer, and what each planner wants others to find."""

    def __init__(self, today: date, *, by: Any = None, step: Callable[[int], None] | None = None) -> None:
        self.today = today
        self.by = by
        self.step = step or (lambda rows: None)
        self.writer = Writer()
        self.shared: dict[str, Any] = {}


class Planner:
    """Base of the planners. Subclasses load what exists in `prepare`, and take one row at a time in
    `plan_row`.

    A row that is refused must leave no trace: nothing in the writer, nothing that later rows are checked
    against.
    """

    label_field: ClassVar[str] = "name"

    def __init__(self, kind: SheetKind, context: Context) -> None:
        self.kind = kind
        self.context = context
        self.writer = context.writer

    def prepare(self) -> None:
        """Load what the database holds, once for the whole book."""

    def plan_row(self, values: Values, sheet: ReadSheet) -> None:
        raise NotImplementedError

    def settle(self) -> None:
        """After every sheet of this kind, before the next kind: rows that had to wait for others."""

    def finish(self) -> None:
        """After every sheet of the book: nothing can be refused any more."""

    def totals(self) -> dict[str, int]:
        """What stands in the book and was accepted."""
        return {}

    def plan(self, sheet: ReadSheet) -> SheetPlan:
        result = SheetPlan(sheet, self.kind)
        columns = {_place(column): column for column in sheet.columns if column.field}
        for row in data_rows(sheet):
            plan = RowPlan(sheet.raw.name, row.number)
            self._plan(row, plan, columns, sheet)
            result.rows.append(plan)
            if len(result.rows) % STEP == 0:
                self.context.step(STEP)
        self.context.step(len(result.rows) % STEP)
        return result

    def _plan(self, row: ReadRow, plan: RowPlan, columns: dict[Place, Column], sheet: ReadSheet) -> None:
        if row.aside is not None:
            said = next((cell for _column, cell in row.cells if isinstance(cell, str)), "")
            plan.label = shown(said)
            problem = Problem(row.aside.code, row.aside.sentence, "", shown(said))
            if row.aside.code in REFUSED:
                plan.refuse(problem)
            else:
                plan.warnings.append(problem)
            return
        values = self.read(row, plan, columns)
        plan.label = shown(values.written(self.label_field))
        if not (row.is_continued and self.continue_row(values, sheet)):
            self.plan_row(values, sheet)

    def continue_row(self, values: Values, sheet: ReadSheet) -> bool:
        """What a further row says of the thing named in a cell merged over both. False: it is a thing of its own."""
        return False

    def read(self, row: ReadRow, plan: RowPlan, columns: dict[Place, Column]) -> Values:
        """The row's cells through their fields' readers. A value that cannot be read refuses the row."""
        values = Values(plan, {}, columns, {}, set())
        for column, cell in row.cells:
            known = column.field
            assert known is not None  # noqa: S101
            values.raw[_place(column)] = cell
            try:
                value = read_cell(column, cell)
            except Bad as bad:
                values.bad.add(known.code)
                plan.refuse(Problem(bad.code, bad.sentence, column.heading.text, shown(cell), bad.facts))
                continue
            if value is None:
                continue
            plan.understood[_place(column)] = value
            if known.by_year:
                values.given.setdefault(known.code, {})[column.heading.year] = value
            else:
                values.given[known.code] = value
        return values


def _place(column: Column) -> Place:
    known = column.field
    assert known is not None  # noqa: S101
    return known.code, column.heading.year if known.by_year else None


def read_cell(column: Column, cell: Any) -> Any:
    """The value of a cell, or `Bad`: also for what its column in the database could not hold."""
    known = column.field
    assert known is not None  # noqa: S101
    if isinstance(cell, str):
        if QUOTED.match(cell):
            cell = cell[1:]
        if readers.FORBIDDEN.search(cell):
            raise Bad("characters", _("“%(value)s” holds signs that are no text. Type it again."))
        if len(cell) > readers.LONG_TEXT:
            raise Bad(
                "too long", _("“%(value)s” is too long: %(limit)s signs at most."), limit=readers.LONG_TEXT
            )
    value = known.read(cell, column.heading)
    if known.limit and isinstance(value, str) and len(value) > known.limit:
        raise Bad("too long", _("“%(value)s” is too long: %(limit)s signs at most."), limit=known.limit)
    return value


@dataclass
class SheetPlan:
    sheet: ReadSheet
    kind: SheetKind
    rows: list[RowPlan] = field(default_factory=list)

    def count(self, effect: Effect) -> int:
        return Counter(row.effect for row in self.rows)[effect]
