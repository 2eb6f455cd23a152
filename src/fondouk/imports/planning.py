"""From rows to changes: what each row would do, worked out in memory before anything is written.

A `Planner` of each kind reads its rows against what the database holds and what earlier sheets of the book bring. It
gives every row an outcome and hands the rows to write to the `Writer`. Writing is another matter, in `actions`.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from graphlib import TopologicalSorter
from typing import Any, ClassVar

from django.db import models

from .enums import Effect
from .recognition import Column, ReadRow, ReadSheet, data_rows
from .schema import Bad, SheetKind


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
        return str(self.sentence) % {**self.facts, "value": self.value} if self.facts or self.value else str(self.sentence)


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
    """What a row says, by field; fields by year as `{year or None: value}`. Columns are kept for the messages."""

    plan: RowPlan
    given: dict[str, Any]
    columns: dict[str, Column]
    raw: dict[str, Any]
    bad: set[str]

    def get(self, code: str, default: Any = None) -> Any:
        return self.given.get(code, default)

    def years(self, code: str) -> dict[int | None, Any]:
        return self.given.get(code, {})

    def problem(self, code: str, at: str, sentence: Any, **facts: Any) -> Problem:
        column = self.columns.get(at)
        return Problem(code, sentence, column.heading.text if column else "", shown(self.raw.get(at)), facts)

    def refuse(self, code: str, at: str, sentence: Any, **facts: Any) -> None:
        self.plan.refuse(self.problem(code, at, sentence, **facts))

    def warn(self, code: str, at: str, sentence: Any, **facts: Any) -> None:
        self.plan.warnings.append(self.problem(code, at, sentence, **facts))


def shown(value: Any) -> str:
    """A value as the report shows it."""
    if value is None:
        return ""
    if isinstance(value, date):
        return value.strftime("%d/%m/%Y")
    return str(value)[:200]


class Writer:
    """What is to be written, in the order in which models were first met: parents before children."""

    def __init__(self) -> None:
        self.created: dict[type[models.Model], list[models.Model]] = {}
        self.updated: dict[type[models.Model], dict[Any, tuple[models.Model, dict[str, Any]]]] = {}
        self.about: list[tuple[str, models.Model]] = []

    def create(self, record: models.Model) -> models.Model:
        self.created.setdefault(type(record), []).append(record)
        return record

    def update(self, record: models.Model, **values: Any) -> bool:
        """Set the values that differ; true when any does. Old values are kept for the undo."""
        changed = {name: value for name, value in values.items() if getattr(record, name) != value}
        if not changed:
            return False
        if record.pk is not None:
            _record, before = self.updated.setdefault(type(record), {}).setdefault(record.pk, (record, {}))
            for name in changed:
                before.setdefault(name, getattr(record, name))
        for name, value in changed.items():
            setattr(record, name, value)
        return True

    def tell(self, verb: str, record: models.Model) -> None:
        """An audit line for `record`, once the import is written."""
        self.about.append((verb, record))

    @property
    def is_empty(self) -> bool:
        return not self.created and not self.updated

    def in_order(self) -> list[tuple[type[models.Model], list[models.Model]]]:
        """What is created, parents before their children."""
        before = {
            model: {field.related_model for field in model._meta.concrete_fields if field.is_relation} - {model}
            for model in self.created
        }
        order = TopologicalSorter({model: parents & before.keys() for model, parents in before.items()})
        return [(model, self.created[model]) for model in order.static_order()]


class Context:
    """Shared by the planners of one book: the day, the writer, and what each planner wants others to find."""

    def __init__(self, today: date, *, by: Any = None) -> None:
        self.today = today
        self.by = by
        self.writer = Writer()
        self.shared: dict[str, Any] = {}


class Planner:
    """Base of the planners. Subclasses load what exists in `prepare`, and take one row at a time in `plan_row`."""

    label_field: ClassVar[str] = "name"

    def __init__(self, kind: SheetKind, context: Context) -> None:
        self.kind = kind
        self.context = context
        self.writer = context.writer

    def prepare(self) -> None:
        """Load what the database holds, once for the whole book."""

    def plan_row(self, values: Values, sheet: ReadSheet) -> None:
        raise NotImplementedError

    def finish(self) -> None:
        """After every sheet of the book."""

    def totals(self) -> dict[str, int]:
        """What stands in the book and was accepted."""
        return {}

    def plan(self, sheet: ReadSheet) -> SheetPlan:
        result = SheetPlan(sheet, self.kind)
        for row in data_rows(sheet):
            plan = RowPlan(sheet.raw.name, row.number)
            values = self.read(row, plan)
            plan.label = shown(values.raw.get(self.label_field))
            self.plan_row(values, sheet)
            result.rows.append(plan)
        return result

    def read(self, row: ReadRow, plan: RowPlan) -> Values:
        """The row's cells through their fields' readers. A value that cannot be read refuses the row."""
        values = Values(plan, {}, {}, {}, set())
        for column, cell in row.cells:
            known = column.field
            assert known is not None
            values.columns.setdefault(known.code, column)
            values.raw.setdefault(known.code, cell)
            try:
                value = known.read(cell, column.heading)
            except Bad as bad:
                values.bad.add(known.code)
                plan.refuse(Problem(bad.code, bad.sentence, column.heading.text, shown(cell), bad.facts))
                continue
            if value is None:
                continue
            if known.by_year:
                values.given.setdefault(known.code, {})[column.heading.year] = value
            else:
                values.given[known.code] = value
        return values


@dataclass
class SheetPlan:
    sheet: ReadSheet
    kind: SheetKind
    rows: list[RowPlan] = field(default_factory=list)

    def count(self, effect: Effect) -> int:
        return Counter(row.effect for row in self.rows)[effect]
