"""A server or a database that Fondouk cannot live on is refused in a sentence, before anything is written there."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from urllib.parse import quote

import pytest
from django.db import connection

pytestmark = pytest.mark.django_db(transaction=True)


def address(database: str, role: str = "") -> str:
    known = connection.settings_dict
    who = f"{role or known['USER']}:{quote(known['PASSWORD'] or '', safe='')}"
    host = quote(str(known["HOST"]), safe="")
    return f"postgres://{who}@{host}:{known['PORT'] or ''}/{database}"


def command(url: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "fondouk.project.cli", *arguments],
        env={**os.environ, "DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "fondouk.project.settings"},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def database() -> Iterator[str]:
    name = f"unfit_{os.getpid()}"
    with connection.cursor() as cursor:
        cursor.execute(f"create database {name} encoding 'SQL_ASCII' locale 'C' template template0")
    yield name
    with connection.cursor() as cursor:
        cursor.execute(f"drop database {name} with (force)")


@pytest.mark.parametrize(
    "url",
    [
        "nonsense",
        "mysql://a:b@127.0.0.1/c",
        "sqlite:///c",
        "postgres://",
        "postgres://a:b/c@127.0.0.1/d",
        "postgres://a:b@127.0.0.1:abc/d",
    ],
)
def test_an_address_that_is_none(url: str) -> None:
    answer = command(url, "token", "create", "a@example.ma", "--name", "x")
    assert (answer.returncode, "Traceback" in answer.stderr) == (4, False)
    assert "DATABASE_URL" in answer.stderr


def test_another_encoding_is_refused_and_nothing_is_written(database: str) -> None:
    answer = command(address(database), "token", "create", "a@example.ma", "--name", "x")
    assert answer.returncode == 4 and "SQL_ASCII" in answer.stderr and "UTF8" in answer.stderr
    assert "Traceback" not in answer.stderr
    looked_at = command(address(database), "doctor")
    assert looked_at.returncode == 4 and "SQL_ASCII" in looked_at.stdout
    # No table was made: the same database is still an empty one.
    tables = subprocess.run(
        [sys.executable, "-c", "import os, psycopg; c = psycopg.connect(os.environ['URL']); "
         "print(c.execute(\"select count(*) from pg_tables where schemaname = 'public'\").fetchone()[0])"],
        env={**os.environ, "URL": address(database)},
        capture_output=True,
        text=True,
        check=True,
    )  # fmt: skip
    assert tables.stdout.strip() == "0"


@pytest.mark.parametrize(
    "setting",
    [
        {"FONDOUK_PROXIES": "two"},
        {"FONDOUK_SMTP_PORT": "smtp"},
        {"FONDOUK_BEHIND_PROXY": "perhaps"},
        {"FONDOUK_LOG": "loud"},
        {"FONDOUK_URL": "parc.example.ma"},
        {"FONDOUK_SECRET_KEY": "short"},
        {"FONDOUK_OIDC_SERVER": "https://id.example.ma", "FONDOUK_OIDC_CLIENT": ""},
        {"FONDOUK_WORK_CONCURRENCY": "0"},
        {"CACHE_URL": "nonsense"},
        {"FONDOUK_SMTP_PORT": "465", "FONDOUK_SMTP_TLS": "yes"},
        {"FONDOUK_SMTP_SSL": "yes", "FONDOUK_SMTP_TLS": "yes"},
    ],
)
def test_a_setting_that_means_nothing_is_named(
    setting: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in setting.items():
        monkeypatch.setenv(name, value)
    answer = command(address(connection.settings_dict["NAME"]), "doctor", "--json")
    assert answer.returncode == 4 and "Traceback" not in answer.stderr
    assert next(reversed(setting)) in answer.stdout


def test_a_cache_that_does_not_answer_is_a_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CACHE_URL", "redis://127.0.0.1:1/0")
    looked_at = command(address(connection.settings_dict["NAME"]), "doctor", "--json")
    checks = {check["name"]: check for check in json.loads(looked_at.stdout)["checks"]}
    assert looked_at.returncode == 4 and checks["cache"]["status"] == "fail" and checks["cache"]["advice"]
