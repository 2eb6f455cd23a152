"""A request: what somebody reports or asks for, and all that was said and done about it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

import pghistory
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fondouk.companies.models import Company
from fondouk.files.models import StoredFile
from fondouk.lib.db import folded_column
from fondouk.people.models import Person
from fondouk.requests.enums import DONE, OPEN, State
from fondouk.sites.models import Site
from fondouk.sites.rules import reach
from fondouk.spaces.models import Resource

from .category import Category


class RequestQuerySet(models.QuerySet["Request"]):
    def open(self) -> RequestQuerySet:
        return self.filter(state__in=OPEN)

    def late(self, at: datetime | None = None) -> RequestQuerySet:
        """Not answered, or not resolved, by the time that was promised. What waits for the resident is not late."""
        now = at or timezone.now()
        unanswered = Q(answered_at=None, answer_due_at__lt=now)
        return self.filter(state__in=(State.NEW, State.UNDERWAY)).filter(
            unanswered | Q(resolve_due_at__lt=now)
        )

    def visible_to(self, account: Any) -> RequestQuerySet:
        """Staff see those of their sites; residents their own, and those of their companies."""
        if not account.is_authenticated:
            return self.none()
        within = reach(account)
        if within.network:
            return self
        own = Q(reporter=account.person_id) | Q(
            company__in=account.person.memberships.current().values("company")
        )
        return self.filter(own | Q(site__in=within.sites))


@pghistory.track(pghistory.UpdateEvent(), pghistory.DeleteEvent(), exclude=["title_folded"])
class Request(models.Model):
    """`answer_due_at` and `resolve_due_at` were promised when it was made; its category may promise something else since."""

    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="requests", verbose_name=_("site"))
    category = models.ForeignKey(
        Category, on_delete=models.PROTECT, related_name="requests", verbose_name=_("category")
    )
    company = models.ForeignKey(
        Company,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="requests",
        verbose_name=_("company"),
    )
    reporter = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="requests", verbose_name=_("made by")
    )
    resource = models.ForeignKey(
        Resource,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="requests",
        verbose_name=_("space"),
    )
    title = models.CharField(_("in a few words"), max_length=160)
    text = models.TextField(_("in detail"), blank=True, max_length=4000)
    is_blocking = models.BooleanField(_("it stops us working"), default=False)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.NEW)
    assignee = models.ForeignKey(
        Person,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="assigned_requests",
        verbose_name=_("dealt with by"),
    )
    made_at = models.DateTimeField(default=timezone.now, editable=False)
    answer_due_at = models.DateTimeField()
    resolve_due_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    resolved_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    rating = models.PositiveSmallIntegerField(_("satisfaction"), null=True, blank=True)
    rating_note = models.CharField(_("a word about it"), max_length=500, blank=True)
    sequence = models.PositiveIntegerField(default=0)

    title_folded = folded_column("title")

    objects = RequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("request")
        verbose_name_plural = _("requests")
        ordering = ("-made_at", "-pk")
        constraints = [
            models.CheckConstraint(name="request_state_known", condition=Q(state__in=State.values)),
            models.CheckConstraint(
                name="request_has_a_title",
                condition=~Q(title=""),
                violation_error_message=_("Say what it is about."),
            ),
            models.CheckConstraint(
                name="request_resolved_when_done",
                condition=Q(state__in=DONE, resolved_at__isnull=False)
                | (~Q(state__in=DONE) & Q(resolved_at=None)),
                violation_error_message=_("What is resolved says when."),
            ),
            models.CheckConstraint(
                name="request_rated_when_done",
                condition=Q(rating=None) | Q(rating__gte=1, rating__lte=5, state__in=DONE),
                violation_error_message=_("What is resolved is rated, from 1 to 5."),
            ),
        ]
        indexes = [
            models.Index(fields=["site", "state", "made_at"], name="request_of_site"),
            models.Index(fields=["company", "made_at"], name="request_of_company"),
            models.Index(fields=["reporter", "made_at"], name="request_of_person"),
            # The few that are under way among all that ever were.
            models.Index(fields=["resolve_due_at"], condition=Q(state__in=OPEN), name="request_open"),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.title}"

    @property
    def is_open(self) -> bool:
        return self.state in OPEN

    @property
    def is_late(self) -> bool:
        if self.state not in (State.NEW, State.UNDERWAY):
            return False
        now = timezone.now()
        return (self.answered_at is None and self.answer_due_at < now) or self.resolve_due_at < now

    @property
    def due_at(self) -> datetime:
        """What comes next: the first answer, then the end."""
        return self.resolve_due_at if self.answered_at else self.answer_due_at

    def site_ids(self) -> Iterable[int]:
        return {self.site_id}


class Remark(models.Model):
    """Something said about it, or a step: from the state `was` to `became`. What is internal is for the staff alone."""

    request = models.ForeignKey(Request, on_delete=models.CASCADE, related_name="remarks")
    by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now, editable=False)
    text = models.TextField(_("answer"), blank=True, max_length=4000)
    is_internal = models.BooleanField(_("for the staff only"), default=False)
    was = models.CharField(max_length=10, choices=State.choices, blank=True)
    became = models.CharField(max_length=10, choices=State.choices, blank=True)

    class Meta:
        verbose_name = _("remark")
        verbose_name_plural = _("remarks")
        ordering = ("at", "pk")
        constraints = [
            models.CheckConstraint(
                name="remark_says_something",
                condition=~Q(text="") | ~Q(became=""),
                violation_error_message=_("Write something."),
            )
        ]

    def __str__(self) -> str:
        return self.text[:60] or self.became


class Photo(models.Model):
    """A picture or a paper that shows what it is about."""

    request = models.ForeignKey(Request, on_delete=models.CASCADE, related_name="photos")
    file = models.OneToOneField(StoredFile, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("photo")
        verbose_name_plural = _("photos")
        ordering = ("pk",)

    def __str__(self) -> str:
        return self.file.name
