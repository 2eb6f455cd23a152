"""Every table of the house, taken aside and put back. Only the demonstration needs that: it owns the whole database."""

from __future__ import annotations

import json
from typing import Any

from django.db import connection

STAY = ("django_migrations", "procrastinate_")
"""Tables that are never emptied: how far the schema is, and the queue with its workers."""


def tables() -> list[str]:
    """Those of the schema in use, without views and without those that stay."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
            " WHERE c.relkind = 'r' AND n.nspname = current_schema() ORDER BY 1"
        )
        return [name for (name,) in cursor.fetchall() if not name.startswith(STAY)]


def rows_of(table: str) -> list[dict[str, Any]]:
    """As JSON, generated columns left out."""
    with connection.cursor() as cursor:
        columns = _columns(cursor, table)
        cursor.execute(
            f"SELECT coalesce(jsonb_agg(to_jsonb(t)), '[]') FROM (SELECT {columns} FROM {_quoted(table)}) t"  # noqa: S608
        )
        found = cursor.fetchone()[0]
    rows: list[dict[str, Any]] = json.loads(found) if isinstance(found, str) else found
    return rows


def put_back(kept: dict[str, list[dict[str, Any]]]) -> None:
    """Write what `rows_of` gave into empty tables, no trigger of ours told, and count keys on from there."""
    names = [_quoted(table) for table in kept]
    with connection.cursor() as cursor:
        for name in names:
            cursor.execute(f"ALTER TABLE {name} DISABLE TRIGGER USER")
        for table, rows in kept.items():
            _fill(cursor, table, rows)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # a table with checks to come cannot be altered
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        for name in names:
            cursor.execute(f"ALTER TABLE {name} ENABLE TRIGGER USER")


def _fill(cursor: Any, table: str, rows: list[dict[str, Any]]) -> None:
    name, columns = _quoted(table), _columns(cursor, table)
    cursor.execute(
        f"INSERT INTO {name} ({columns}) SELECT {columns} FROM jsonb_populate_recordset(null::{name}, %s)",  # noqa: S608
        [json.dumps(rows)],
    )
    cursor.execute(
        "SELECT attname FROM pg_attribute WHERE attrelid = %s::regclass AND attidentity <> ''", [name]
    )
    for (column,) in cursor.fetchall():
        cursor.execute(
            f"SELECT setval(pg_get_serial_sequence(%s, %s), max({_quoted(column)})) FROM {name}",  # noqa: S608
            [name, column],
        )


def empty(names: list[str]) -> None:
    """All at once, keys counted from one again; and the queue, of whatever nobody works at."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        cursor.execute(f"TRUNCATE {', '.join(map(_quoted, names))} RESTART IDENTITY")
        cursor.execute("DELETE FROM procrastinate_jobs WHERE status <> 'doing'")


def _columns(cursor: Any, table: str) -> str:
    """Those that can be written, quoted."""
    cursor.execute(
        "SELECT attname FROM pg_attribute WHERE attrelid = %s::regclass AND attnum > 0"
        " AND NOT attisdropped AND attgenerated = '' ORDER BY attnum",
        [_quoted(table)],
    )
    return ", ".join(_quoted(name) for (name,) in cursor.fetchall())


def _quoted(name: str) -> str:
    return str(connection.ops.quote_name(name))
