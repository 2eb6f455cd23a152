"""How an operator bills: since when, what its papers must say of it, where it is paid."""

from __future__ import annotations

import pghistory
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from fondouk.sites.models import Operator

LONGEST_TERMS = 120
"""Days. Law 69-21: 60 unless something else is agreed, 120 at most."""


@pghistory.track()
class Profile(models.Model):
    """Nothing is charged for a day before `begins_on`: what was billed elsewhere is not billed again."""

    operator = models.OneToOneField(
        Operator, on_delete=models.PROTECT, primary_key=True, related_name="billing"
    )
    begins_on = models.DateField(
        _("bills from"), help_text=_("The first day charged here. Earlier days were billed elsewhere.")
    )
    capital = models.DecimalField(_("share capital"), max_digits=16, decimal_places=2, null=True, blank=True)
    city = models.CharField(_("city"), max_length=100, blank=True)
    postal_code = models.CharField(_("postal code"), max_length=10, blank=True)
    email = models.EmailField(_("e-mail address for invoices"), max_length=254, blank=True)
    phone = models.CharField(_("phone"), max_length=40, blank=True)
    bank = models.CharField(_("bank"), max_length=100, blank=True)
    rib = models.CharField(_("RIB"), max_length=24, blank=True)
    terms_days = models.PositiveSmallIntegerField(_("days to pay"), default=60)

    class Meta:
        verbose_name = _("how an operator bills")
        verbose_name_plural = _("how operators bill")
        constraints = [
            models.CheckConstraint(
                name="billing_terms_within_the_law",
                condition=Q(terms_days__lte=LONGEST_TERMS),
                violation_error_message=_("Law 69-21 allows 120 days at most."),
            ),
            models.CheckConstraint(
                name="billing_rib_is_24_digits",
                condition=Q(rib="") | Q(rib__regex=r"^[0-9]{24}$"),
                violation_error_message=_("A RIB has 24 digits."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.operator)
