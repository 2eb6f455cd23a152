"""Whether a PostgreSQL server is one that Fondouk can live on, asked before anything is written there."""

from __future__ import annotations

import os

from fondouk.project.cli.errors import Missing

OLDEST_SERVER = 170_000
"""The collation `pg_c_utf8`, with which accents are folded, came with PostgreSQL 17."""

ADDRESS = (
    "DATABASE_URL is written postgres://ROLE:PASSWORD@HOST:PORT/DATABASE, with signs such as / or @ in their "
    "percent form"
)


def server_version() -> int:
    """As PostgreSQL writes it in a number: 180004 is 18.4."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("show server_version_num")
        return int(cursor.fetchone()[0])


def spelled(version: int) -> str:
    return f"{version // 10_000}.{version % 10_000}"


def check_address() -> None:
    """Raises `Missing` for a DATABASE_URL that names no PostgreSQL database. Its password is not repeated."""
    import dj_database_url

    try:
        found = dj_database_url.parse(os.environ["DATABASE_URL"])
    except ValueError:
        raise Missing(f"DATABASE_URL cannot be understood: {ADDRESS}.") from None
    if not str(found.get("ENGINE")).endswith("postgresql"):
        raise Missing(f"Fondouk needs PostgreSQL: {ADDRESS}.")
    if not found.get("NAME"):
        raise Missing(f"DATABASE_URL names no database: {ADDRESS}.")


def unfit() -> tuple[str, str]:
    """What is wrong with the server or the database, and what to do; two empty texts when nothing is."""
    from django.db import connection

    version = server_version()
    if version < OLDEST_SERVER:
        return f"PostgreSQL {spelled(version)}", "PostgreSQL 17 or newer is needed: upgrade the server."
    with connection.cursor() as cursor:
        cursor.execute(
            "select current_setting('server_encoding'), has_schema_privilege('public', 'CREATE'), current_user, "
            "current_database()"
        )
        encoding, may_create, role, name = cursor.fetchone()
    if encoding != "UTF8":
        return (
            f"the database {name} is in {encoding}",
            "Make it anew: createdb --encoding=UTF8 --template=template0.",
        )
    if not may_create:
        return (
            f"the role {role} may make no table in {name}",
            f"As a superuser, in that database: GRANT CREATE ON SCHEMA public TO {role}, or make {role} its owner.",
        )
    return "", ""
