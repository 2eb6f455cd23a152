"""What the law knows of a company: dated, because a form changes and the ICE may change with it."""

from __future__ import annotations

from datetime import date

import pghistory
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import BigIntegerRangeField, DateRangeField, RangeOperators
from django.db import models
from django.db.models import BigIntegerField, F, Func, Q, Value
from django.db.models.functions import Cast, NullIf
from django.utils.translation import gettext_lazy as _

from fondouk.companies.enums import LegalForm
from fondouk.lib.db import no_overlap

from .company import Company

# Without the null a company that has no ICE could not be checked: "" is no number.
ICE_NUMBER = Cast(NullIf(F("ice"), Value("")), BigIntegerField())
ICE_RANGE = Func(
    ICE_NUMBER,
    ICE_NUMBER,
    Value("[]"),
    function="int8range",
    output_field=BigIntegerRangeField(),
)


class LegalIdentityQuerySet(models.QuerySet["LegalIdentity"]):
    def on(self, day: date) -> LegalIdentityQuerySet:
        return self.filter(period__contains=day)


@pghistory.track()
class LegalIdentity(models.Model):
    """Frozen onto contracts and invoices: they keep the one they were signed under."""

    company = models.ForeignKey(Company, on_delete=models.CASCADE, related_name="identities")
    legal_name = models.CharField(_("legal name"), max_length=200)
    legal_form = models.CharField(_("legal form"), max_length=20, choices=LegalForm.choices, blank=True)
    ice = models.CharField(_("ICE"), max_length=15, blank=True, help_text=_("15 digits"))
    rc = models.CharField(_("RC"), max_length=20, blank=True)
    rc_court = models.CharField(_("court of the RC"), max_length=80, blank=True)
    if_number = models.CharField(_("IF"), max_length=20, blank=True)
    cnss = models.CharField(_("CNSS"), max_length=20, blank=True)
    tp = models.CharField(_("TP"), max_length=20, blank=True)
    incorporated_on = models.DateField(_("incorporated on"), null=True, blank=True)
    period = DateRangeField(_("period"))

    objects = LegalIdentityQuerySet.as_manager()

    class Meta:
        verbose_name = _("legal identity")
        verbose_name_plural = _("legal identities")
        ordering = ("company", "-period")
        constraints = [
            no_overlap(
                "company", name="one_identity", message=_("The company has another legal identity then.")
            ),
            ExclusionConstraint(
                name="ice_once",
                expressions=[(ICE_RANGE, RangeOperators.OVERLAPS), ("period", RangeOperators.OVERLAPS)],
                condition=~Q(ice=""),
                violation_error_message=_("Another company has this ICE."),
            ),
            models.CheckConstraint(
                name="ice_is_15_digits",
                condition=Q(ice="") | Q(ice__regex=r"^[0-9]{15}$"),
                violation_error_message=_("An ICE has 15 digits."),
            ),
        ]
        indexes = [models.Index(fields=["ice"], name="identity_ice", opclasses=["text_pattern_ops"])]

    def __str__(self) -> str:
        return self.legal_name
