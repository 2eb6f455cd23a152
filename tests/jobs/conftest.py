"""A database that other processes can work on, and the workers."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Generator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from psycopg import sql

from fondouk.runtime.postgres import copy_database
from tests import databases

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(autouse=True)
def storage(settings: Any, tmp_path: Path) -> Path:
    place = tmp_path / "files"
    settings.STORAGES = {
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": place},
        },
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    return place


@pytest.fixture
def shared_database(django_db_setup: None, django_db_blocker: Any) -> Generator[str, None, None]:
    """A copy of the template, seen by this process and by those it starts; gone afterwards."""
    from django.db import connection

    maintenance = databases._url_of("postgres")
    name = f"{databases.PREFIX}{os.environ['FONDOUK_TEST_RUN']}_{os.getpid()}_shared"
    with django_db_blocker.unblock():
        own = connection.settings_dict["NAME"]
        _drop(maintenance, name)
        copy_database(maintenance, name, databases.ensure_template(maintenance))
        databases._point_django_at(name)
        try:
            yield databases._url_of(name)
        finally:
            databases._point_django_at(own)
            _drop(maintenance, name)


def _drop(maintenance: str, name: str) -> None:
    with psycopg.connect(maintenance, autocommit=True) as server:
        server.execute(sql.SQL("drop database if exists {} with (force)").format(sql.Identifier(name)))


@pytest.fixture
def start_worker(
    shared_database: str, tmp_path: Path
) -> Generator[Callable[[], subprocess.Popen[bytes]], None, None]:
    """Start `tests/jobs/worker.py` on the shared database; all are ended with the test."""
    started: list[subprocess.Popen[bytes]] = []
    parts = psycopg.conninfo.conninfo_to_dict(shared_database)
    environment = {
        **os.environ,
        "DATABASE_URL": _as_url(parts),
        "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "src")]),
        "DJANGO_SETTINGS_MODULE": "fondouk.project.settings",
    }

    def begin() -> subprocess.Popen[bytes]:
        log = (tmp_path / f"worker-{len(started)}.log").open("wb")
        worker = subprocess.Popen(
            [sys.executable, "-m", "tests.jobs.worker"], cwd=ROOT, env=environment, stdout=log, stderr=log
        )
        started.append(worker)
        return worker

    yield begin
    for worker in started:
        if worker.poll() is None:
            worker.send_signal(signal.SIGKILL)
        worker.wait()
    for log in tmp_path.glob("worker-*.log"):
        print(log.read_text()[-4000:])


def _as_url(parts: dict[str, Any]) -> str:
    from urllib.parse import quote

    host = quote(str(parts.get("host", "")), safe="")
    return (
        f"postgres://{quote(str(parts.get('user', '')))}@{host}:{parts.get('port', 5432)}/{parts['dbname']}"
    )


@pytest.fixture
def until() -> Callable[..., None]:
    def wait(condition: Callable[[], Any], *, seconds: float = 30.0) -> None:
        deadline = time.monotonic() + seconds
        while not condition():
            assert time.monotonic() < deadline, "it did not come to pass in time"
            time.sleep(0.05)

    return wait
