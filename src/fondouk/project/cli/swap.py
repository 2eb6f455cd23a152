"""Putting a restored database and its files in the place of those that are there: both, or neither.

Databases are renamed in one transaction, then folders are renamed. A journal in the data folder lets the
next command finish what was killed in between, or take back what had not begun.
"""

import json
import os
import shutil
import time
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

from fondouk.project.cli.errors import Missing
from fondouk.runtime.data import DataFolder

JOURNAL = "restore-journal.json"
STAGED = "restored"  # holds `files` and perhaps `secret-key`
REPLACED = "replaced"


def server_parameters(database: str | None = None) -> dict[str, Any]:
    """How to reach Django's server, in psycopg's words."""
    from django.db import connection

    settings = connection.settings_dict
    parts = {
        "host": settings["HOST"],
        "port": settings["PORT"],
        "user": settings["USER"],
        "password": settings["PASSWORD"],
        "dbname": database or settings["NAME"],
    }
    return {name: value for name, value in parts.items() if value}


def maintenance() -> psycopg.Connection:
    """A connection to another database of the same server, with autocommit."""
    faults: list[str] = []
    for database in ("postgres", "template1"):
        try:
            return psycopg.connect(**server_parameters(database), autocommit=True)
        except psycopg.Error as fault:
            faults.append(str(fault).strip())
    raise Missing(f"A restore connects to the database `postgres` of the server first: {faults[0]}")


def drop(server: psycopg.Connection, name: str) -> None:
    server.execute(sql.SQL("drop database if exists {} with (force)").format(sql.Identifier(name)))


def exchange(data: DataFolder, draft: str) -> None:
    """Make the database `draft` and the staged files those in use. The old ones are removed."""
    from django.db import connections

    connections.close_all()
    current = server_parameters()["dbname"]
    old = f"{current}_replaced"
    journal = data.path / JOURNAL
    with maintenance() as server:
        drop(server, old)
        _write_durably(journal, json.dumps({"draft": draft, "old": old}))
        for attempt in range(20):
            try:
                _rename(server, current, old, draft)
                break
            except psycopg.errors.ObjectInUse:  # somebody was quicker to come back
                if attempt == 19:
                    raise
                time.sleep(0.1)
    _finish(data, old)


def finish_interrupted(data: DataFolder) -> None:
    """Complete or take back an exchange that was killed. Does nothing when there was none."""
    journal = data.path / JOURNAL
    if not journal.exists():
        return
    noted = json.loads(journal.read_text())
    with maintenance() as server:
        renamed = (
            server.execute("select 1 from pg_database where datname = %s", [noted["draft"]]).fetchone()
            is None
        )
        if not renamed:
            drop(server, noted["draft"])
    if renamed:
        _finish(data, noted["old"])
    else:
        shutil.rmtree(data.path / STAGED, ignore_errors=True)
        journal.unlink()


def _rename(server: psycopg.Connection, current: str, old: str, draft: str) -> None:
    statement = sql.SQL("alter database {} rename to {}")
    with server.transaction():
        server.execute(
            "select pg_terminate_backend(pid, 2000) from pg_stat_activity"
            " where datname = any(%s) and pid <> pg_backend_pid()",
            [[current, draft]],
        )
        server.execute(statement.format(sql.Identifier(current), sql.Identifier(old)))
        server.execute(statement.format(sql.Identifier(draft), sql.Identifier(current)))


def _finish(data: DataFolder, old: str) -> None:
    """The databases have changed names: have the files follow. Every step may be repeated."""
    staged, replaced = data.path / STAGED, data.path / REPLACED
    replaced.mkdir(mode=0o700, exist_ok=True)
    if (staged / "files").exists():
        if data.files.exists():
            shutil.rmtree(replaced / "files", ignore_errors=True)
            data.files.rename(replaced / "files")
        (staged / "files").rename(data.files)
    if (staged / "secret-key").exists():
        (staged / "secret-key").replace(data.path / "secret-key")
    with maintenance() as server:
        drop(server, old)
    shutil.rmtree(staged, ignore_errors=True)
    shutil.rmtree(replaced, ignore_errors=True)
    (data.path / JOURNAL).unlink(missing_ok=True)


def _write_durably(path: Path, content: str) -> None:
    draft = path.with_name(f".{path.name}")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)
