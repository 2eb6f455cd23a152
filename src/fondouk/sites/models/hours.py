"""When a site is open: usual hours, and dated overrides such as Ramadan's.

Hours are readings of the clock on the wall at the site, never instants.
"""

from __future__ import annotations

import pghistory
from django.contrib.postgres.fields import DateRangeField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from fondouk.lib.db import no_overlap
from fondouk.sites.enums import Weekday

from .site import Site


class Hours(models.Model):
    weekday = models.SmallIntegerField(_("day"), choices=Weekday.choices)
    opens = models.TimeField(_("opens"))
    closes = models.TimeField(_("closes"))

    class Meta:
        abstract = True
        ordering = ("weekday", "opens")

    def __str__(self) -> str:
        return f"{self.weekday} {self.opens:%H:%M}–{self.closes:%H:%M}"


@pghistory.track()
class OpeningHours(Hours):
    """Usual hours on one day of the week."""

    site = models.ForeignKey(Site, on_delete=models.CASCADE, related_name="hours")

    class Meta(Hours.Meta):
        verbose_name = _("opening hours")
        verbose_name_plural = _("opening hours")
        constraints = [
            models.UniqueConstraint(fields=["site", "weekday"], name="hours_once_a_day"),
            models.CheckConstraint(
                name="hours_end_after_start",
                condition=Q(closes__gt=F("opens")),
                violation_error_message=_("The site closes after it opens."),
            ),
        ]


@pghistory.track()
class HoursOverride(models.Model):
    """Other hours for some days: Ramadan, August, works. No hours at all means closed."""

    site = models.ForeignKey(Site, on_delete=models.CASCADE, related_name="overrides")
    label = models.CharField(_("reason"), max_length=80)
    period = DateRangeField(_("period"))

    class Meta:
        verbose_name = _("special hours")
        verbose_name_plural = _("special hours")
        ordering = ("period",)
        constraints = [
            no_overlap(
                "site",
                name="override_no_overlap",
                message=_("Other hours already apply to some of these days."),
            )
        ]

    def __str__(self) -> str:
        return self.label


@pghistory.track()
class OverrideHours(Hours):
    override = models.ForeignKey(HoursOverride, on_delete=models.CASCADE, related_name="hours")

    class Meta(Hours.Meta):
        verbose_name = _("hours of a day with special hours")
        verbose_name_plural = _("hours of days with special hours")
        constraints = [
            models.UniqueConstraint(fields=["override", "weekday"], name="override_hours_once_a_day"),
            models.CheckConstraint(
                name="override_hours_end_after_start",
                condition=Q(closes__gt=F("opens")),
                violation_error_message=_("The site closes after it opens."),
            ),
        ]
