"""Applying a book: all of it in one transaction, or nothing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django.db import DataError, IntegrityError, connection, transaction
from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from fondouk.audit import verbs
from fondouk.audit.actions import record, record_many
from fondouk.imports import gates
from fondouk.imports.models import Book, Import
from fondouk.imports.planning import shown
from fondouk.imports.report import BookPlan, report
from fondouk.imports.schema import Meanings
from fondouk.imports.signals import rows_written
from fondouk.imports.workbooks import RawBook
from fondouk.imports.writer import Writer
from fondouk.people.models import Person

from .planning import Advance, plan_book
from .writing import check_pending, write

LOCK = 0x0F0D_0001
"""The advisory lock that lets one import write at a time."""

BOOK_IMPORTED = verbs.register("imports.book_imported", _("Imported the book %(name)s"), icon="file-import")


class BookRefused(Exception):
    """Rows are refused and nobody asked to leave them out. Nothing is written. `plan` says which."""

    def __init__(self, plan: BookPlan) -> None:
        super().__init__(f"{plan.refused} rows refused")
        self.plan = plan


class NothingUnderstood(Exception):
    """No sheet of the book could be recognised. `plan` says what was looked at."""

    def __init__(self, plan: BookPlan) -> None:
        super().__init__(plan.book.name)
        self.plan = plan

    def __str__(self) -> str:
        return str(_("No sheet of this book could be understood. Say what each sheet and its columns are."))


class BookOvertaken(Exception):
    """Somebody changed the same records while the book was being imported. Nothing is written; trying again
    helps.
    """

    def __str__(self) -> str:
        return str(
            _("The same records were changed by somebody else meanwhile. Nothing was written: import again.")
        )


class ImportClosed(Exception):
    """Nothing may be imported now; its text says why, and what to do."""


def hold_imports() -> None:
    """No book is written until the transaction ends, but by whoever holds."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])


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

    Raises `ImportClosed` while a gate is, `BookRefused` when rows are refused and `skip_refused` is false,
    `NothingUnderstood` when no sheet is, and `BookOvertaken` when what was planned no longer fits. Whatever is
    raised, also by `advance`,
    nothing is written.
    """
    try:
        with transaction.atomic():
            hold_imports()
            if reason := gates.closed():
                raise ImportClosed(reason)
            plan = plan_book(
                book,
                mapping=mapping,
                extra=extra,
                today=today,
                by=by,
                advance=advance and _first_half(advance),
            )
            if not plan.sheets:
                raise NothingUnderstood(plan)
            if plan.refused and not skip_refused:
                raise BookRefused(plan)
            if plan.context.writer.is_empty:
                return plan, None
            run = Import.objects.create(
                book=stored, name=shown(book.name), sha256=sha256, report=report(plan), applied_by=by
            )
            write(plan.context.writer, run, _second_half(advance, plan))
            record(BOOK_IMPORTED, run, by=by, name=run.name)
            told: list[tuple[str, tuple[Any, ...], dict[str, Any]]] = [
                (verb, (about,), {"name": run.name}) for verb, about in plan.context.writer.about
            ]
            record_many(told, by=by)
            rows_written.send(sender=Import, keys=_keys(plan.context.writer), is_undo=False)
            check_pending()  # now, while it can still be told apart from a fault of the server at commit
            return plan, run
    except (IntegrityError, DataError) as error:
        raise BookOvertaken from error


def _keys(writer: Writer) -> dict[type[Model], set[Any]]:
    """Of everything that was written, by model."""
    found = {model: {record.pk for record in records} for model, records in writer.created.items()}
    for model, touched in writer.updated.items():
        found.setdefault(model, set()).update(touched)
    return found


def _first_half(advance: Advance) -> Advance:
    """Planning is half of the way, writing the other: `total` is twice the rows of the book."""
    return lambda done, total: advance(done, total * 2)


def _second_half(advance: Advance | None, plan: BookPlan) -> Callable[[int], None]:
    rows = sum(len(read.raw.rows) - read.first for read in plan.read if read.kind)
    writer = plan.context.writer
    wanted = sum(map(len, writer.created.values())) + sum(map(len, writer.updated.values()))
    written = 0

    def tell(records: int) -> None:
        nonlocal written
        written += records
        if advance:
            advance(rows + rows * written // max(1, wanted), rows * 2)

    return tell
