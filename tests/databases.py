"""A database for each test process: a copy of a template, migrated once for each state of the schema."""

import contextlib
import hashlib
import os
from collections.abc import Generator
from pathlib import Path
from urllib.parse import quote

import psycopg
import pytest
from psycopg import sql

from fondouk.runtime import processes
from fondouk.runtime.postgres import copy_database

ROOT = Path(__file__).resolve().parent.parent
TEMPLATE = "fondouk_template_"
PREFIX = "fondouk_test_"
# One advisory lock for all who make templates and copies on this server.
LOCK = 7_201_926
TEMPLATES_KEPT = 6


def schema_fingerprint() -> str:
    """Changes whenever a migration of ours, the list of apps or a locked requirement does."""
    digest = hashlib.sha256()
    sources = sorted(ROOT.glob("src/fondouk/*/migrations/*.py"))
    sources += [ROOT / "requirements" / "base.txt", ROOT / "src/fondouk/project/settings.py", Path(__file__)]
    for source in sources:
        digest.update(str(source.relative_to(ROOT)).encode() + b"\0" + source.read_bytes())
    return digest.hexdigest()[:16]


@pytest.fixture(scope="session")
def django_db_setup(
    request: pytest.FixtureRequest, django_test_environment: None, django_db_blocker
) -> Generator[None, None, None]:
    """Stands in for pytest-django's own, which would migrate from nothing in every process."""
    from django.db import connection

    worker = getattr(request.config, "workerinput", {}).get("workerid", "main")
    name = f"{PREFIX}{os.environ['FONDOUK_TEST_RUN']}_{os.getpid()}_{worker}"
    maintenance = _url_of("postgres")
    with django_db_blocker.unblock():
        template = ensure_template(maintenance)
        copy_database(maintenance, name, template)
        _point_django_at(name)
    yield
    with django_db_blocker.unblock():
        connection.close()
        with contextlib.suppress(psycopg.Error), psycopg.connect(maintenance, autocommit=True) as server:
            server.execute(sql.SQL("drop database if exists {} with (force)").format(sql.Identifier(name)))


@contextlib.contextmanager
def copied(purpose: str) -> Generator[str, None, None]:
    """The address of a copy of the template for several processes to work on; gone with the block."""
    maintenance = _url_of("postgres")
    name = f"{PREFIX}{os.environ['FONDOUK_TEST_RUN']}_{os.getpid()}_{purpose}"
    drop = sql.SQL("drop database if exists {} with (force)").format(sql.Identifier(name))
    with psycopg.connect(maintenance, autocommit=True) as server:
        server.execute(drop)
    copy_database(maintenance, name, ensure_template(maintenance))
    try:
        yield _address_of(name)
    finally:
        with psycopg.connect(maintenance, autocommit=True) as server:
            server.execute(drop)


@pytest.fixture
def shared_database(django_db_setup: None, django_db_blocker) -> Generator[str, None, None]:
    """The address of a copy of the template, which Django uses too during the test; gone afterwards."""
    from django.db import connection

    with django_db_blocker.unblock(), copied("shared") as address:
        own = connection.settings_dict["NAME"]
        _point_django_at(psycopg.conninfo.conninfo_to_dict(address)["dbname"])
        try:
            yield address
        finally:
            _point_django_at(own)


def ensure_template(maintenance: str) -> str:
    """The name of the migrated template; made when there is none for this schema."""
    name = TEMPLATE + schema_fingerprint()
    with psycopg.connect(maintenance, autocommit=True) as server:
        # Another process may be migrating: wait for it as long as it takes.
        server.execute("set lock_timeout = 0")
        server.execute("select pg_advisory_lock(%s)", [LOCK])
        _drop_leftovers(server)
        if not server.execute("select 1 from pg_database where datname = %s", [name]).fetchone():
            draft = f"{name}_draft"
            server.execute(sql.SQL("drop database if exists {} with (force)").format(sql.Identifier(draft)))
            copy_database(maintenance, draft)
            _migrate(draft)
            rename = sql.SQL("alter database {} rename to {}")
            server.execute(rename.format(sql.Identifier(draft), sql.Identifier(name)))
    return name


def _migrate(database: str) -> None:
    from django.core.management import call_command
    from django.db import connection

    before = connection.settings_dict["NAME"]
    _point_django_at(database)
    try:
        call_command("migrate", verbosity=0, interactive=False)
        call_command("createcachetable", verbosity=0)
    finally:
        _point_django_at(before)


def _drop_leftovers(server: psycopg.Connection) -> None:
    """Databases of runs that were killed, and templates of schemas long changed."""
    found = server.execute("select datname from pg_database order by oid desc").fetchall()
    templates = 0
    for (name,) in found:
        if name.startswith(PREFIX):
            run, process = name.removeprefix(PREFIX).split("_")[:2]
            unwanted = not (processes.is_alive(int(run)) and processes.is_alive(int(process)))
        elif name.startswith(TEMPLATE):
            templates += 1
            unwanted = templates > TEMPLATES_KEPT
        else:
            continue
        if unwanted:
            server.execute(sql.SQL("drop database if exists {} with (force)").format(sql.Identifier(name)))


def _point_django_at(name: str) -> None:
    from django.conf import settings
    from django.db import connection

    connection.close()
    settings.DATABASES["default"]["NAME"] = name
    connection.settings_dict["NAME"] = name


def _url_of(database: str) -> str:
    from django.db import connection

    settings = connection.settings_dict
    parts = {
        "host": settings["HOST"],
        "port": settings["PORT"],
        "user": settings["USER"],
        "password": settings["PASSWORD"],
        "dbname": database,
    }
    return psycopg.conninfo.make_conninfo(**{key: value for key, value in parts.items() if value})


def _address_of(database: str) -> str:
    parts = psycopg.conninfo.conninfo_to_dict(_url_of(database))
    host = quote(str(parts.get("host", "")), safe="")
    secret = f":{quote(str(parts['password']), safe='')}" if parts.get("password") else ""
    user = quote(str(parts.get("user", "")))
    return f"postgres://{user}{secret}@{host}:{parts.get('port', 5432)}/{database}"
