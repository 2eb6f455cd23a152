"""Asking for work, and asking for it to stop."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from fondouk.jobs.enums import Outcome, State
from fondouk.jobs.kinds import KINDS
from fondouk.jobs.models import Job, JobCancellation, JobOutcome
from fondouk.people.models import Person

from .running import try_to_take


class UnknownKind(Exception):
    """No app has registered this kind of job."""


class MayNotRepeat(Exception):
    """It is not over, or its kind is asked for from its own page only."""


@transaction.atomic
def start(kind: str, parameters: dict[str, Any] | None = None, *, label: str = "", by: Person | None) -> Job:
    """Ask for work to be done by a worker. The request and the queue's row are one transaction."""
    if kind not in KINDS:
        raise UnknownKind(kind)
    job = Job.objects.create(kind=kind, parameters=parameters or {}, label=label[:200], started_by=by)
    from procrastinate.contrib.django import app

    app.configure_task("jobs.run", lock=f"job-{job.pk}").defer(job_id=str(job.pk))
    return job


@transaction.atomic
def cancel_job(job: Job, *, by: Person | None) -> None:
    """Ask for the job to stop. One that runs stops at its next note of progress, and leaves nothing behind.

    One that no worker holds (it waits, or its worker was killed) is over at once.
    """
    locked = Job.objects.select_for_update(of=("self",)).get(pk=job.pk)
    if hasattr(locked, "outcome"):
        return
    JobCancellation.objects.get_or_create(job=locked, defaults={"by": by})
    if try_to_take(locked):
        JobOutcome.objects.get_or_create(job=locked, defaults={"outcome": Outcome.CANCELLED})


@transaction.atomic
def repeat_job(job: Job, *, by: Person | None) -> Job:
    """Ask for the same again, after a failure or a cancellation. Raises `MayNotRepeat`."""
    kind = KINDS.get(job.kind)
    if kind is None or not kind.is_repeatable or job.state not in (State.FAILED, State.CANCELLED):
        raise MayNotRepeat
    return start(job.kind, job.parameters, label=job.label, by=by)
