"""The long works of imports: reading a book, writing it, taking it back, giving everything out."""

from __future__ import annotations

import io
from typing import Any

from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from fondouk.files.actions import delete_file
from fondouk.files.models import StoredFile
from fondouk.files.queries import local_copy
from fondouk.files.sniffing import XLSX
from fondouk.jobs.actions import start
from fondouk.jobs.kinds import register
from fondouk.jobs.models import Job, JobOutcome
from fondouk.jobs.work import RefusedWork, Work
from fondouk.lib import formats
from fondouk.people.models import Person

from .actions import BookRefused, CannotUndo, ImportClosed, import_book, plan_book, undo_import
from .actions.applying import BookOvertaken, NothingUnderstood
from .actions.undoing import REASONS as UNDO_REASONS
from .exporting import NOT_IN_A_BOOK, export_book
from .models import Book, Import
from .packing import digest, fingerprint, pack
from .workbooks import RawBook, UnreadableBook, open_book
from .workbooks.opening import REASONS

READ = "imports.read"
APPLY = "imports.apply"
UNDO = "imports.undo"
EXPORT = "imports.export"
PERMISSION = "imports.run"
ZIP = "application/zip"


def read_book(book: Book, *, by: Person | None) -> Job:
    """Ask for the book to be read (again): what it says, what each row would do."""
    return start(READ, {"book": book.pk}, label=book.file.name, by=by)


def apply_book(book: Book, *, seen: str, skip_refused: bool, by: Person | None) -> Job:
    """Ask for what the preview with the fingerprint `seen` shows to be written, and for nothing else."""
    parameters = {"book": book.pk, "fingerprint": seen, "skip_refused": skip_refused}
    return start(APPLY, parameters, label=book.file.name, by=by)


def undo_run(run: Import, *, by: Person | None) -> Job:
    return start(UNDO, {"run": run.pk}, label=run.name, by=by)


def export_all(*, by: Person | None) -> Job:
    return start(EXPORT, by=by)


def _open(book: Book) -> RawBook:
    try:
        with local_copy(book.file) as path:
            return open_book(path, book.file.name)
    except FileNotFoundError:
        raise RefusedWork({"book": book.pk, "unreadable": "missing"}) from None
    except UnreadableBook as unreadable:
        raise RefusedWork({"book": book.pk, "unreadable": unreadable.code}) from None


def _tell_read(job: Job) -> str:
    result = job.outcome.result
    if code := result.get("unreadable"):
        return str(REASONS.get(code, REASONS["broken"]))
    rows = len(result.get("effects", ""))
    return ngettext("%(n)s row was read.", "%(n)s rows were read.", rows) % {"n": rows}


@register(
    READ,
    gettext_lazy("Reading a workbook"),
    permission=PERMISSION,
    unit=gettext_lazy("rows"),
    result_route="book",
    result_key="book",
    tell=_tell_read,
    has_download=False,
)
def read(work: Work) -> dict[str, Any]:
    book = Book.objects.select_related("file").get(pk=work.parameters["book"])
    plan = plan_book(_open(book), mapping=book.mapping, by=work.by, advance=work.advance)
    earlier = JobOutcome.objects.filter(job__kind=READ, job__parameters__book=book.pk).exclude(file=None)
    for stored in StoredFile.objects.filter(pk__in=earlier.values("file")):
        delete_file(stored)
    work.attach(pack(plan), name="preview.zip", kind=ZIP)
    return {"book": book.pk, **digest(plan)}


def _tell_apply(job: Job) -> str:
    result = job.outcome.result
    if result.get("stale"):
        return _(
            "The data changed since the preview: nothing was written. Look at the new preview, then confirm."
        )
    if code := result.get("unreadable"):
        return str(REASONS.get(code, REASONS["broken"]))
    if not result.get("run"):
        return _("Nothing was to be written: everything in this book is known already.")
    written = result["created"] + result["updated"]
    return ngettext("%(n)s row was imported.", "%(n)s rows were imported.", written) % {"n": written}


@register(
    APPLY,
    gettext_lazy("Importing a workbook"),
    permission=PERMISSION,
    unit=gettext_lazy("rows"),
    result_route="book",
    result_key="book",
    tell=_tell_apply,
)
def apply(work: Work) -> dict[str, Any]:
    """Plans again under the lock. Where that differs from what was seen, nothing is written and it is read
    anew.
    """
    book = Book.objects.select_related("file").get(pk=work.parameters["book"])
    stale = RefusedWork({"book": book.pk, "stale": True}, afterwards=lambda: read_book(book, by=work.by))
    try:
        plan, run = import_book(
            _open(book),
            sha256=book.file.sha256,
            by=work.by,
            stored=book,
            mapping=book.mapping,
            skip_refused=work.parameters["skip_refused"],
            advance=lambda done, total: work.advance(done // 2, total // 2),
        )
    except (BookRefused, NothingUnderstood, BookOvertaken, ImportClosed):
        raise stale from None
    if fingerprint(plan) != work.parameters["fingerprint"]:
        raise stale
    counts = digest(plan)["effects"]
    return {
        "book": book.pk,
        "run": run.pk if run else None,
        "created": counts.count("c"),
        "updated": counts.count("u"),
        "refused": counts.count("r"),
    }


def _tell_undo(job: Job) -> str:
    result = job.outcome.result
    if code := result.get("cannot"):
        return str(UNDO_REASONS[code]) % {"subject": result.get("subject", "")}
    return _("The import was undone: everything is as it was before.")


@register(
    UNDO,
    gettext_lazy("Undoing an import"),
    permission=PERMISSION,
    result_route="import_run",
    result_key="run",
    tell=_tell_undo,
    has_download=False,
)
def undo(work: Work) -> dict[str, Any]:
    run = Import.objects.get(pk=work.parameters["run"])
    try:
        undo_import(run, by=work.by)
    except CannotUndo as cannot:
        raise RefusedWork({"run": run.pk, "cannot": cannot.code, "subject": cannot.subject}) from None
    return {"run": run.pk}


def _tell_export(job: Job) -> str:
    said = [
        _(
            "The workbook is ready: sites, spaces, companies and contracts as an import takes them, %(rows)s rows."
        )
    ]
    said[0] %= {
        "rows": formats.format_number(
            sum(job.outcome.result.get("rows", {}).values()), (get_language() or "fr")[:2]
        )
    }
    left = job.outcome.result.get("left_out", [])
    if left:
        said.append(
            _("No place in a workbook: %(what)s.")
            % {"what": ", ".join(f"{n} × {what}" for _kind, what, n in left)}
        )
    said.append(str(NOT_IN_A_BOOK))
    return " ".join(said)


@register(
    EXPORT,
    gettext_lazy("Exporting everything"),
    permission=PERMISSION,
    unit=gettext_lazy("rows"),
    tell=_tell_export,
)
def export(work: Work) -> dict[str, Any]:
    out, written = io.BytesIO(), 0

    def advance(rows: int) -> None:
        nonlocal written
        written += rows
        work.advance(written)

    exported = export_book(out, language=(get_language() or "fr")[:2], advance=advance)
    name = f"fondouk-{timezone.localdate():%Y-%m-%d}.xlsx"
    work.attach(out.getvalue(), name=name, kind=XLSX)
    return {"rows": exported.rows, "left_out": [[*key, n] for key, n in exported.left_out.items()]}
