"""Starting jobs, doing them once, asking them to stop."""

from __future__ import annotations

import logging
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from fondouk.jobs.enums import Outcome
from fondouk.jobs.kinds import KINDS
from fondouk.jobs.models import Job, JobCancellation, JobOutcome
from fondouk.jobs.work import Cancelled, RefusedWork, Work, progress_of
from fondouk.people.models import Person

logger = logging.getLogger(__name__)


class UnknownKind(Exception):
    """No app has registered this kind of job."""


@transaction.atomic
def start(
    kind: str, parameters: dict[str, Any] | None = None, *, label: str = "", by: Person | None
) -> Job:
    """Ask for work to be done by a worker. The request and the queue's row are one transaction."""
    if kind not in KINDS:
        raise UnknownKind(kind)
    job = Job.objects.create(kind=kind, parameters=parameters or {}, label=label[:200], started_by=by)
    from procrastinate.contrib.django import app

    app.configure_task("jobs.run", lock=f"job-{job.pk}").defer(job_id=str(job.pk))
    return job


@transaction.atomic
def cancel_job(job: Job, *, by: Person | None) -> None:
    """Ask for the job to stop. One that runs stops at its next note of progress, and leaves nothing behind."""
    locked = Job.objects.select_for_update().get(pk=job.pk)
    if not hasattr(locked, "outcome"):
        JobCancellation.objects.get_or_create(job=locked, defaults={"by": by})


def run_job(job_id: UUID | str) -> JobOutcome:
    """Do the job, or find it done. Whatever happens to the worker, its effects and its outcome stand or fall as one."""
    job = Job.objects.select_related("started_by").get(pk=job_id)
    try:
        with progress_of(job) as progress, transaction.atomic():
            _take(job)
            if done := JobOutcome.objects.filter(job=job).first():
                return done
            progress.begin()
            work = Work(job, progress)
            result = KINDS[job.kind].run(work)
            return JobOutcome.objects.create(job=job, outcome=Outcome.DONE, result=result, file=work.file)
    except Cancelled:
        return _end(job, Outcome.CANCELLED)
    except RefusedWork as refused:
        return _end(job, Outcome.REFUSED, result=refused.result)
    except Exception as error:
        logger.exception("Job %s failed", job)
        return _end(job, Outcome.FAILED, error=f"{type(error).__name__}: {error}")


def _take(job: Job) -> None:
    """One worker at a time, even where a stalled one comes back to life."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [job.pk.int % (2**63)])


@transaction.atomic
def _end(job: Job, outcome: Outcome, **values: Any) -> JobOutcome:
    ended, _created = JobOutcome.objects.get_or_create(job=job, defaults={"outcome": outcome, **values})
    return ended
