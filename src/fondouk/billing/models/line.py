"""Lines of invoices, and what each rate of tax adds up to."""

from __future__ import annotations

from decimal import Decimal

import pgtrigger
from django.contrib.postgres.fields import DateRangeField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from fondouk.billing.enums import Nature, Unit, VatCategory

from .charge import NET_FOLLOWS, Charge
from .invoice import Invoice
from .vat import VatCode

OF_A_DRAFT = """
    IF TG_OP <> 'INSERT' THEN
        PERFORM 1 FROM billing_invoice WHERE id = OLD.invoice_id AND number IS NOT NULL FOR SHARE;
        IF FOUND THEN
            RAISE EXCEPTION 'an issued invoice never changes'
                  USING ERRCODE = 'check_violation', CONSTRAINT = 'invoice_issued_for_ever';
        END IF;
    END IF;
    IF TG_OP <> 'DELETE' THEN
        -- Locked whatever its state: whoever issues it at this moment waits, or is waited for and then seen.
        PERFORM 1 FROM billing_invoice WHERE id = NEW.invoice_id FOR SHARE;
        PERFORM 1 FROM billing_invoice WHERE id = NEW.invoice_id AND number IS NOT NULL;
        IF FOUND THEN
            RAISE EXCEPTION 'an issued invoice never changes'
                  USING ERRCODE = 'check_violation', CONSTRAINT = 'invoice_issued_for_ever';
        END IF;
        RETURN NEW;
    END IF;
    RETURN OLD;
"""

BILLS_ITS_CHARGE = """
    PERFORM 1 FROM billing_charge WHERE id = NEW.charge_id FOR KEY SHARE;
    PERFORM 1 FROM billing_charge charge JOIN billing_invoice invoice ON invoice.id = NEW.invoice_id
      WHERE charge.id = NEW.charge_id AND charge.net = NEW.net AND charge.customer_id = invoice.customer_id
        AND charge.operator_id = invoice.operator_id AND charge.site_id = invoice.site_id
        AND charge.currency = invoice.currency AND invoice.paper <> 'credit_note'
        AND (charge.nature = 'deposit') = (invoice.paper = 'deposit');
    IF NOT FOUND THEN
        RAISE EXCEPTION 'a line bills its charge as a whole, to the one who is charged'
              USING ERRCODE = 'check_violation', CONSTRAINT = 'line_bills_its_charge';
    END IF;
    IF EXISTS (SELECT 1 FROM billing_chargecancellation WHERE charge_id = NEW.charge_id) THEN
        RAISE EXCEPTION 'a cancelled charge is not billed'
              USING ERRCODE = 'check_violation', CONSTRAINT = 'line_of_a_cancelled_charge';
    END IF;
    RETURN NEW;
"""

CREDITS_WITHIN = """
    PERFORM 1 FROM billing_invoiceline WHERE id = NEW.credits_id FOR NO KEY UPDATE;
    PERFORM 1 FROM billing_invoiceline line
       JOIN billing_invoice invoice ON invoice.id = line.invoice_id
       JOIN billing_invoice mine ON mine.id = NEW.invoice_id
      WHERE line.id = NEW.credits_id AND invoice.number IS NOT NULL AND invoice.id = mine.credits_id
        AND NEW.net * sign(line.net) >= 0
        AND (NEW.vat_category, NEW.vat_rate) = (line.vat_category, line.vat_rate)
        AND abs(line.net) >= abs(NEW.net) + COALESCE((SELECT sum(abs(net)) FROM billing_invoiceline
            WHERE credits_id = NEW.credits_id AND id <> NEW.id), 0);
    IF NOT FOUND THEN
        RAISE EXCEPTION 'no more is credited than was billed'
              USING ERRCODE = 'check_violation', CONSTRAINT = 'credit_within_what_was_billed';
    END IF;
    RETURN NEW;
"""

FROZEN = pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete


class InvoiceLine(models.Model):
    """A line of an invoice bills one charge, of which there is one line at most. A line of a credit note takes back a line,
    or a part of it: never more together than was billed.
    """

    invoice = models.ForeignKey(Invoice, on_delete=models.CASCADE, related_name="lines")
    position = models.PositiveSmallIntegerField()
    charge = models.ForeignKey(Charge, on_delete=models.PROTECT, null=True, related_name="lines")
    credits = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="credited_by")
    nature = models.CharField(_("nature"), max_length=15, choices=Nature.choices)
    label = models.CharField(_("label"), max_length=300)
    period = DateRangeField(_("period"), null=True)
    quantity = models.DecimalField(_("quantity"), max_digits=12, decimal_places=4, default=Decimal(1))
    unit = models.CharField(_("unit"), max_length=3, choices=Unit.choices, default=Unit.ONE)
    unit_price = models.DecimalField(_("unit price"), max_digits=14, decimal_places=4)
    discount = models.DecimalField(_("discount"), max_digits=14, decimal_places=2, default=Decimal(0))
    net = models.DecimalField(_("amount before tax"), max_digits=14, decimal_places=2)
    vat_code = models.ForeignKey(VatCode, on_delete=models.PROTECT, related_name="+")
    vat_category = models.CharField(max_length=1, choices=VatCategory.choices)
    vat_rate = models.DecimalField(_("VAT rate"), max_digits=5, decimal_places=2)
    vat_reason = models.CharField(_("legal ground"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("line of an invoice")
        verbose_name_plural = _("lines of invoices")
        ordering = ("invoice", "position")
        constraints = [
            models.UniqueConstraint(fields=["invoice", "position"], name="line_position_once"),
            models.UniqueConstraint(
                fields=["charge"],
                name="charge_billed_once",
                violation_error_message=_("This is on an invoice already."),
            ),
            models.CheckConstraint(
                name="line_bills_or_credits",
                condition=Q(charge__isnull=False, credits=None) | Q(charge=None, credits__isnull=False),
            ),
            models.CheckConstraint(name="invoice_line_net_follows", condition=NET_FOLLOWS),
            models.CheckConstraint(
                name="line_vat_of_its_category",
                condition=Q(vat_category=VatCategory.STANDARD, vat_rate__gt=0, vat_rate__lte=100)
                | Q(vat_category=VatCategory.ZERO, vat_rate=0)
                | Q(vat_category__in=[VatCategory.EXEMPT, VatCategory.OUTSIDE], vat_rate=0)
                & ~Q(vat_reason=""),
            ),
        ]
        indexes = [
            models.Index(fields=["credits"], name="line_credited", condition=Q(credits__isnull=False)),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="line_of_a_draft", when=pgtrigger.Before, operation=FROZEN, func=OF_A_DRAFT
            ),
            pgtrigger.Trigger(
                name="line_bills_its_charge",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                condition=pgtrigger.Q(new__charge__isnull=False),
                func=BILLS_ITS_CHARGE,
            ),
            pgtrigger.Trigger(
                name="line_credits_within",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                condition=pgtrigger.Q(new__credits__isnull=False),
                func=CREDITS_WITHIN,
            ),
        ]

    def __str__(self) -> str:
        return self.label


class InvoiceTax(models.Model):
    """One row for each category and rate: what the lines add up to, rounded once."""

    invoice = models.ForeignKey(Invoice, on_delete=models.CASCADE, related_name="taxes")
    category = models.CharField(max_length=1, choices=VatCategory.choices)
    rate = models.DecimalField(_("VAT rate"), max_digits=5, decimal_places=2)
    reason = models.CharField(_("legal ground"), max_length=600, blank=True)
    base = models.DecimalField(_("before tax"), max_digits=14, decimal_places=2)
    amount = models.DecimalField(_("VAT"), max_digits=14, decimal_places=2)

    class Meta:
        verbose_name = _("tax of an invoice")
        verbose_name_plural = _("taxes of invoices")
        ordering = ("invoice", "category", "-rate")
        constraints = [
            models.UniqueConstraint(fields=["invoice", "category", "rate"], name="one_tax_a_rate"),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="tax_of_a_draft", when=pgtrigger.Before, operation=FROZEN, func=OF_A_DRAFT
            ),
        ]

    def __str__(self) -> str:
        return f"{self.category} {self.rate}"
