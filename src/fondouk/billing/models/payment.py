"""Money that came, and what of it pays what."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fondouk.billing.enums import Means
from fondouk.billing.rules import READERS
from fondouk.files.models import StoredFile
from fondouk.people.models import Person
from fondouk.sites.models import Operator, Site
from fondouk.sites.rules import reach

from .balance import NOT_BY_HAND
from .customer import Customer
from .invoice import Invoice
from .ledger import open_month

BEGINS_UNSETTLED = """
    IF NEW.unsettled <> NEW.amount THEN
        RAISE EXCEPTION 'a payment begins unsettled'
              USING ERRCODE = 'check_violation', CONSTRAINT = 'payment_begins_unsettled';
    END IF;
    RETURN NEW;
"""

# The updates lock the payment and the balance: of two who settle the same, the second sees what the first has left.
SETTLES = """
    IF NEW.payment_id IS NOT NULL THEN
        UPDATE billing_payment SET unsettled = unsettled - NEW.amount
         WHERE id = NEW.payment_id
           AND (operator_id, customer_id) = (SELECT operator_id, customer_id FROM billing_invoice WHERE id = NEW.invoice_id)
           AND NOT EXISTS (SELECT 1 FROM billing_paymentreversal WHERE payment_id = NEW.payment_id);
        IF NOT FOUND THEN
            RAISE EXCEPTION 'a payment pays its own customer''s invoices, to its own operator'
                  USING ERRCODE = 'check_violation', CONSTRAINT = 'settled_with_its_own_operator';
        END IF;
    ELSE
        UPDATE billing_balance note SET remaining = note.remaining - NEW.amount,
               settled_on = CASE WHEN note.remaining = NEW.amount THEN NEW."on" END
          FROM billing_balance due
         WHERE note.invoice_id = NEW.credit_note_id AND note.is_credit AND due.invoice_id = NEW.invoice_id
           AND due.customer_id = note.customer_id AND due.operator_id = note.operator_id;
        IF NOT FOUND THEN
            RAISE EXCEPTION 'a credit note pays its own customer''s invoices'
                  USING ERRCODE = 'check_violation', CONSTRAINT = 'settled_with_its_own_operator';
        END IF;
    END IF;
    UPDATE billing_balance SET remaining = remaining - NEW.amount,
           settled_on = CASE WHEN remaining = NEW.amount THEN NEW."on" END
     WHERE invoice_id = NEW.invoice_id AND NOT is_credit;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'only what was issued is paid'
              USING ERRCODE = 'check_violation', CONSTRAINT = 'settled_once_issued';
    END IF;
    RETURN NULL;
"""


class PaymentQuerySet(models.QuerySet["Payment"]):
    def standing(self) -> PaymentQuerySet:
        """Those that were not taken back."""
        return self.filter(reversal=None)

    def visible_to(self, account: Any) -> PaymentQuerySet:
        return reach(account, *READERS).limit(self, "site")


class Payment(models.Model):
    """`unsettled` is what of it pays nothing yet: a credit of the customer's. `duty` is the stamp duty that came on top of
    a cash payment, for the State. A payment of which nobody knows whose it is has no customer.

    Tax that a customer withheld is a payment too: the certificate settles as money does.
    """

    operator = models.ForeignKey(Operator, on_delete=models.PROTECT, related_name="payments")
    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="+")
    customer = models.ForeignKey(Customer, on_delete=models.PROTECT, null=True, related_name="payments")
    means = models.CharField(_("means"), max_length=10, choices=Means.choices)
    received_on = models.DateField(_("received on"))
    amount = models.DecimalField(_("amount"), max_digits=14, decimal_places=2)
    duty = models.DecimalField(_("stamp duty"), max_digits=12, decimal_places=2, default=Decimal(0))
    currency = models.CharField(max_length=3, default="MAD")
    reference = models.CharField(_("reference"), max_length=140, blank=True)
    payer = models.CharField(_("payer"), max_length=200, blank=True)
    certificate = models.ForeignKey(
        StoredFile, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("certificate")
    )
    unsettled = models.DecimalField(max_digits=14, decimal_places=2, editable=False)
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = PaymentQuerySet.as_manager()

    class Meta:
        verbose_name = _("payment")
        verbose_name_plural = _("payments")
        ordering = ("-received_on", "-pk")
        constraints = [
            models.CheckConstraint(
                name="payment_of_something",
                condition=Q(amount__gt=0, duty__gte=0),
                violation_error_message=_("A payment is more than zero."),
            ),
            models.CheckConstraint(
                name="no_more_is_settled_than_was_paid",
                condition=Q(unsettled__gte=0, unsettled__lte=F("amount")),
                violation_error_message=_("This is more than is left of the payment."),
            ),
            models.CheckConstraint(
                name="payment_duty_on_cash",
                condition=Q(means=Means.CASH) | Q(duty=0),
                violation_error_message=_("Stamp duty is due on cash alone."),
            ),
            models.CheckConstraint(
                name="settled_payment_has_a_customer",
                condition=Q(customer__isnull=False) | Q(unsettled=F("amount")),
            ),
            models.CheckConstraint(name="payment_means_known", condition=Q(means__in=Means.values)),
        ]
        indexes = [
            models.Index(fields=["-received_on", "-id"], name="payment_latest_first"),
            models.Index(fields=["customer"], name="payment_by_customer"),
            models.Index(fields=["operator"], condition=Q(unsettled__gt=0), name="payment_unsettled"),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="payment_in_an_open_month",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func=open_month("NEW.operator_id", "NEW.received_on"),
            ),
            pgtrigger.Trigger(
                name="payment_begins",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func=BEGINS_UNSETTLED,
            ),
            pgtrigger.Trigger(
                name="payment_settled_not_by_hand",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange(
                    "operator",
                    "amount",
                    "duty",
                    "currency",
                    "means",
                    "received_on",
                    "unsettled",
                    "made_at",
                    "made_by",
                ),
                func=NOT_BY_HAND,
            ),
            pgtrigger.Protect(name="payment_stays", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.received_on} {self.amount} {self.currency}"

    def site_ids(self) -> Iterable[int]:
        return [self.site_id]


class PaymentReversal(models.Model):
    """It was no payment after all: a cheque came back, a transfer was recalled, somebody had mistyped. What it had settled
    is due again.
    """

    payment = models.OneToOneField(Payment, on_delete=models.PROTECT, related_name="reversal")
    on = models.DateField(_("on"))
    reason = models.CharField(_("reason"), max_length=300)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("reversal of a payment")
        verbose_name_plural = _("reversals of payments")
        triggers = [
            pgtrigger.Trigger(
                name="reversal_in_an_open_month",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func=open_month(
                    "(SELECT operator_id FROM billing_payment WHERE id = NEW.payment_id)", 'NEW."on"'
                ),
            ),
            pgtrigger.Protect(name="reversal_stays", operation=pgtrigger.Update | pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.payment} · {self.reason}"


class Settlement(models.Model):
    """So much of a payment, or of a credit note, pays so much of an invoice. Nothing of it changes: what was settled
    wrongly is taken back by another, below zero, which names it.
    """

    invoice = models.ForeignKey(Invoice, on_delete=models.PROTECT, related_name="settlements")
    payment = models.ForeignKey(Payment, on_delete=models.PROTECT, null=True, related_name="settlements")
    credit_note = models.ForeignKey(Invoice, on_delete=models.PROTECT, null=True, related_name="uses")
    amount = models.DecimalField(_("amount"), max_digits=14, decimal_places=2)
    on = models.DateField(_("on"))
    undoes = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="undone_by")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("settlement")
        verbose_name_plural = _("settlements")
        ordering = ("pk",)
        constraints = [
            models.CheckConstraint(
                name="settlement_by_one",
                condition=Q(payment__isnull=False, credit_note=None)
                | Q(payment=None, credit_note__isnull=False),
            ),
            models.CheckConstraint(
                name="settlement_of_something",
                condition=Q(amount__gt=0, undoes=None) | Q(amount__lt=0, undoes__isnull=False),
                violation_error_message=_("Write more than zero."),
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="settlement_in_an_open_month",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func=open_month(
                    "(SELECT operator_id FROM billing_invoice WHERE id = NEW.invoice_id)", 'NEW."on"'
                ),
            ),
            pgtrigger.Trigger(name="settles", when=pgtrigger.After, operation=pgtrigger.Insert, func=SETTLES),
            pgtrigger.Protect(name="settlement_stays", operation=pgtrigger.Update | pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.invoice} {self.amount}"
