"""A job and the rows that tell its life.

The four tables are apart on purpose: progress is written from a connection of its own while the work's transaction is
open, and the outcome is written inside that transaction. One outcome a job, by constraint: that is what makes a job
that is taken up again after a killed worker impossible to do twice.
"""

from __future__ import annotations

import uuid
from datetime import timedelta

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fondouk.files.models import StoredFile
from fondouk.jobs.enums import Outcome, State
from fondouk.jobs.kinds import KINDS, JobKind
from fondouk.people.models import Person

UNFINISHED = Q(outcome=None)
IN_STATE = {
    State.WAITING: UNFINISHED & Q(cancellation=None, progress=None),
    State.RUNNING: UNFINISHED & Q(cancellation=None, progress__isnull=False),
    State.CANCELLING: UNFINISHED & Q(cancellation__isnull=False),
    **{State(outcome): Q(outcome__outcome=outcome) for outcome in Outcome.values},
}


class JobQuerySet(models.QuerySet["Job"]):
    def unfinished(self) -> JobQuerySet:
        return self.filter(UNFINISHED)

    def in_state(self, state: str) -> JobQuerySet:
        return self.filter(IN_STATE[State(state)])

    def told(self) -> JobQuerySet:
        """With everything `state` reads."""
        return self.select_related("progress", "cancellation", "outcome", "outcome__file", "started_by")


class Job(models.Model):
    """What was asked for: it never changes."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=80)
    label = models.CharField(
        _("what"), max_length=200, blank=True, help_text="a name given by a person, as is"
    )
    parameters = models.JSONField(default=dict)
    started_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="jobs")
    created_at = models.DateTimeField(auto_now_add=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        verbose_name = _("job")
        verbose_name_plural = _("jobs")
        ordering = ("-created_at",)
        indexes = [models.Index(fields=["-created_at"], name="job_created")]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"

    @property
    def state(self) -> State:
        if outcome := getattr(self, "outcome", None):
            return State(outcome.outcome)
        if getattr(self, "cancellation", None):
            return State.CANCELLING
        return State.RUNNING if getattr(self, "progress", None) else State.WAITING

    @property
    def is_finished(self) -> bool:
        return hasattr(self, "outcome")

    @property
    def known(self) -> JobKind | None:
        """Its kind, unless the app that brought it is gone."""
        return KINDS.get(self.kind)

    @property
    def title(self) -> str:
        return str(self.known.label) if self.known else self.kind

    @property
    def duration(self) -> timedelta | None:
        """From the (last) beginning to the end, or to now."""
        progress = getattr(self, "progress", None)
        if progress is None:
            return None
        outcome = getattr(self, "outcome", None)
        return (outcome.at if outcome else timezone.now()) - progress.started_at

    @property
    def time_left(self) -> timedelta | None:
        """At the pace so far; None before anything can be said."""
        progress = getattr(self, "progress", None)
        if self.is_finished or progress is None or not progress.done or not progress.total:
            return None
        spent = timezone.now() - progress.started_at
        return spent * max(progress.total - progress.done, 0) / progress.done


class JobProgress(models.Model):
    """How far it is, in units of its own (rows, mails, pages). A job taken up again starts from 0."""

    job = models.OneToOneField(Job, on_delete=models.CASCADE, primary_key=True, related_name="progress")
    done = models.IntegerField(default=0)
    total = models.IntegerField(null=True)
    attempt = models.IntegerField(default=1)
    started_at = models.DateTimeField(default=timezone.now)
    updated_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("progress of a job")
        verbose_name_plural = _("progress of jobs")
        constraints = [
            models.CheckConstraint(
                name="job_progress_within_total",
                condition=Q(done__gte=0) & (Q(total=None) | Q(total__gte=F("done"))),
            )
        ]

    def __str__(self) -> str:
        return f"{self.done}/{self.total}"


class JobCancellation(models.Model):
    """Somebody asked for the job to stop."""

    job = models.OneToOneField(Job, on_delete=models.CASCADE, primary_key=True, related_name="cancellation")
    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        verbose_name = _("cancellation of a job")
        verbose_name_plural = _("cancellations of jobs")

    def __str__(self) -> str:
        return f"{self.job_id}"


class JobOutcome(models.Model):
    """How it ended, written in the transaction of the work itself."""

    job = models.OneToOneField(Job, on_delete=models.CASCADE, primary_key=True, related_name="outcome")
    outcome = models.CharField(max_length=20, choices=Outcome.choices)
    at = models.DateTimeField(auto_now_add=True)
    result = models.JSONField(default=dict)
    error = models.TextField(blank=True)
    file = models.ForeignKey(StoredFile, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        verbose_name = _("outcome of a job")
        verbose_name_plural = _("outcomes of jobs")
        constraints = [
            models.CheckConstraint(name="job_outcome_known", condition=Q(outcome__in=Outcome.values))
        ]

    def __str__(self) -> str:
        return self.outcome
