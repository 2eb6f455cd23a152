"""What is left to pay of each issued paper: kept by the database from the settlements, never below zero."""

from __future__ import annotations

from typing import Any

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from fondouk.sites.models import Operator, Site

from .customer import Customer
from .invoice import Invoice

NOT_BY_HAND = """
    IF pg_trigger_depth() = 1 THEN
        RAISE EXCEPTION 'what is left to pay follows from what was settled'
              USING ERRCODE = 'check_violation', CONSTRAINT = 'balance_follows_settlements';
    END IF;
    IF TG_OP = 'DELETE' THEN
        RETURN OLD;
    END IF;
    RETURN NEW;
"""


class BalanceQuerySet(models.QuerySet["Balance"]):
    def unpaid(self) -> BalanceQuerySet:
        """Of invoices and calls for deposits."""
        return self.filter(remaining__gt=0, is_credit=False)

    def overdue(self, day: Any) -> BalanceQuerySet:
        return self.unpaid().filter(due_on__lt=day)


class Balance(models.Model):
    """Made when a paper is issued. Of a credit note: what of it has not been used to pay anything. Who, where and when are
    said again, since an age of what is due asks nothing else.
    """

    invoice = models.OneToOneField(
        Invoice, on_delete=models.PROTECT, primary_key=True, related_name="balance"
    )
    operator = models.ForeignKey(Operator, on_delete=models.PROTECT, related_name="+")
    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="+")
    customer = models.ForeignKey(Customer, on_delete=models.PROTECT, related_name="balances")
    is_credit = models.BooleanField()
    due_on = models.DateField(_("to be paid by"))
    total = models.DecimalField(max_digits=14, decimal_places=2)
    remaining = models.DecimalField(_("left to pay"), max_digits=14, decimal_places=2)
    settled_on = models.DateField(_("paid on"), null=True)

    objects = BalanceQuerySet.as_manager()

    class Meta:
        verbose_name = _("balance of an invoice")
        verbose_name_plural = _("balances of invoices")
        constraints = [
            models.CheckConstraint(
                name="no_more_is_paid_than_is_due",
                condition=Q(remaining__gte=0, remaining__lte=F("total")),
                violation_error_message=_("This is more than is left to pay."),
            ),
        ]
        indexes = [
            models.Index(fields=["customer"], condition=Q(remaining__gt=0), name="balance_open"),
            models.Index(
                fields=["due_on"], condition=Q(remaining__gt=0, is_credit=False), name="balance_due"
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="balance_not_by_hand",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                func=NOT_BY_HAND,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.invoice_id}: {self.remaining}"
