"""Where a company is hosted, how, and from when to when."""

from __future__ import annotations

from datetime import date, timedelta

import pghistory
from django.contrib.postgres.fields import DateRangeField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from fondouk.companies.enums import Mode
from fondouk.lib.db import no_overlap
from fondouk.sites.models import Site

from .company import Company


class ResidencyQuerySet(models.QuerySet["Residency"]):
    def on(self, day: date) -> ResidencyQuerySet:
        return self.filter(period__contains=day)


@pghistory.track()
class Residency(models.Model):
    """Several sites and several times, but one mode at a time on one site. No lower bound: since nobody knows when."""

    company = models.ForeignKey(Company, on_delete=models.CASCADE, related_name="residencies")
    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="residencies")
    mode = models.CharField(_("mode"), max_length=10, choices=Mode.choices, default=Mode.OFFICE)
    period = DateRangeField(_("period"))

    objects = ResidencyQuerySet.as_manager()

    class Meta:
        verbose_name = _("residency")
        verbose_name_plural = _("residencies")
        ordering = ("company", "-period")
        constraints = [
            no_overlap(
                "company",
                "site",
                name="one_residency_a_site",
                message=_("The company is already hosted on this site then."),
            ),
            models.CheckConstraint(
                name="residency_not_empty",
                condition=Q(period__isempty=False),
                violation_error_message=_("The leaving date comes before the entry date."),
            ),
            models.CheckConstraint(name="residency_mode_known", condition=Q(mode__in=Mode.values)),
        ]
        indexes = [models.Index(fields=["site", "company"], name="residency_site")]

    def __str__(self) -> str:
        return f"{self.company} · {self.site}"

    @property
    def last_day(self) -> date | None:
        """The day of departure, still one of the stay; None while it has no end."""
        return self.period.upper - timedelta(days=1) if self.period.upper else None
