"""Which jobs somebody may see, and which of theirs are under way."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db.models import Q
from django.utils import timezone

from fondouk.files.models import StoredFile
from fondouk.jobs.kinds import KINDS
from fondouk.jobs.models import Job, JobOutcome
from fondouk.jobs.models.job import JobQuerySet

JUST_NOW = timedelta(minutes=3)


def visible_jobs(account: Any) -> JobQuerySet:
    """One's own, and with `jobs.view` everybody's; of kinds that ask for a permission, only with it."""
    if not account.is_authenticated:
        return Job.objects.none()
    closed = [
        kind.code for kind in KINDS.values() if kind.permission and not account.has_perm(kind.permission)
    ]
    jobs = Job.objects.exclude(kind__in=closed)
    if account.has_perm("jobs.view"):
        return jobs
    return jobs.filter(started_by=account.person_id)


def under_way(account: Any) -> list[Job]:
    """What the person started and waits for, and what has ended in the last minutes."""
    since = timezone.now() - JUST_NOW
    mine = visible_jobs(account).filter(started_by=account.person_id).told()
    return list(mine.filter(Q(outcome=None) | Q(outcome__at__gte=since))[:5])


def may_download(account: Any, stored: StoredFile) -> bool:
    """The file of a job's result: whoever sees the job, when the kind hands its file out."""
    job = JobOutcome.objects.filter(file=stored).values_list("job", "job__kind").first()
    if job is None or job[1] not in KINDS or not KINDS[job[1]].has_download:
        return False
    jobs = visible_jobs(account)
    if not KINDS[job[1]].permission:
        # Seeing that a job ran is for all staff; what it made is for whoever asked, unless its kind says otherwise.
        jobs = jobs.filter(started_by=account.person_id)
    return jobs.filter(pk=job[0]).exists()
