"""A database of one's own, for tests in which several processes or threads write and commit."""

from __future__ import annotations

import os
from collections.abc import Generator
from typing import Any
from urllib.parse import quote

import psycopg
import pytest
from psycopg import sql

from fondouk.runtime.postgres import copy_database
from tests import databases


@pytest.fixture
def own_database(django_db_setup: None, django_db_blocker: Any) -> Generator[str, None, None]:
    """The address of a copy of the template, which Django uses during the test; gone afterwards."""
    from django.db import connection

    maintenance = databases._url_of("postgres")
    name = f"{databases.PREFIX}{os.environ['FONDOUK_TEST_RUN']}_{os.getpid()}_imports"
    with django_db_blocker.unblock():
        before = connection.settings_dict["NAME"]
        _drop(maintenance, name)
        copy_database(maintenance, name, databases.ensure_template(maintenance))
        databases._point_django_at(name)
        try:
            yield _address(databases._url_of(name))
        finally:
            databases._point_django_at(before)
            _drop(maintenance, name)


def _drop(maintenance: str, name: str) -> None:
    with psycopg.connect(maintenance, autocommit=True) as server:
        server.execute(sql.SQL("drop database if exists {} with (force)").format(sql.Identifier(name)))


def _address(conninfo: str) -> str:
    parts = psycopg.conninfo.conninfo_to_dict(conninfo)
    host = quote(str(parts.get("host", "")), safe="")
    secret = f":{quote(str(parts['password']), safe='')}" if parts.get("password") else ""
    user = quote(str(parts.get("user", "")))
    return f"postgres://{user}{secret}@{host}:{parts.get('port', 5432)}/{parts['dbname']}"
