"""What a resource costs, dated: a rate never changes, another follows it."""

from __future__ import annotations

from datetime import date

import pghistory
from django.contrib.postgres.fields import DateRangeField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from fondouk.lib.db import no_overlap
from fondouk.spaces.enums import RateUnit

from .resource import Resource


class RateQuerySet(models.QuerySet["ResourceRate"]):
    def on(self, day: date) -> RateQuerySet:
        return self.filter(period__contains=day)


@pghistory.track()
class ResourceRate(models.Model):
    """Before tax."""

    resource = models.ForeignKey(Resource, on_delete=models.CASCADE, related_name="rates")
    unit = models.SmallIntegerField(_("unit"), choices=RateUnit.choices)
    amount = models.DecimalField(_("rate"), max_digits=12, decimal_places=2)
    currency = models.CharField(max_length=3, default="MAD")
    period = DateRangeField(_("period"))

    objects = RateQuerySet.as_manager()

    class Meta:
        verbose_name = _("rate")
        verbose_name_plural = _("rates")
        ordering = ("resource", "unit", "-period")
        constraints = [
            no_overlap("resource", "unit", name="one_rate", message=_("Another rate applies then.")),
            models.CheckConstraint(
                name="rate_not_negative",
                condition=Q(amount__gte=0),
                violation_error_message=_("A rate is zero or more."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.amount} {self.currency} {self.get_unit_display()}"
