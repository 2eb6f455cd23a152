"""An empty, migrated database for one benchmark."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import fondouk  # noqa: F401  (time zones first)

ROOT = Path(__file__).resolve().parent.parent


@contextmanager
def database() -> Iterator[None]:
    """Named in DATABASE_URL for the time of the block, dropped afterwards.

    On the server that DATABASE_URL names, or else on an embedded one in `build/`.
    """
    import psycopg
    from psycopg import sql

    from fondouk.runtime.data import DataFolder
    from fondouk.runtime.postgres import EmbeddedServer

    given = os.environ.get("DATABASE_URL")
    server = None if given else EmbeddedServer(DataFolder(ROOT / "build" / "bench-database")).start()
    address = given or (server.url if server else "")
    name = f"fondouk_bench_{os.getpid()}"
    parts = urlsplit(address)
    maintenance = urlunsplit(parts._replace(path="/postgres"))
    os.environ["DATABASE_URL"] = urlunsplit(parts._replace(path=f"/{name}"))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fondouk.project.settings")
    os.environ.setdefault("FONDOUK_DATA", str(ROOT / "build" / "bench-data"))
    try:
        with psycopg.connect(maintenance, autocommit=True) as connection:
            connection.execute(sql.SQL("create database {}").format(sql.Identifier(name)))
        _migrate(name)
        yield
    finally:
        from django.db import connections

        connections.close_all()
        with psycopg.connect(maintenance, autocommit=True) as connection:
            drop = sql.SQL("drop database if exists {} with (force)")
            connection.execute(drop.format(sql.Identifier(name)))
        os.environ.pop("DATABASE_URL")
        if given:
            os.environ["DATABASE_URL"] = given
        if server is not None:
            server.stop()


def _migrate(name: str) -> None:
    import django
    from django.apps import apps
    from django.core.management import call_command
    from django.db import connection

    if not apps.ready:
        django.setup()
    connection.settings_dict["NAME"] = name
    call_command("migrate", verbosity=0, interactive=False)
    call_command("createcachetable", verbosity=0)
