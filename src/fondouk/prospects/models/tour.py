"""A tour of a site: wished for, planned, ended."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fondouk.people.models import Person
from fondouk.prospects.enums import DayPart, TourEnd
from fondouk.prospects.rules import HANDLERS
from fondouk.sites.models import Site
from fondouk.sites.rules import reach

from .prospect import Prospect


class TourQuerySet(models.QuerySet["Tour"]):
    def live(self) -> TourQuerySet:
        """Asked for or planned, and not ended."""
        return self.filter(ended_as="")

    def coming(self, moment: datetime) -> TourQuerySet:
        return self.live().filter(ends_at__gt=moment).order_by("starts_at", "pk")

    def over(self, moment: datetime) -> TourQuerySet:
        """Past, and nobody has said whether it took place."""
        return self.live().filter(ends_at__lte=moment).order_by("starts_at", "pk")

    def visible_to(self, account: Any) -> TourQuerySet:
        return reach(account, *HANDLERS).limit(self, "site")


class Tour(models.Model):
    """`starts_at` and `ends_at` are instants, None while the tour is only wished for."""

    prospect = models.ForeignKey(Prospect, on_delete=models.CASCADE, related_name="tours")
    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="tours", verbose_name=_("site"))
    visitors = models.PositiveSmallIntegerField(_("visitors"), default=1)
    wished_on = models.DateField(_("day wished for"), null=True, blank=True)
    wished_part = models.CharField(_("part of the day"), max_length=10, choices=DayPart.choices, blank=True)
    starts_at = models.DateTimeField(null=True, blank=True)
    ends_at = models.DateTimeField(null=True, blank=True)
    guide = models.ForeignKey(
        Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("guide")
    )
    ended_as = models.CharField(_("ended as"), max_length=10, choices=TourEnd.choices, blank=True)
    ended_at = models.DateTimeField(null=True, editable=False)
    moves = models.PositiveSmallIntegerField(default=0, editable=False)
    """How often it was moved once planned: what its iCalendar event calls SEQUENCE (RFC 5545, 3.8.7.4)."""
    asked_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = TourQuerySet.as_manager()

    class Meta:
        verbose_name = _("tour")
        verbose_name_plural = _("tours")
        ordering = ("-asked_at", "-pk")
        constraints = [
            models.UniqueConstraint(
                fields=["prospect"],
                condition=Q(ended_as=""),
                name="tour_one_at_a_time",
                violation_error_message=_("A tour is asked for or planned already."),
            ),
            models.CheckConstraint(
                name="tour_planned_as_a_whole",
                condition=Q(starts_at=None, ends_at=None)
                | Q(starts_at__isnull=False, ends_at__isnull=False, ends_at__gt=F("starts_at")),
                violation_error_message=_("A tour ends after it has begun."),
            ),
            models.CheckConstraint(
                name="tour_ended_as_a_whole",
                condition=Q(ended_as="", ended_at=None)
                | (Q(ended_as__in=TourEnd.values) & Q(ended_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="tour_held_was_planned",
                condition=Q(ended_as__in=["", TourEnd.CANCELLED]) | Q(starts_at__isnull=False),
                violation_error_message=_("Say first when the tour is."),
            ),
            models.CheckConstraint(
                name="tour_visitors_some",
                condition=Q(visitors__range=(1, 200)),
                violation_error_message=_("From 1 to 200 visitors."),
            ),
            ExclusionConstraint(
                name="tour_guide_at_one_place",
                expressions=[
                    (
                        Func(F("guide"), F("guide"), Value("[]"), function="int8range"),
                        RangeOperators.OVERLAPS,
                    ),
                    (Func(F("starts_at"), F("ends_at"), function="tstzrange"), RangeOperators.OVERLAPS),
                ],
                condition=Q(ended_as="", guide__isnull=False, starts_at__isnull=False),
                violation_error_message=_("This person guides another tour at that time."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.prospect} · {self.site}"

    @property
    def is_live(self) -> bool:
        return not self.ended_as

    @property
    def begins(self) -> datetime | None:
        """By the clock of the site, which is the visitor's: without a zone, so that nothing converts it again."""
        return self._at_site(self.starts_at)

    @property
    def ends(self) -> datetime | None:
        return self._at_site(self.ends_at)

    def on(self) -> date | None:
        """The day of the tour at its site, None while there is none."""
        return self.begins.date() if self.begins else None

    def _at_site(self, moment: datetime | None) -> datetime | None:
        return moment.astimezone(ZoneInfo(self.site.zone)).replace(tzinfo=None) if moment else None
