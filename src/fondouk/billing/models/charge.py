"""What is to be billed: posted by whoever provides it, in one line of one invoice sooner or later."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

import pgtrigger
from django.contrib.postgres.fields import DateRangeField
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Round
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from fondouk.billing.enums import Nature, Unit
from fondouk.people.models import Person
from fondouk.sites.models import Operator, Site
from fondouk.sites.rules import reach

from .customer import Customer
from .vat import VatCode

NET_FOLLOWS = Q(net=Round(F("quantity") * F("unit_price"), 2) - F("discount"))
"""Halves away from zero, as `lib.money.round_half_up`: both sides count alike."""

NOT_BILLED = """
    PERFORM 1 FROM billing_charge WHERE id = NEW.charge_id FOR UPDATE;
    IF EXISTS (SELECT 1 FROM billing_invoiceline WHERE charge_id = NEW.charge_id) THEN
        RAISE EXCEPTION 'a charge that stands on an invoice is not cancelled'
              USING ERRCODE = 'check_violation', CONSTRAINT = 'charge_cancelled_before_it_is_billed';
    END IF;
    RETURN NEW;
"""


class ChargeQuerySet(models.QuerySet["Charge"]):
    def open(self) -> ChargeQuerySet:
        """On no invoice yet, not on a draft either, and not cancelled."""
        from .line import InvoiceLine

        billed = InvoiceLine.objects.filter(charge=OuterRef("pk"))
        return self.filter(~Exists(billed), cancellation=None)

    def visible_to(self, account: Any, *roles: Any) -> ChargeQuerySet:
        return reach(account, *roles).limit(self, "site")


class Charge(models.Model):
    """Its amounts never change: what was wrong is cancelled before it is billed, credited afterwards.

    `labels` are its words in each language that an invoice may be in. `thread` is the same from month to month for the same
    thing (a line of a contract), so that a review can say what has changed.
    """

    operator = models.ForeignKey(Operator, on_delete=models.PROTECT, related_name="charges")
    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="charges")
    customer = models.ForeignKey(Customer, on_delete=models.PROTECT, related_name="charges")
    nature = models.CharField(_("nature"), max_length=15, choices=Nature.choices)
    labels = models.JSONField(_("label"))
    thread = models.CharField(max_length=60, blank=True)
    period = DateRangeField(_("period"), null=True, blank=True)
    bill_on = models.DateField(_("to be billed from"))
    quantity = models.DecimalField(_("quantity"), max_digits=12, decimal_places=4, default=Decimal(1))
    unit = models.CharField(_("unit"), max_length=3, choices=Unit.choices, default=Unit.ONE)
    unit_price = models.DecimalField(_("unit price"), max_digits=14, decimal_places=4)
    discount = models.DecimalField(_("discount"), max_digits=14, decimal_places=2, default=Decimal(0))
    net = models.DecimalField(_("amount before tax"), max_digits=14, decimal_places=2)
    currency = models.CharField(max_length=3, default="MAD")
    vat_code = models.ForeignKey(VatCode, on_delete=models.PROTECT, related_name="+")
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = ChargeQuerySet.as_manager()

    class Meta:
        verbose_name = _("charge")
        verbose_name_plural = _("charges")
        ordering = ("bill_on", "pk")
        constraints = [
            models.CheckConstraint(
                name="charge_net_follows",
                condition=NET_FOLLOWS,
                violation_error_message=_("The amount is the quantity times the price, less the discount."),
            ),
            models.CheckConstraint(
                name="charge_price_not_negative",
                condition=Q(unit_price__gte=0, discount__gte=0),
                violation_error_message=_("A price and a discount are zero or more."),
            ),
            models.CheckConstraint(
                name="charge_quantity_some",
                condition=~Q(quantity=0),
                violation_error_message=_("A quantity is not zero."),
            ),
            models.CheckConstraint(name="charge_says_what", condition=Q(labels__has_key="fr")),
            models.CheckConstraint(
                name="charge_period_some", condition=Q(period=None) | Q(period__isempty=False)
            ),
            models.CheckConstraint(name="charge_nature_known", condition=Q(nature__in=Nature.values)),
            models.CheckConstraint(name="charge_unit_known", condition=Q(unit__in=Unit.values)),
        ]
        indexes = [
            models.Index(fields=["customer", "bill_on"], name="charge_by_customer"),
            models.Index(fields=["site", "bill_on"], name="charge_by_site"),
        ]
        triggers = [
            pgtrigger.Protect(name="charge_never_changes", operation=pgtrigger.Update),
        ]

    def __str__(self) -> str:
        return self.label_in((get_language() or "fr")[:2])

    def label_in(self, language: str) -> str:
        return str(self.labels.get(language) or self.labels["fr"])

    def site_ids(self) -> Iterable[int]:
        return [self.site_id]


class ChargeCancellation(models.Model):
    """It will not be billed. Only what stands on no invoice, not even a draft, can be cancelled."""

    charge = models.OneToOneField(Charge, on_delete=models.CASCADE, related_name="cancellation")
    reason = models.CharField(_("reason"), max_length=300)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("cancellation of a charge")
        triggers = [
            pgtrigger.Trigger(
                name="charge_cancelled_unbilled",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func=NOT_BILLED,
            ),
            pgtrigger.Protect(name="cancellation_stays", operation=pgtrigger.Update),
        ]

    def __str__(self) -> str:
        return f"{self.charge} · {self.reason}"
