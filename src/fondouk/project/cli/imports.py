"""`fondouk import` and `fondouk export`: the hub's own workbooks, in and out."""

from __future__ import annotations

import hashlib
import json
import os
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from fondouk.project.cli.errors import Missing, Refused, Unreadable
from fondouk.project.cli.progress import progress
from fondouk.project.cli.session import database_session, needs_database
from fondouk.project.cli.targets import target_file

if TYPE_CHECKING:
    from fondouk.imports.report import BookPlan
    from fondouk.imports.workbooks import RawBook

LANGUAGES = ["fr", "ar", "en"]
COUNTS = ("rows", "created", "updated", "unchanged", "refused", "warnings")
WARNINGS_SHOWN = 20


@click.command("import")
@click.argument("book", type=click.Path(path_type=Path))
@click.option("--dry-run", is_flag=True, help="Read and report, write nothing at all.")
@click.option("--skip-refused", is_flag=True, help="Import the rows that are right, leave out the others.")
@click.option(
    "--report",
    type=click.Path(path_type=Path, dir_okay=False),
    callback=target_file,
    help="Write the report here, as JSON.",
)
@click.option(
    "--map",
    "said",
    multiple=True,
    metavar="HEADER=FIELD",
    help="What a header means: “Patron=manager”, or for one kind of sheet “companies:Patron=manager”. "
    "An empty field leaves the column out. May be given several times.",
)
@click.option(
    "--lang",
    type=click.Choice(LANGUAGES),
    default="fr",
    show_default=True,
    help="Language of the sentences.",
)
@click.option("--json", "as_json", is_flag=True, help="Print the report, for a machine to read.")
def import_book(
    book: Path,
    dry_run: bool,
    skip_refused: bool,
    report: Path | None,
    said: tuple[str, ...],
    lang: str,
    as_json: bool,
) -> None:
    """Import BOOK: an XLSX, ODS or CSV with sites, spaces, companies or contracts.

    All of it or nothing, unless --skip-refused. The same book twice changes nothing.

    Leaves with 0 when done; 1 when rows are refused and nothing was written; 2 for a mistake in the command;
    3 when the file cannot be read, or nothing in it is understood; 4 when the database is missing.
    """
    if report is not None:
        _guard_report(report, book)
    raw = _open(book, lang)
    with database_session():
        from django.utils.translation import override

        with override(lang):
            found = _run(raw, book, said, dry_run=dry_run, skip_refused=skip_refused)
            if report is not None:
                _write_report(report, found)
            if as_json:
                click.echo(json.dumps(found, ensure_ascii=False))
            else:
                _tell(found)
    if found["outcome"] == "refused":
        raise click.exceptions.Exit(Refused.exit_code)


def _guard_report(target: Path, book: Path) -> None:
    """A report replaces an older report and nothing else: never the book, which has no copy."""
    if not target.exists():
        return
    with target.open("rb") as file:
        is_report = file.read(1) in (b"{", b"")
    if not is_report or (book.exists() and target.samefile(book)):
        raise click.BadParameter(
            f"“{target}” is there and is no report: it is not replaced.", param_hint="--report"
        )


def _write_report(target: Path, found: dict[str, Any]) -> None:
    try:
        target.write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    except OSError as fault:
        raise Missing(
            f"The book was dealt with (outcome: {found['outcome']}), but the report could not be written to {target}: "
            f"{fault.strerror}. Make room, then run the same command again: what is there already stays as it is."
        ) from fault


def _open(path: Path, language: str) -> RawBook:
    """The book, before any database is started: what cannot be read is refused at once."""
    from fondouk.imports.workbooks import UnreadableBook, open_book

    try:
        return open_book(path)
    except UnreadableBook as unreadable:
        # Only to say why, in the language that was asked for: no database is touched any more.
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fondouk.project.settings")
        os.environ.setdefault("DATABASE_URL", "postgres://nobody@localhost/none")
        import django
        from django.apps import apps
        from django.utils.translation import override

        if not apps.ready:
            django.setup()
        with override(language):
            raise Unreadable(f"{path}: {unreadable}") from None


def _run(
    raw: RawBook, path: Path, said: tuple[str, ...], *, dry_run: bool, skip_refused: bool
) -> dict[str, Any]:
    """The report with its outcome: "imported", "unchanged", "refused" or "read" (a dry run)."""
    from fondouk.imports import actions
    from fondouk.imports.report import report
    from fondouk.imports.schema import UnknownField, meanings_of

    try:
        meanings = meanings_of(list(said))
    except UnknownField as unknown:
        known = "\n  ".join(unknown.known)
        raise click.BadParameter(
            f"“{unknown.name}” is no field. Fields:\n  {known}", param_hint="--map"
        ) from None
    run = None
    with progress(1, raw.name[:30]) as bar:

        def advance(done: int, total: int) -> None:
            bar.length = max(total, 1)
            bar.update(done - bar.pos)

        try:
            if dry_run:
                plan = _plan_only(raw, meanings, advance)
            else:
                plan, run = actions.import_book(
                    raw,
                    sha256=_digest(path),
                    by=None,
                    extra=meanings,
                    skip_refused=skip_refused,
                    advance=advance,
                )
        except actions.BookRefused as refused:
            plan = refused.plan
        except actions.NothingUnderstood as nothing:
            raise Unreadable(f"{path}: {nothing}") from None
        except actions.ImportClosed as closed:
            raise Refused(f"{closed} fondouk demo clear") from None
        except actions.BookOvertaken as overtaken:
            raise Refused(str(overtaken)) from None
    if not plan.sheets:
        raise Unreadable(f"{path}: {actions.NothingUnderstood(plan)}")
    return {**report(plan), "outcome": _outcome(plan, run, dry_run=dry_run, skip_refused=skip_refused)}


def _plan_only(raw: RawBook, meanings: Any, advance: Any) -> BookPlan:
    """In a transaction that the database itself keeps from writing."""
    from django.db import connection, transaction

    from fondouk.imports.actions import plan_book

    is_outermost = not connection.in_atomic_block
    with transaction.atomic():
        if is_outermost:
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION READ ONLY")
        return plan_book(raw, extra=meanings, advance=advance)


def _outcome(plan: BookPlan, run: Any, *, dry_run: bool, skip_refused: bool) -> str:
    if plan.refused and not skip_refused:
        return "refused"
    if dry_run:
        return "read"
    return "imported" if run is not None else "unchanged"


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _tell(found: dict[str, Any]) -> None:
    """In the language of the sentences."""
    from django.utils.translation import gettext as _
    from django.utils.translation import ngettext

    from fondouk.imports.schema import KINDS

    heads = (
        _("Sheet"),
        _("Kind"),
        _("Rows"),
        _("New"),
        _("Changed"),
        _("Unchanged"),
        _("Refused"),
        _("Warned"),
    )
    rows = [heads]
    for sheet in found["sheets"]:
        counts = [sheet[name] for name in COUNTS]
        rows.append(
            (
                sheet["sheet"],
                str(KINDS[sheet["kind"]].label),
                *(str(len(n) if isinstance(n, list) else n) for n in counts),
            )
        )
    widths = [max(len(row[index]) for row in rows) for index in range(len(heads))]
    for entry in (entry for sheet in found["sheets"] for entry in sheet["refused"]):
        _tell_entry(entry, "red")
    warned = [entry for sheet in found["sheets"] for entry in sheet["warnings"]]
    for entry in warned[:WARNINGS_SHOWN]:
        _tell_entry(entry, "yellow")
    if (more := len(warned) - WARNINGS_SHOWN) > 0:
        click.echo(
            ngettext(
                "… and %(n)s more warning: --report FILE writes them all.",
                "… and %(n)s more warnings: --report FILE writes them all.",
                more,
            )
            % {"n": more}
        )
    for warning in found["warnings"]:
        click.secho(f"! {warning['message']}", fg="yellow")
    for row in rows:
        click.echo("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())
    for sheet in found["sheets"]:
        if sheet["ignored_columns"]:
            columns = ", ".join(sheet["ignored_columns"])
            click.echo(
                _("Columns left out in %(sheet)s: %(columns)s")
                % {"sheet": sheet["sheet"], "columns": columns}
            )
    if found["ignored_sheets"]:
        click.echo(_("Sheets left out: %(sheets)s") % {"sheets": ", ".join(found["ignored_sheets"])})
    refused = sum(len(sheet["refused"]) for sheet in found["sheets"])
    left_out = (
        ngettext("%(n)s refused row was left out.", "%(n)s refused rows were left out.", refused)
        % {"n": refused}
        if refused
        else ""
    )
    outcome = {
        "refused": ngettext(
            "%(n)s row is refused: nothing was written. Correct it, or add --skip-refused.",
            "%(n)s rows are refused: nothing was written. Correct them, or add --skip-refused.",
            refused,
        )
        % {"n": refused},
        "read": _("A dry run: nothing was written."),
        # Apart from any f-string, in which no sentence is found for the translators.
        "imported": _("Imported.") + " " + left_out,
        "unchanged": _("Nothing new.") + " " + left_out,
    }[found["outcome"]]
    click.echo(outcome.strip())


def _tell_entry(entry: dict[str, Any], colour: str) -> None:
    column = f" · {entry['column']}" if entry["column"] else ""
    value = f" · {entry['value']}" if entry["value"] else ""
    place = click.style(f"{entry['sheet']} {entry['row']}{column}{value}", fg=colour)
    click.echo(f"{place}: {entry['message']} [{entry['code']}]")


@click.command("export")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False), required=False, callback=target_file)
@click.option(
    "--lang", type=click.Choice(LANGUAGES), default="fr", show_default=True, help="Language of the headers."
)
@click.option("--force", is_flag=True, help="Replace FILE where it exists.")
@click.option("--json", "as_json", is_flag=True, help="Answer for a machine.")
@needs_database
def export_book(file: Path | None, lang: str, force: bool, as_json: bool) -> None:
    """Write sites, spaces, companies and contracts to FILE, as a workbook that can be imported.

    FILE is fondouk-YYYY-MM-DD.xlsx here when it is not given. What no workbook has a place for is told at the end; `fondouk
    backup` copies everything.
    """
    from django.utils.translation import gettext as _
    from django.utils.translation import override

    from fondouk.imports.exporting import NOT_IN_A_BOOK
    from fondouk.imports.exporting import export_book as export

    target = file or Path(f"fondouk-{date.today():%Y-%m-%d}.xlsx")  # noqa: DTZ011 - the day on this machine
    if target.exists() and not force:
        raise Refused(f"“{target}” exists already. Add --force to replace it.")
    draft = target.with_name(f".{target.name}.{os.getpid()}")
    try:
        with progress(_rows(), target.name) as bar:
            exported = export(str(draft), language=lang, advance=bar.update)
        draft.replace(target)
    except OSError as fault:
        raise click.BadParameter(
            f"“{target}” cannot be written: {fault.strerror}.", param_hint="FILE"
        ) from None
    finally:
        draft.unlink(missing_ok=True)
    left_out = [
        {"kind": kind, "what": what, "count": count} for (kind, what), count in exported.left_out.items()
    ]
    if as_json:
        answer = {"file": str(target), "rows": exported.rows, "left_out": left_out}
        click.echo(json.dumps(answer, ensure_ascii=False))
        return
    click.echo(f"{target}: " + ", ".join(f"{count} {kind}" for kind, count in exported.rows.items()))
    with override(lang):
        if left_out:
            said = ", ".join(f"{entry['count']} × {entry['what']}" for entry in left_out)
            click.echo(_("No place in a workbook: %(what)s.") % {"what": said}, file=sys.stderr)
        click.echo(str(NOT_IN_A_BOOK), file=sys.stderr)


def _rows() -> int:
    from fondouk.companies.models import Company
    from fondouk.contracts.models import ContractLine
    from fondouk.sites.models import Site
    from fondouk.spaces.models import Resource

    return sum(model.objects.count() for model in (Site, Resource, Company, ContractLine))
