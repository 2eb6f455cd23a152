"""Workers that other tests start, and where they keep files."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Generator
from pathlib import Path
from typing import Any

import pytest

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
def start_worker(
    shared_database: str, tmp_path: Path
) -> Generator[Callable[[], subprocess.Popen[bytes]], None, None]:
    """Start `tests/jobs/worker.py` on the shared database; all are ended with the test."""
    started: list[subprocess.Popen[bytes]] = []
    environment = {
        **os.environ,
        "DATABASE_URL": shared_database,
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


@pytest.fixture
def until() -> Callable[..., None]:
    def wait(condition: Callable[[], Any], *, seconds: float = 30.0) -> None:
        deadline = time.monotonic() + seconds
        while not condition():
            assert time.monotonic() < deadline, "it did not come to pass in time"
            time.sleep(0.05)

    return wait
