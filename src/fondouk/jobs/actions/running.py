"""Doing a job once, whatever happens to those who do it."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any
from uuid import UUID

import pghistory
from django.conf import settings
from django.db import InterfaceError, OperationalError, connection, transaction
from django.utils import translation

from fondouk.jobs.enums import Outcome
from fondouk.jobs.kinds import KINDS
from fondouk.jobs.models import Job, JobOutcome
from fondouk.jobs.work import Cancelled, RefusedWork, Work, progress_of

logger = logging.getLogger(__name__)

TRIES = 5
"""Times that a job is begun. One that takes its worker down each time must not do so for ever."""


class JobBusy(Exception):
    """Another worker holds this job: look again in a moment, in case that one dies."""


class Interrupted(Exception):
    """The database went away, or a lock could not be had in time. Nothing is written: try again."""


def run_job(job_id: UUID | str) -> JobOutcome:
    """Do the job, or find it done. Whatever happens to the worker, its effects and its outcome stand or fall as one.

    Raises `JobBusy` and `Interrupted`, for the queue to try again.
    """
    job = Job.objects.select_related("started_by").get(pk=job_id)
    language = job.started_by.language if job.started_by else settings.LANGUAGE_CODE
    person = job.started_by_id
    with translation.override(language), pghistory.context(person=person, url=f"job:{job.kind}"):
        return _run(job)


def _run(job: Job) -> JobOutcome:
    work: Work | None = None
    try:
        with progress_of(job) as progress, transaction.atomic():
            if not try_to_take(job):
                raise JobBusy
            if done := JobOutcome.objects.filter(job=job).first():
                return done
            if progress.begin() > TRIES:
                raise RuntimeError(f"begun {TRIES} times, never finished")
            work = Work(job, progress)
            result = KINDS[job.kind].run(work)
            return JobOutcome.objects.create(job=job, outcome=Outcome.DONE, result=result, file=work.file)
    except JobBusy:
        raise
    except Exception as error:
        if work is not None:
            work.drop_file()
        return _ended_by(job, error)


def _ended_by(job: Job, error: Exception) -> JobOutcome:
    if isinstance(error, Cancelled):
        return _end(job, Outcome.CANCELLED)
    if isinstance(error, RefusedWork):
        return _end(job, Outcome.REFUSED, error.afterwards, result=error.result)
    if isinstance(error, OperationalError | InterfaceError):
        logger.warning("Job %s was interrupted: %s", job, error)
        if not connection.in_atomic_block:
            connection.close_if_unusable_or_obsolete()
        raise Interrupted(str(error)) from error
    logger.error("Job %s failed", job, exc_info=error)
    return _end(job, Outcome.FAILED, error=f"{type(error).__name__}: {error}"[:2000])


def try_to_take(job: Job) -> bool:
    """Until the transaction ends, nobody else has it: neither a second worker nor a stalled one come back to life."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [job.pk.int % (2**63)])
        return bool(cursor.fetchone()[0])


@transaction.atomic
def _end(
    job: Job, outcome: Outcome, afterwards: Callable[[], Any] | None = None, **values: Any
) -> JobOutcome:
    ended, is_new = JobOutcome.objects.get_or_create(job=job, defaults={"outcome": outcome, **values})
    if is_new and afterwards is not None:
        afterwards()
    return ended
