"""What a contract provides besides spaces, at a price: domiciliation, parking, connectivity, cleaning."""

from __future__ import annotations

from decimal import Decimal

import pghistory
from django.contrib.postgres.fields import DateRangeField
from django.db import models
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from fondouk.billing.enums import Nature
from fondouk.billing.models import VatCode
from fondouk.contracts.enums import Every

from .contract import Contract

NATURES = (Nature.SERVICE, Nature.DOMICILIATION, Nature.OTHER)


@pghistory.track()
class ContractService(models.Model):
    """`amount` before tax is for `every` so many months, beginning with the first day of `period`; or once."""

    contract = models.ForeignKey(Contract, on_delete=models.CASCADE, related_name="services")
    label = models.CharField(_("label"), max_length=200)
    label_ar = models.CharField(_("label in Arabic"), max_length=200, blank=True)
    nature = models.CharField(
        _("nature"),
        max_length=15,
        choices=[(one.value, one.label) for one in NATURES],
        default=Nature.SERVICE,
    )
    amount = models.DecimalField(_("amount before tax"), max_digits=14, decimal_places=2)
    quantity = models.DecimalField(_("quantity"), max_digits=10, decimal_places=2, default=Decimal(1))
    every = models.PositiveSmallIntegerField(_("billed"), choices=Every.choices, default=Every.MONTH)
    period = DateRangeField(_("period"))
    vat_code = models.ForeignKey(
        VatCode, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("VAT")
    )
    currency = models.CharField(max_length=3, default="MAD")

    class Meta:
        verbose_name = _("service of a contract")
        verbose_name_plural = _("services of contracts")
        ordering = ("contract", "pk")
        constraints = [
            models.CheckConstraint(
                name="service_not_empty",
                condition=Q(period__isempty=False),
                violation_error_message=_("The service ends before it starts."),
            ),
            models.CheckConstraint(
                name="service_amount_not_negative",
                condition=Q(amount__gte=0, quantity__gt=0),
                violation_error_message=_("An amount is zero or more, a quantity more than zero."),
            ),
            models.CheckConstraint(name="service_every_known", condition=Q(every__in=Every.values)),
        ]

    def __str__(self) -> str:
        return self.label_in((get_language() or "fr")[:2])

    def label_in(self, language: str) -> str:
        return (self.label_ar if language == "ar" else "") or self.label
