"""Two at once, one killed half-way: nothing twice, nothing half-written."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.db import connection, transaction

from fondouk.companies.models import Company
from fondouk.contracts.models import Contract
from fondouk.imports.actions import BookOvertaken, import_book, undo_import
from fondouk.imports.actions.applying import LOCK
from fondouk.imports.models import Import, ImportedChange
from fondouk.sites.models import Site
from fondouk.spaces.models import Resource
from tests.threads import together

from . import books

ROOT = Path(__file__).resolve().parents[2]
CHILD = """
import sys, time
import django
django.setup()
from fondouk.imports.actions import import_book
from tests.imports import books

def advance(done, total):
    # Half of the way is planned; anything beyond is being written.
    if done > total * 3 / 4:
        print("writing", flush=True)
        time.sleep(600)

import_book(books.small_book(40), sha256="", by=None, today=books.TODAY, advance=advance)
"""


def counts() -> tuple[int, ...]:
    return tuple(model.objects.count() for model in (Site, Resource, Company, Contract, Import))


def test_two_imports_of_one_book_at_once(shared_database: str) -> None:
    """One creates, the other finds all unchanged."""

    def act() -> Any:
        return import_book(books.small_book(30), sha256="", by=None, today=books.TODAY)

    found = together(act, act)
    runs = [run for _plan, run in found]
    assert sorted(run is None for run in runs) == [False, True]
    assert sorted(plan.changes for plan, _run in found) == [0, 36]
    assert counts() == (1, 3, 30, 2, 1)


def test_an_import_and_its_undo_at_once(shared_database: str) -> None:
    _plan, run = import_book(books.small_book(), sha256="", by=None, today=books.TODAY)
    assert run is not None

    def act() -> Any:
        return undo_import(run, by=None)

    found = together(act, act)
    codes = sorted(getattr(one, "code", "done") for one in found)
    assert codes == ["done", "undone"]
    assert counts()[:4] == (0, 0, 0, 0)


def test_one_who_writes_the_same_company_meanwhile(shared_database: str) -> None:
    """Somebody adds a company of the book by hand, between planning and writing."""

    def meddle(done: int, total: int) -> None:
        if done * 2 >= total and not met:
            met.append(True)
            with psycopg.connect(shared_database) as other:
                other.execute(
                    "insert into companies_company (name, name_ar, key, activity, email, phone, website, "
                    "is_public, created_at) values ('Société 2', '', 'societe2', '', '', '', '', false, now())"
                )

    met: list[bool] = []
    with pytest.raises(BookOvertaken):
        import_book(books.small_book(), sha256="", by=None, today=books.TODAY, advance=meddle)
    assert counts() == (0, 0, 1, 0, 0)
    _plan, run = import_book(books.small_book(), sha256="", by=None, today=books.TODAY)
    assert run is not None and counts() == (1, 3, 3, 2, 1)


def test_stopped_by_whom_it_reports_to(shared_database: str) -> None:
    class Cancelled(Exception):
        pass

    def stop(done: int, total: int) -> None:
        if done * 4 > total * 3:
            raise Cancelled

    with pytest.raises(Cancelled):
        import_book(books.small_book(), sha256="", by=None, today=books.TODAY, advance=stop)
    assert counts() == (0, 0, 0, 0, 0)


def test_killed_while_it_writes(shared_database: str) -> None:
    child = _child(shared_database, "-c", CHILD)
    assert child.stdout is not None
    assert child.stdout.readline() == b"writing\n"
    child.send_signal(signal.SIGKILL)
    child.wait()
    assert counts() == (0, 0, 0, 0, 0)
    assert not ImportedChange.objects.exists()
    # What it held is free again, and the same book goes in as if nothing had been.
    _plan, run = import_book(books.small_book(40), sha256="", by=None, today=books.TODAY)
    assert run is not None and counts() == (1, 3, 40, 2, 1)


def test_the_command_killed_while_it_waits_its_turn(shared_database: str, tmp_path: Path) -> None:
    path = books.write_xlsx(
        tmp_path / "b.xlsx", {sheet.name: sheet.rows for sheet in books.small_book().sheets}
    )
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
        program = f"from fondouk.project.cli import main; main(['import', {str(path)!r}])"
        child = _child(shared_database, "-c", program)
        _wait_for(lambda: _waiting(shared_database))
        child.send_signal(signal.SIGKILL)
        child.wait()
    _wait_for(lambda: not _waiting(shared_database))
    assert counts() == (0, 0, 0, 0, 0)


def _child(database: str, *arguments: str) -> subprocess.Popen[bytes]:
    environment = {
        **os.environ,
        "DATABASE_URL": database,
        "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "src")]),
        "DJANGO_SETTINGS_MODULE": "fondouk.project.settings",
    }
    return subprocess.Popen([sys.executable, *arguments], cwd=ROOT, env=environment, stdout=subprocess.PIPE)


def _waiting(database: str) -> bool:
    with psycopg.connect(database) as other:
        found = other.execute(
            "select 1 from pg_locks where locktype = 'advisory' and not granted and database = "
            "(select oid from pg_database where datname = current_database())"
        ).fetchone()
    return found is not None


def _wait_for(happens: Any, seconds: float = 60) -> None:
    until = time.monotonic() + seconds
    while not happens():
        assert time.monotonic() < until
        time.sleep(0.05)
