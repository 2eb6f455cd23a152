"""Whoever is charged: a company or a person."""

from __future__ import annotations

from typing import Any

import pghistory
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from fondouk.billing.enums import Language
from fondouk.companies.models import Company
from fondouk.people.models import Person

from .profile import LONGEST_TERMS


class CustomerQuerySet(models.QuerySet["Customer"]):
    def named(self) -> CustomerQuerySet:
        return self.select_related("company", "person").defer("company__vector")


@pghistory.track()
class Customer(models.Model):
    """What a company's legal identity does not say: where invoices go, in which language, when they are to be paid."""

    company = models.OneToOneField(
        Company, on_delete=models.PROTECT, null=True, blank=True, related_name="customer"
    )
    person = models.OneToOneField(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="customer"
    )
    language = models.CharField(
        _("language of invoices"), max_length=2, choices=Language.choices, default=Language.FRENCH
    )
    email = models.EmailField(
        _("e-mail address for invoices"),
        max_length=254,
        blank=True,
        help_text=_("Empty: the address of the company."),
    )
    address = models.TextField(_("address on invoices"), max_length=300, blank=True)
    city = models.CharField(_("city"), max_length=100, blank=True)
    postal_code = models.CharField(_("postal code"), max_length=10, blank=True)
    purchase_reference = models.CharField(_("purchase order"), max_length=60, blank=True)
    terms_days = models.PositiveSmallIntegerField(
        _("days to pay"), null=True, blank=True, help_text=_("Empty: as the operator asks.")
    )
    withholds_rent = models.BooleanField(
        _("withholds tax on rents"),
        default=False,
        help_text=_("5 % of the rent before tax, with a certificate."),
    )

    objects = CustomerQuerySet.as_manager()

    class Meta:
        verbose_name = _("customer")
        verbose_name_plural = _("customers")
        constraints = [
            models.CheckConstraint(
                name="customer_company_or_person",
                condition=Q(company__isnull=False, person=None) | Q(company=None, person__isnull=False),
            ),
            models.CheckConstraint(
                name="customer_terms_within_the_law",
                condition=Q(terms_days=None) | Q(terms_days__lte=LONGEST_TERMS),
                violation_error_message=_("Law 69-21 allows 120 days at most."),
            ),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        return self.company.label if self.company else str(self.person)

    @property
    def party(self) -> Company | Person:
        """Who it is: the company or the person, one of which the database holds to be there."""
        return self.company or self.person  # type: ignore[return-value]

    @property
    def main_email(self) -> str:
        if self.email:
            return self.email
        return self.company.email if self.company else (self.person.main_email if self.person else "")

    def site_ids(self) -> Any:
        return self.company.site_ids() if self.company else []
