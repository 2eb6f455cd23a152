"""VAT: codes that lines bear, and the rate of each on a day."""

from __future__ import annotations

from datetime import date

import pghistory
from django.contrib.postgres.fields import DateRangeField
from django.db import models
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from fondouk.billing.enums import UNTAXED, Nature, VatCategory
from fondouk.lib.db import no_overlap


@pghistory.track()
class VatCode(models.Model):
    """`reason` is the legal ground, printed where no tax is asked. In three languages: papers are written in one of them."""

    code = models.CharField(_("code"), max_length=20, unique=True)
    category = models.CharField(_("category"), max_length=1, choices=VatCategory.choices)
    name = models.CharField(_("name"), max_length=120)
    name_ar = models.CharField(_("name in Arabic"), max_length=120, blank=True)
    name_en = models.CharField(_("name in English"), max_length=120, blank=True)
    reason = models.CharField(_("legal ground"), max_length=300, blank=True)
    reason_ar = models.CharField(_("legal ground in Arabic"), max_length=300, blank=True)
    reason_en = models.CharField(_("legal ground in English"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("VAT code")
        verbose_name_plural = _("VAT codes")
        ordering = ("code",)
        constraints = [
            models.CheckConstraint(
                name="vat_reason_where_untaxed",
                condition=Q(category__in=[VatCategory.STANDARD, VatCategory.ZERO]) | ~Q(reason=""),
                violation_error_message=_("Give the legal ground on which no tax is asked."),
            ),
            models.CheckConstraint(name="vat_category_known", condition=Q(category__in=VatCategory.values)),
        ]

    def __str__(self) -> str:
        return self.name_in((get_language() or "fr")[:2])

    def name_in(self, language: str) -> str:
        return {"ar": self.name_ar, "en": self.name_en}.get(language) or self.name

    def reason_in(self, language: str) -> str:
        return {"ar": self.reason_ar, "en": self.reason_en}.get(language) or self.reason

    @property
    def is_untaxed(self) -> bool:
        return self.category in UNTAXED


@pghistory.track()
class VatRate(models.Model):
    """In per cent."""

    code = models.ForeignKey(VatCode, on_delete=models.CASCADE, related_name="rates")
    rate = models.DecimalField(_("rate"), max_digits=5, decimal_places=2)
    period = DateRangeField(_("period"))

    class Meta:
        verbose_name = _("VAT rate")
        verbose_name_plural = _("VAT rates")
        ordering = ("code", "-period")
        constraints = [
            no_overlap("code", name="one_vat_rate", message=_("Another rate holds for this code then.")),
            models.CheckConstraint(
                name="vat_rate_is_a_percentage",
                condition=Q(rate__range=(0, 100)),
                violation_error_message=_("A rate is between 0 and 100 %%."),
            ),
            models.CheckConstraint(name="vat_rate_not_empty", condition=Q(period__isempty=False)),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.rate} %"

    def holds_on(self, day: date) -> bool:
        return day in self.period


@pghistory.track()
class NatureTax(models.Model):
    """The code that charges of a nature bear, unless whoever charges names another."""

    nature = models.CharField(_("nature"), max_length=15, choices=Nature.choices, unique=True)
    code = models.ForeignKey(VatCode, on_delete=models.PROTECT, related_name="natures")

    class Meta:
        verbose_name = _("usual VAT")
        verbose_name_plural = _("usual VAT")
        ordering = ("nature",)
        constraints = [
            models.CheckConstraint(name="taxed_nature_known", condition=Q(nature__in=Nature.values))
        ]

    def __str__(self) -> str:
        return f"{self.get_nature_display()} · {self.code}"
