"""Applying a book: all of it in one transaction, or nothing."""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import connection, models, transaction
from django.utils.translation import gettext_lazy as _

from fondouk.audit import verbs
from fondouk.audit.actions import record, record_many
from fondouk.imports.models import Book, Import, ImportedChange
from fondouk.imports.recognition import Meanings
from fondouk.imports.report import BookPlan, report
from fondouk.imports.snapshots import plain, snapshot
from fondouk.imports.workbooks import RawBook
from fondouk.people.models import Person

from .planning import Advance, plan_book

LOCK = 0x0F0D_0001
"""The advisory lock that lets one import write at a time."""

BATCH = 1000
BOOK_IMPORTED = verbs.register("imports.book_imported", _("Imported the book %(name)s"), icon="file-import")


class BookRefused(Exception):
    """Rows are refused and nobody asked to leave them out. Nothing is written. `plan` says which."""

    def __init__(self, plan: BookPlan) -> None:
        super().__init__(f"{plan.refused} rows refused")
        self.plan = plan


class NothingUnderstood(Exception):
    """No sheet of the book could be recognised."""


@transaction.atomic
def import_book(
    book: RawBook,
    *,
    sha256: str,
    by: Person | None,
    stored: Book | None = None,
    mapping: dict[str, Any] | None = None,
    extra: Meanings | None = None,
    skip_refused: bool = False,
    today: date | None = None,
    advance: Advance | None = None,
) -> tuple[BookPlan, Import | None]:
    """Plan again under the lock, then write. Without anything to write there is no `Import`.

    Raises `BookRefused` when rows are refused and `skip_refused` is false, `NothingUnderstood` when no sheet is.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
    plan = plan_book(book, mapping=mapping, extra=extra, today=today, by=by, advance=advance)
    if not plan.sheets:
        raise NothingUnderstood
    if plan.refused and not skip_refused:
        raise BookRefused(plan)
    if plan.context.writer.is_empty:
        return plan, None
    run = Import.objects.create(book=stored, name=book.name, sha256=sha256, report=report(plan), applied_by=by)
    _write(plan, run)
    record(BOOK_IMPORTED, run, by=by, name=book.name)
    record_many([(verb, (about,), {"name": book.name}) for verb, about in plan.context.writer.about], by=by)
    return plan, run


def _write(plan: BookPlan, run: Import) -> None:
    writer = plan.context.writer
    changes: list[ImportedChange] = []
    for model, records in writer.in_order():
        for batch in _batches(records):
            model._base_manager.bulk_create(batch)
        changes += [_change(run, model, made, None) for made in records]
    for model, touched in writer.updated.items():
        fields = sorted({name for _record, before in touched.values() for name in before})
        for batch in _batches([made for made, _before in touched.values()]):
            model._base_manager.bulk_update(batch, fields)
        changes += [
            _change(run, model, made, {_column(model, name): _plain_value(value) for name, value in before.items()})
            for made, before in touched.values()
        ]
    for batch in _batches(changes):
        ImportedChange.objects.bulk_create(batch)


def _change(
    run: Import, model: type[models.Model], made: models.Model, before: dict[str, Any] | None
) -> ImportedChange:
    after = snapshot(made)
    if before is not None:
        after = {name: after[name] for name in before}
    return ImportedChange(run=run, model=model._meta.label_lower, record=made.pk, before=before, after=after)


def _column(model: type[models.Model], name: str) -> str:
    return str(model._meta.get_field(name).attname)  # type: ignore[union-attr]


def _plain_value(value: Any) -> Any:
    return value.pk if isinstance(value, models.Model) else plain(value)


def _batches(records: Iterable[Any]) -> Iterable[list[Any]]:
    iterator = iter(records)
    while batch := list(itertools.islice(iterator, BATCH)):
        yield batch
