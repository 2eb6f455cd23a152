"""Planning a book: every row worked out against the database, nothing written."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django.utils import timezone

from fondouk.imports.models import HeaderMapping
from fondouk.imports.planning import Context
from fondouk.imports.recognition import recognise
from fondouk.imports.report import BookPlan
from fondouk.imports.schema import Meaning, Meanings, kinds
from fondouk.imports.workbooks import RawBook
from fondouk.people.models import Person

Advance = Callable[[int, int], None]
"""Told how far it is: (done, total). It may raise, to stop: then nothing is written."""


def remembered_meanings() -> Meanings:
    """What people have said of headers, in books before this one."""
    return {
        (kind, header): Meaning.read(meaning)
        for kind, header, meaning in HeaderMapping.objects.values_list("kind", "header", "field")
    }


def plan_book(
    book: RawBook,
    *,
    mapping: dict[str, Any] | None = None,
    extra: Meanings | None = None,
    today: date | None = None,
    by: Person | None = None,
    advance: Advance | None = None,
) -> BookPlan:
    """What importing `book` would do today. `extra` meanings of headers go before the remembered ones."""
    read = recognise(book, mapping=mapping, meanings={**remembered_meanings(), **(extra or {})})
    total = sum(len(sheet.raw.rows) - sheet.first for sheet in read if sheet.kind)
    done = 0

    def step(rows: int) -> None:
        nonlocal done
        done = min(done + rows, total)
        if advance:
            advance(done, total)

    context = Context(today or timezone.localdate(), by=by, step=step)
    plan = BookPlan(book, read, {}, context)
    planners = []
    for kind in kinds():
        planner = kind.planner(kind, context)
        planner.prepare()
        planners.append(planner)
        for sheet in read:
            if sheet.kind is kind:
                plan.sheets[sheet.raw.name] = planner.plan(sheet)
        planner.settle()
    for planner in planners:
        planner.finish()
    for planner in planners:
        for name, count in planner.totals().items():
            plan.totals[name] = plan.totals.get(name, 0) + count
    step(total)
    return plan
