"""What a running job holds in its hands: its parameters, its progress, and whether somebody wants it to stop."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.utils import timezone

from fondouk.files.actions import keep_made
from fondouk.files.models import StoredFile
from fondouk.jobs.models import Job
from fondouk.people.models import Person

TELL_EVERY = 0.4
"""Seconds between two notes of progress."""


class Cancelled(Exception):
    """Somebody asked for the job to stop: raised from `advance`, inside the work."""


class RefusedWork(Exception):
    """The work itself says no, as expected of it (a book with refused rows). `result` tells why.

    Everything it wrote is taken back. `afterwards` is called in the transaction that keeps the refusal.
    """

    def __init__(self, result: dict[str, Any], afterwards: Callable[[], Any] | None = None) -> None:
        super().__init__("refused")
        self.result = result
        self.afterwards = afterwards


class Work:
    def __init__(self, job: Job, progress: Progress) -> None:
        self.job = job
        self.parameters: dict[str, Any] = job.parameters
        self.file: StoredFile | None = None
        self._progress = progress

    @property
    def by(self) -> Person | None:
        return self.job.started_by

    def advance(self, done: int, total: int | None = None) -> None:
        """Say how far it is. Raises `Cancelled` when somebody asked to stop."""
        self._progress.tell(done, total)

    def attach(self, content: bytes, *, name: str, kind: str) -> StoredFile:
        """Keep a file as the job's result. It goes when the work does not stand."""
        self.file = keep_made(content, name=name, kind=kind, by=self.by)
        return self.file

    def drop_file(self) -> None:
        """The row went with the transaction; its bytes are not under one."""
        if self.file is not None:
            self.file.content.storage.delete(str(self.file.content.name))


class Progress:
    """Writes progress through a connection of its own, so that others see it while the work's transaction is open."""

    def __init__(self, job: Job, side: Any) -> None:
        self._job = job.pk
        self._side = side
        self._told = 0.0

    def begin(self) -> int:
        """A new try from nothing: which one it is, 1 for the first."""
        now = timezone.now()
        with self._side.cursor() as cursor:
            cursor.execute(
                """INSERT INTO jobs_jobprogress (job_id, done, total, attempt, started_at, updated_at)
                   VALUES (%s, 0, NULL, 1, %s, %s)
                   ON CONFLICT (job_id) DO UPDATE
                   SET done = 0, total = NULL, attempt = jobs_jobprogress.attempt + 1,
                       started_at = excluded.started_at, updated_at = excluded.updated_at
                   RETURNING attempt""",
                [self._job, now, now],
            )
            attempt: int = cursor.fetchone()[0]
        self._check()
        return attempt

    def tell(self, done: int, total: int | None) -> None:
        now = time.monotonic()
        if now - self._told < TELL_EVERY and done != total:
            return
        self._told = now
        total = None if total is None else max(done, total)
        with self._side.cursor() as cursor:
            cursor.execute(
                "UPDATE jobs_jobprogress SET done = %s, total = %s, updated_at = %s WHERE job_id = %s",
                [done, total, timezone.now(), self._job],
            )
        self._check()

    def _check(self) -> None:
        with self._side.cursor() as cursor:
            cursor.execute("SELECT 1 FROM jobs_jobcancellation WHERE job_id = %s", [self._job])
            if cursor.fetchone():
                raise Cancelled


@contextmanager
def progress_of(job: Job) -> Iterator[Progress]:
    """With a connection beside the work's own; inside somebody's transaction (a test's), that one."""
    if connection.in_atomic_block:
        yield Progress(job, connection)
        return
    side = connections.create_connection(DEFAULT_DB_ALIAS)
    try:
        yield Progress(job, side)
    finally:
        side.close()
