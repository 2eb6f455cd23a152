"""Issuing while processes, and the database itself, are killed: numbers 1 to N, each once, an unbroken chain."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest
from django.db import connection

from fondouk.billing.models import Counter, Invoice, InvoiceLine
from fondouk.billing.queries import verify
from fondouk.runtime.cluster import Cluster
from fondouk.runtime.data import DataFolder
from fondouk.runtime.postgres import EmbeddedServer
from tests.databases import _point_django_at
from tests.factories.billing import billed_site, customer, drafted

ADDRESS = ("NAME", "USER", "HOST", "PORT", "PASSWORD")
ROOT = Path(__file__).resolve().parents[2]


def begin(address: str, threads: int, log: Path) -> subprocess.Popen[bytes]:
    environment = {
        **os.environ,
        "DATABASE_URL": address,
        "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "src")]),
        "DJANGO_SETTINGS_MODULE": "fondouk.project.settings",
    }
    with log.open("ab") as written:
        return subprocess.Popen(
            [sys.executable, "-m", "tests.billing.issuer", str(threads)],
            cwd=ROOT,
            env=environment,
            stdout=written,
            stderr=written,
        )


def prepare(count: int) -> None:
    site = billed_site()
    for number in range(count):
        drafted(customer(), site, 100 + number)


def issued_count(address: str) -> int:
    try:
        with psycopg.connect(address) as looking:
            row = looking.execute("select count(*) from billing_invoice where number is not null").fetchone()
            return row[0] if row else 0
    except psycopg.Error:
        return 0


def through_kills(
    address: str,
    count: int,
    threads: int,
    kill: Callable[[subprocess.Popen[bytes]], None],
    most: int,
    log: Path,
) -> int:
    """Run until all are issued, killing something at random moments, `most` times. How many times something was killed."""
    chance, kills = random.Random(7), 0
    deadline = time.monotonic() + 600
    worker = begin(address, threads, log)
    try:
        seen = 0
        while issued_count(address) < count:
            assert time.monotonic() < deadline, log.read_text()[-3000:]
            # As soon as something more has been issued, so that each life gets somewhere.
            if kills < most and seen < (now := issued_count(address)) < count:
                time.sleep(chance.random() * 0.15)
                kill(worker)
                kills += 1
                seen = now
            if worker.poll() is not None:
                worker = begin(address, threads, log)
            time.sleep(0.02)
    finally:
        worker.kill()
        worker.wait()
    return kills


def check(count: int) -> None:
    assert sorted(Invoice.objects.values_list("number", flat=True)) == list(range(1, count + 1))
    assert Counter.objects.get().last == count
    proof = verify()
    assert (proof.papers, proof.faults) == (count, [])
    assert InvoiceLine.objects.values("charge").distinct().count() == count


def test_a_worker_killed_at_any_moment(shared_database: str, tmp_path: Path) -> None:
    prepare(40)
    connection.close()
    kills = through_kills(shared_database, 40, 4, lambda worker: worker.kill(), 4, tmp_path / "log")
    assert kills >= 2
    check(40)


@pytest.mark.long
def test_two_hundred_in_twenty_threads_with_worker_and_database_killed(
    tmp_path_factory: pytest.TempPathFactory, django_db_blocker: pytest.FixtureRequest, django_db_setup: None
) -> None:
    folder = tmp_path_factory.mktemp("killed")
    for parent in (folder, *folder.parents):
        if parent.name.startswith(("pytest-", "killed", "popen-")):
            parent.chmod(parent.stat().st_mode | 0o011)
    data = DataFolder(folder / "data")
    server, cluster = EmbeddedServer(data).start(), Cluster(data)
    chance = random.Random(11)
    before, settings = connection.settings_dict.copy(), dict(connection.settings_dict)

    def kill(worker: subprocess.Popen[bytes]) -> None:
        if chance.random() < 0.5:
            worker.kill()
            worker.wait()
        else:
            pid = cluster.ready_pid()
            if pid:
                os.kill(pid, 9)
            time.sleep(0.2)
            server.ensure()

    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        try:
            connection.close()
            _use(server.url)
            _migrated()
            prepare(200)
            connection.close()
            kills = through_kills(server.url, 200, 20, kill, 40, folder / "log")
            assert kills >= 6
            check(200)
        finally:
            connection.close()
            connection.settings_dict.update(before)
            _point_django_at(settings["NAME"])
            server.stop()


def _use(address: str) -> None:
    import dj_database_url

    connection.settings_dict.update(
        {key: value for key, value in dj_database_url.parse(address).items() if key in ADDRESS}
    )


def _migrated() -> None:
    from django.core.management import call_command

    call_command("migrate", verbosity=0, interactive=False)
