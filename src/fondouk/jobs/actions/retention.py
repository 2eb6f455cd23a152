"""Jobs that ended long ago, with the files they made."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from fondouk.files.actions import delete_file
from fondouk.jobs.models import Job
from fondouk.jobs.models.job import JobQuerySet


def ended(before: datetime) -> JobQuerySet:
    return Job.objects.filter(outcome__at__lt=before)


def remove_jobs(jobs: Iterable[Job]) -> int:
    """The rows of these jobs and their files, once the transaction holds. How many."""
    count = 0
    for job in jobs:
        file = job.outcome.file if job.is_finished else None
        job.delete()
        if file:
            delete_file(file)
        count += 1
    return count


def remove_ended(before: datetime) -> int:
    return remove_jobs(list(ended(before).told()))
