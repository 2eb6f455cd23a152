"""Who may book what, and how: rows of values, each for a scope and a time. The most specific that says something wins."""

from __future__ import annotations

from datetime import date

import pghistory
from django.contrib.postgres.fields import DateRangeField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from fondouk.bookings.enums import Audience
from fondouk.lib.db import no_overlap
from fondouk.sites.models import Site
from fondouk.spaces.enums import SpaceKind
from fondouk.spaces.models import Resource

from .scope import scope_of

LONGEST = 366 * 24 * 60
"""Minutes: no single occurrence lasts longer than a year."""


class RuleQuerySet(models.QuerySet["BookingRule"]):
    def on(self, day: date) -> RuleQuerySet:
        return self.filter(period__contains=day)


@pghistory.track(exclude=["scope"])
class BookingRule(models.Model):
    """For a space, a kind of space, a site or all of them, and for one audience or all. An empty value says nothing: a less
    specific rule does. Never changed for the past: another follows it.
    """

    site = models.ForeignKey(
        Site,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="booking_rules",
        verbose_name=_("site"),
    )
    kind = models.CharField(_("kind of space"), max_length=20, choices=SpaceKind.choices, blank=True)
    resource = models.ForeignKey(
        Resource,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="booking_rules",
        verbose_name=_("space"),
    )
    audience = models.CharField(_("who"), max_length=10, choices=Audience.choices, blank=True)
    period = DateRangeField(_("period"))

    is_allowed = models.BooleanField(_("may be booked"), null=True, blank=True)
    needs_approval = models.BooleanField(_("needs approval"), null=True, blank=True)
    within_hours = models.BooleanField(_("within opening hours only"), null=True, blank=True)
    step_minutes = models.PositiveIntegerField(_("in steps of (minutes)"), null=True, blank=True)
    shortest_minutes = models.PositiveIntegerField(_("at least (minutes)"), null=True, blank=True)
    longest_minutes = models.PositiveIntegerField(_("at most (minutes)"), null=True, blank=True)
    notice_minutes = models.PositiveIntegerField(_("notice (minutes)"), null=True, blank=True)
    horizon_days = models.PositiveIntegerField(_("how far ahead (days)"), null=True, blank=True)
    setup_minutes = models.PositiveIntegerField(_("time to set up (minutes)"), null=True, blank=True)
    cleanup_minutes = models.PositiveIntegerField(_("time to clean up (minutes)"), null=True, blank=True)
    grace_minutes = models.PositiveIntegerField(
        _("released when nobody came within (minutes)"), null=True, blank=True
    )

    cancel_minutes = models.PositiveIntegerField(
        _("cancelled for nothing until (minutes before)"), null=True, blank=True
    )
    cancel_percent = models.PositiveSmallIntegerField(
        _("due when cancelled later (percent)"), null=True, blank=True
    )
    missed_percent = models.PositiveSmallIntegerField(
        _("due when nobody came (percent)"), null=True, blank=True
    )

    scope = models.GeneratedField(
        expression=scope_of("site", "kind", "resource", "audience"),
        output_field=models.BigIntegerField(),
        db_persist=True,
    )

    objects = RuleQuerySet.as_manager()

    class Meta:
        verbose_name = _("booking rule")
        verbose_name_plural = _("booking rules")
        ordering = ("site", "kind", "resource", "audience", "period")
        constraints = [
            no_overlap(
                "scope",
                name="one_booking_rule",
                message=_("Another rule says so for the same spaces, people and days."),
            ),
            models.CheckConstraint(
                name="booking_rule_for_a_space_or_a_kind",
                condition=Q(resource=None) | (Q(site=None) & Q(kind="")),
                violation_error_message=_("A rule is for one space, or for a kind and a site."),
            ),
            models.CheckConstraint(
                name="booking_rule_step",
                condition=Q(step_minutes=None) | Q(step_minutes__range=(1, 1440)),
                violation_error_message=_("A step is between one minute and a day."),
            ),
            models.CheckConstraint(
                name="booking_rule_percents",
                condition=(Q(cancel_percent=None) | Q(cancel_percent__lte=100))
                & (Q(missed_percent=None) | Q(missed_percent__lte=100)),
                violation_error_message=_("A share is 100 percent at most."),
            ),
            models.CheckConstraint(
                name="booking_rule_lengths",
                condition=(
                    (Q(longest_minutes=None) | Q(longest_minutes__range=(1, LONGEST)))
                    & (
                        Q(shortest_minutes=None)
                        | Q(longest_minutes=None)
                        | Q(shortest_minutes__lte=F("longest_minutes"))
                    )
                ),
                violation_error_message=_(
                    "The longest is at least as long as the shortest, and a year at most."
                ),
            ),
        ]

    def __str__(self) -> str:
        return " · ".join(
            str(part)
            for part in (
                self.resource or "",
                self.site or "",
                self.get_kind_display() if self.kind else "",
                self.get_audience_display() if self.audience else "",
            )
            if part
        ) or str(_("Everywhere"))
