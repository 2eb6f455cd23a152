"""What a space costs whom, when and for how long: dated rules, the most specific of which wins (`bookings.pricing`)."""

from __future__ import annotations

from datetime import date, time

import pghistory
from django.contrib.postgres.fields import DateRangeField
from django.db import models
from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from fondouk.bookings.enums import PriceUnit, Segment
from fondouk.bookings.pricing import EVERY_DAY, HUNDRED, MINUTES
from fondouk.lib.db import no_overlap
from fondouk.sites.models import Site
from fondouk.spaces.enums import SpaceKind
from fondouk.spaces.models import Resource

from .scope import scope_of


class PriceRuleQuerySet(models.QuerySet["PriceRule"]):
    def between(self, first: date, last: date) -> PriceRuleQuerySet:
        """Those in force on one of these days."""
        return self.filter(period__overlap=DateRange(first, last, "[]"))


@pghistory.track(exclude=["scope"])
class PriceRule(models.Model):
    """For a space, or a kind and a site, or all; for one segment of customers or all; on some days of the week, between two
    hours; for times of a length at least. Never changed for the past: another follows it.

    `weekdays` is a mask, Monday the lowest bit; `from_minute` and `to_minute` count from midnight on the clock of the wall.
    """

    name = models.CharField(_("name"), max_length=80, blank=True)
    site = models.ForeignKey(
        Site,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="price_rules",
        verbose_name=_("site"),
    )
    kind = models.CharField(_("kind of space"), max_length=20, choices=SpaceKind.choices, blank=True)
    resource = models.ForeignKey(
        Resource,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="price_rules",
        verbose_name=_("space"),
    )
    segment = models.CharField(_("for whom"), max_length=10, choices=Segment.choices, blank=True)
    weekdays = models.PositiveSmallIntegerField(_("days"), default=EVERY_DAY)
    from_minute = models.PositiveSmallIntegerField(default=0)
    to_minute = models.PositiveSmallIntegerField(default=MINUTES)
    at_least_minutes = models.PositiveIntegerField(_("for at least (minutes)"), default=0)
    unit = models.CharField(_("price for"), max_length=6, choices=PriceUnit.choices)
    amount = models.DecimalField(_("amount"), max_digits=12, decimal_places=2)
    cap = models.DecimalField(_("a day at most"), max_digits=12, decimal_places=2, null=True, blank=True)
    period = DateRangeField(_("period"))

    scope = models.GeneratedField(
        expression=scope_of(
            "site", "kind", "resource", "segment", "weekdays", "from_minute", "to_minute", "at_least_minutes"
        ),
        output_field=models.BigIntegerField(),
        db_persist=True,
    )

    objects = PriceRuleQuerySet.as_manager()

    class Meta:
        verbose_name = _("price rule")
        verbose_name_plural = _("price rules")
        ordering = ("site", "kind", "resource", "segment", "period")
        constraints = [
            no_overlap(
                "scope",
                name="one_price_rule",
                message=_("Another price holds for the same spaces, customers and hours then."),
            ),
            models.CheckConstraint(
                name="price_rule_for_a_space_or_a_kind",
                condition=Q(resource=None) | (Q(site=None) & Q(kind="")),
                violation_error_message=_("A price is for one space, or for a kind and a site."),
            ),
            models.CheckConstraint(
                name="price_not_negative",
                condition=Q(amount__gte=0) & (Q(cap=None) | Q(cap__gte=0)),
                violation_error_message=_("A price is zero or more."),
            ),
            models.CheckConstraint(
                name="price_share_of_the_whole",
                condition=~Q(unit=PriceUnit.SHARE) | Q(amount__lte=10 * HUNDRED),
                violation_error_message=_("A share is 1000 % at most."),
            ),
            models.CheckConstraint(
                name="price_hours",
                condition=Q(from_minute__lt=F("to_minute"), to_minute__lte=MINUTES),
                violation_error_message=_("Its hours end before they begin."),
            ),
            models.CheckConstraint(
                name="price_days",
                condition=Q(weekdays__range=(1, EVERY_DAY)),
                violation_error_message=_("Choose a day of the week at least."),
            ),
            models.CheckConstraint(name="price_unit_known", condition=Q(unit__in=PriceUnit.values)),
            models.CheckConstraint(
                name="price_segment_known", condition=Q(segment__in=["", *Segment.values])
            ),
        ]

    def __str__(self) -> str:
        return self.name or " · ".join(self.scope_words()) or str(_("Everywhere"))

    def scope_words(self) -> list[str]:
        """For what and whom it is."""
        words = (
            self.resource or "",
            self.site or "",
            self.get_kind_display() if self.kind else "",
            self.get_segment_display() if self.segment else "",
        )
        return [str(word) for word in words if word]

    @property
    def is_all_day(self) -> bool:
        return (self.from_minute, self.to_minute) == (0, MINUTES)

    @property
    def from_time(self) -> time:
        return time(*divmod(self.from_minute, 60))

    @property
    def to_time(self) -> time:
        return time(*divmod(self.to_minute % MINUTES, 60))

    @property
    def days(self) -> list[int]:
        """ISO weekdays, Monday 1."""
        return [day for day in range(1, 8) if self.weekdays >> (day - 1) & 1]
