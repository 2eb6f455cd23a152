"""A line of a contract: one space, its rent, its time."""

from __future__ import annotations

from datetime import date

import pghistory
from django.contrib.postgres.fields import DateRangeField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Round
from django.utils.translation import gettext_lazy as _

from fondouk.billing.models import VatCode
from fondouk.contracts.enums import Occupancy
from fondouk.lib.db import no_overlap
from fondouk.spaces.models import Resource

from .contract import Contract


class LineQuerySet(models.QuerySet["ContractLine"]):
    def on(self, day: date) -> LineQuerySet:
        return self.binding().filter(period__contains=day)

    def binding(self) -> LineQuerySet:
        return self.filter(is_binding=True)


@pghistory.track()
class ContractLine(models.Model):
    """Two exclusive lines never hold one space at the same time: the database refuses it.

    A line is one version: another price, or another area, is another line that `replaces` it from the day after its last.
    Only lines of a contract that was signed are binding; those of a draft hold nothing.
    """

    contract = models.ForeignKey(Contract, on_delete=models.CASCADE, related_name="lines")
    resource = models.ForeignKey(Resource, on_delete=models.PROTECT, related_name="contract_lines")
    occupancy = models.CharField(
        _("occupancy"), max_length=10, choices=Occupancy.choices, default=Occupancy.EXCLUSIVE
    )
    places = models.PositiveIntegerField(_("places"), null=True, blank=True)
    period = DateRangeField(_("period"))
    rent = models.DecimalField(_("monthly rent before tax"), max_digits=14, decimal_places=2, null=True)
    rate = models.DecimalField(
        _("rate per m² and month"), max_digits=12, decimal_places=2, null=True, blank=True
    )
    area = models.DecimalField(_("area that is let"), max_digits=10, decimal_places=2, null=True, blank=True)
    vat_code = models.ForeignKey(
        VatCode, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("VAT")
    )
    replaces = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="replaced_by"
    )
    is_binding = models.BooleanField(default=True, db_default=True, editable=False)
    currency = models.CharField(max_length=3, default="MAD")

    objects = LineQuerySet.as_manager()

    class Meta:
        verbose_name = _("line")
        verbose_name_plural = _("lines")
        ordering = ("contract", "pk")
        constraints = [
            no_overlap(
                "resource",
                name="office_held_once",
                condition=Q(occupancy=Occupancy.EXCLUSIVE, is_binding=True),
                message=_("Another contract holds this space then."),
            ),
            models.CheckConstraint(
                name="line_not_empty",
                condition=Q(period__isempty=False),
                violation_error_message=_("The contract ends before it starts."),
            ),
            models.CheckConstraint(
                name="line_rent_not_negative",
                condition=Q(rent=None) | Q(rent__gte=0),
                violation_error_message=_("A rent is zero or more."),
            ),
            models.CheckConstraint(
                name="line_rent_follows_its_rate",
                condition=Q(rate=None) | Q(area__gt=0, rate__gte=0, rent=Round(F("rate") * F("area"), 2)),
                violation_error_message=_("The rent is the rate times the area."),
            ),
            models.CheckConstraint(
                name="line_places_said",
                condition=Q(occupancy=Occupancy.PLACES, places__isnull=False, places__gt=0)
                | (~Q(occupancy=Occupancy.PLACES) & Q(places=None)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.contract} · {self.resource}"
