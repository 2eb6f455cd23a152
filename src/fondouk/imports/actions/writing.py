"""Writing what was planned, and putting it back, in an order that breaks no constraint on the way.

PostgreSQL checks exclusion and unique constraints row by row. What a planner decided is valid step by step,
so columns that such a constraint reads are written like this: periods that only shrink first, all at once,
since they make room; then what moves, in the order in which it was planned; then periods that only grow; and
what is created last, since it was checked against all of these. Other columns follow in bulk: they may point
to what has just been created.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from typing import Any

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField
from django.db import connection, models
from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import Case, F, Q, Value, When
from django.db.models.functions import Cast

from fondouk.imports.models import Import, ImportedChange
from fondouk.imports.periods import within
from fondouk.imports.snapshots import plain, snapshot
from fondouk.imports.writer import Writer

BATCH = 1000

Update = tuple[Any, dict[str, Any], dict[str, Any]]
"""A key, and the columns as they stand and as they shall: `{name: value}` twice."""


def write(writer: Writer, run: Import, tell: Callable[[int], None]) -> None:
    """Everything in `writer`, with what an undo of `run` needs. `tell` hears of every record written."""
    for model, touched in writer.updated.items():
        guarded = _guarded(model)
        move(
            model,
            [
                (key, *_both(record, {name: value for name, value in before.items() if name in guarded}))
                for key, (record, before) in touched.items()
            ],
        )
    changes: list[ImportedChange] = []
    for model, records in writer.in_order():
        for batch in batches(records):
            model._base_manager.bulk_create(batch)
            changes += [_change(run, model, made, None) for made in batch]
            tell(len(batch))
        check_pending()
    for model, touched in writer.updated.items():
        fields = sorted({name for _record, before in touched.values() for name in before} - _guarded(model))
        for part in batches(touched.values()):
            if fields:
                model._base_manager.bulk_update([record for record, _before in part], fields)
            changes += [_change(run, model, record, before) for record, before in part]
            tell(len(part))
    for some in batches(changes):
        ImportedChange.objects.bulk_create(some)


def check_pending() -> None:
    """Have deferred constraints checked now. Tens of thousands that wait make every further row slow."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def move(model: type[models.Model], updates: Iterable[Update]) -> None:
    """Write columns that constraints read. `updates` are in the order in which each is valid after those
    before.
    """
    moving: list[Update] = []
    shrinking: list[Update] = []
    growing: list[Update] = []
    for update in updates:
        _key, now, then = update
        if not then:
            continue
        if set(then) == {"period"} and isinstance(then["period"], DateRange):
            if within(then["period"], now["period"]):
                shrinking.append(update)
                continue
            if within(now["period"], then["period"]):
                growing.append(update)
                continue
        moving.append(update)
    _set_periods(model, shrinking)
    for key, _now, then in moving:
        model._base_manager.filter(pk=key).update(**then)
    _set_periods(model, growing)


def _set_periods(model: type[models.Model], updates: list[Update]) -> None:
    for batch in batches(updates):
        cases = [When(pk=key, then=Value(then["period"], DateRangeField())) for key, _now, then in batch]
        chosen = Cast(Case(*cases, output_field=DateRangeField()), DateRangeField())
        model._base_manager.filter(pk__in=[key for key, _now, _then in batch]).update(period=chosen)


def _both(record: models.Model, before: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    return before, {name: getattr(record, name) for name in before}


@lru_cache(maxsize=64)
def _guarded(model: type[models.Model]) -> frozenset[str]:
    """Columns that a unique or exclusion constraint of `model` reads, and those that a check ties to one of them: what
    must be true of both is written at once. Relations left out.
    """
    names: set[str] = set()
    for constraint in model._meta.constraints:
        if isinstance(constraint, models.UniqueConstraint | ExclusionConstraint):
            names |= set(_names(getattr(constraint, "fields", ())))
            names |= set(_names(constraint.expressions))
            names |= set(_names(constraint.condition))
    checks = [c for c in model._meta.constraints if isinstance(c, models.CheckConstraint)]
    tied = [set(_names(check.condition)) for check in checks]
    for _round in tied:
        names |= set().union(*(together for together in tied if together & names))
    names |= {field.name for field in model._meta.concrete_fields if field.unique and not field.primary_key}
    # A generated column is written through the one it is made of.
    sources = {name.removesuffix("_folded") for name in names}
    return frozenset(
        field.name
        for field in model._meta.concrete_fields
        if field.name in sources and not field.is_relation and not getattr(field, "generated", False)
    )


def _names(expression: Any) -> Iterator[str]:
    if expression is None:
        return
    if isinstance(expression, str):
        yield expression.split("__")[0].lstrip("-")
    elif isinstance(expression, F):
        yield str(expression.name)  # type: ignore[attr-defined]
    elif isinstance(expression, Q):
        for child in expression.children:
            yield from _names(child[0] if isinstance(child, tuple) else child)
    elif isinstance(expression, tuple | list):
        for piece in expression:
            yield from _names(piece)
    elif hasattr(expression, "get_source_expressions"):
        yield from _names(expression.get_source_expressions())


def _change(
    run: Import, model: type[models.Model], made: models.Model, before: dict[str, Any] | None
) -> ImportedChange:
    after = snapshot(made)
    stood = None
    if before is not None:
        stood = {_column(model, name): _plain_value(value) for name, value in before.items()}
        after = {name: after[name] for name in stood}
    return ImportedChange(run=run, model=model._meta.label_lower, record=made.pk, before=stood, after=after)


def _column(model: type[models.Model], name: str) -> str:
    return str(model._meta.get_field(name).attname)  # type: ignore[union-attr]


def _plain_value(value: Any) -> Any:
    return value.pk if isinstance(value, models.Model) else plain(value)


def batches(records: Iterable[Any]) -> Iterator[list[Any]]:
    iterator = iter(records)
    while batch := list(itertools.islice(iterator, BATCH)):
        yield batch
