"""An invoice, a credit note, a call for a deposit: a draft until it is issued, and never changed from then on."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.db.models.lookups import Exact
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fondouk.billing.enums import Language, Paper
from fondouk.billing.rules import READERS
from fondouk.companies.enums import MemberRole
from fondouk.lib.db import part_of_day
from fondouk.people.models import Person
from fondouk.sites.models import Operator, Site
from fondouk.sites.rules import reach

from .customer import Customer
from .run import BillingRun

BEGINS_AS_A_DRAFT = """
    IF NEW.number IS NOT NULL THEN
        RAISE EXCEPTION 'an invoice begins as a draft'
              USING ERRCODE = 'check_violation', CONSTRAINT = 'invoice_begins_as_a_draft';
    END IF;
    RETURN NEW;
"""

ISSUED_FOR_EVER = """
    IF OLD.number IS NOT NULL THEN
        RAISE EXCEPTION 'an issued invoice never changes'
              USING ERRCODE = 'check_violation', CONSTRAINT = 'invoice_issued_for_ever';
    END IF;
    IF TG_OP = 'DELETE' THEN
        RETURN OLD;
    END IF;
    IF NEW.number IS NULL THEN
        RETURN NEW;
    END IF;
    IF NOT EXISTS (SELECT 1 FROM billing_invoiceline WHERE invoice_id = NEW.id) THEN
        RAISE EXCEPTION 'an invoice has a line'
              USING ERRCODE = 'check_violation', CONSTRAINT = 'invoice_has_a_line';
    END IF;
    IF NEW.net <> (SELECT sum(net) FROM billing_invoiceline WHERE invoice_id = NEW.id)
       OR NOT COALESCE((SELECT sum(base) = NEW.net AND sum(amount) = NEW.vat
                          FROM billing_invoicetax WHERE invoice_id = NEW.id), FALSE) THEN
        RAISE EXCEPTION 'the totals are those of the lines'
              USING ERRCODE = 'check_violation', CONSTRAINT = 'invoice_totals_are_those_of_its_lines';
    END IF;
    IF NOT EXISTS (
        SELECT 1 FROM billing_counter WHERE operator_id = NEW.operator_id AND paper = NEW.paper
           AND year = NEW.year AND NEW.number BETWEEN 1 AND last AND last_on >= NEW.issued_on) THEN
        RAISE EXCEPTION 'a number comes from its series'
              USING ERRCODE = 'check_violation', CONSTRAINT = 'invoice_number_comes_from_its_series';
    END IF;
    RETURN NEW;
"""

DUE_ONCE_ISSUED = """ INSERT INTO billing_balance (invoice_id, operator_id, site_id, customer_id, is_credit, due_on, total,
remaining, settled_on) VALUES (NEW.id, NEW.operator_id, NEW.site_id, NEW.customer_id, NEW.paper = 'credit_note', NEW.due_on,
NEW.total, NEW.total, CASE WHEN NEW.total = 0 THEN NEW.issued_on END); RETURN NULL;
"""

ISSUED = ("number", "year", "reference", "issued_on", "due_on", "issued_at", "seller", "buyer", "hash")
"""What an invoice has once it is issued, and no draft has."""


class InvoiceQuerySet(models.QuerySet["Invoice"]):
    def drafts(self) -> InvoiceQuerySet:
        return self.filter(number=None)

    def issued(self) -> InvoiceQuerySet:
        return self.filter(number__isnull=False)

    def visible_to(self, account: Any) -> InvoiceQuerySet:
        """Finance sees those of its sites; owners of a company those that were issued to it."""
        if not account.is_authenticated:
            return self.none()
        within = reach(account, *READERS)
        if within.network:
            return self
        owned = account.person.memberships.current().filter(role=MemberRole.OWNER).values("company")
        own = Q(customer__company__in=owned) | Q(customer__person=account.person_id)
        return self.filter(Q(site__in=within.sites) | Q(own, number__isnull=False))


def _all_or_none() -> Q:
    return Q(**{f"{name}__isnull": True for name in ISSUED}) | Q(
        **{f"{name}__isnull": False for name in ISSUED}
    )


class Invoice(models.Model):
    """`seller` and `buyer` are what the paper says of them, frozen at issue (`parties`). Amounts of a credit note are
    positive: its kind says which way they go.

    `hash` is the SHA-256 of what was issued and of `previous_hash`, that of the number before (`chain`).
    """

    paper = models.CharField(_("kind"), max_length=12, choices=Paper.choices, default=Paper.INVOICE)
    operator = models.ForeignKey(Operator, on_delete=models.PROTECT, related_name="invoices")
    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="invoices")
    customer = models.ForeignKey(Customer, on_delete=models.PROTECT, related_name="invoices")
    run = models.ForeignKey(BillingRun, on_delete=models.PROTECT, null=True, related_name="invoices")
    credits = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="credit_notes")
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    bills_again = models.BooleanField(
        _("may be billed anew"),
        default=False,
        help_text=_(
            "What it takes back as a whole was due, but otherwise: the next billing charges it anew."
        ),
    )
    language = models.CharField(_("language"), max_length=2, choices=Language.choices)
    currency = models.CharField(max_length=3, default="MAD")
    note = models.TextField(_("note on the invoice"), max_length=1000, blank=True)
    purchase_reference = models.CharField(_("purchase order"), max_length=60, blank=True)
    net = models.DecimalField(_("before tax"), max_digits=14, decimal_places=2, default=Decimal(0))
    vat = models.DecimalField(_("VAT"), max_digits=14, decimal_places=2, default=Decimal(0))
    total = models.DecimalField(_("with tax"), max_digits=14, decimal_places=2, default=Decimal(0))
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField(default=timezone.now, editable=False)

    number = models.PositiveIntegerField(_("number"), null=True)
    year = models.PositiveSmallIntegerField(null=True)
    reference = models.CharField(_("number"), max_length=40, null=True, unique=True)
    issued_on = models.DateField(_("issued on"), null=True)
    due_on = models.DateField(_("to be paid by"), null=True)
    issued_at = models.DateTimeField(null=True)
    issued_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    seller = models.JSONField(null=True)
    buyer = models.JSONField(null=True)
    previous_hash = models.CharField(max_length=64, blank=True)
    hash = models.CharField(max_length=64, null=True, unique=True)

    objects = InvoiceQuerySet.as_manager()

    class Meta:
        verbose_name = _("invoice")
        verbose_name_plural = _("invoices")
        ordering = ("-issued_on", "-number", "-pk")
        constraints = [
            models.UniqueConstraint(
                fields=["operator", "paper", "year", "number"], name="invoice_number_once"
            ),
            models.CheckConstraint(name="invoice_issued_as_a_whole", condition=_all_or_none()),
            models.CheckConstraint(
                name="invoice_year_of_its_day",
                condition=Q(issued_on=None)
                | Q(Exact(F("year"), part_of_day("year", "issued_on")), due_on__gte=F("issued_on")),
            ),
            models.CheckConstraint(name="invoice_total_of_its_parts", condition=Q(total=F("net") + F("vat"))),
            models.CheckConstraint(
                name="invoice_not_negative",
                condition=Q(number=None) | Q(net__gte=0, total__gte=0),
                violation_error_message=_("An invoice below zero is a credit note: credit what was billed."),
            ),
            models.CheckConstraint(
                name="credit_note_of_an_invoice",
                condition=Q(paper=Paper.CREDIT_NOTE, credits__isnull=False) & ~Q(reason="")
                | ~Q(paper=Paper.CREDIT_NOTE) & Q(credits=None),
                violation_error_message=_("A credit note says which invoice it corrects, and why."),
            ),
            models.CheckConstraint(name="invoice_kind_known", condition=Q(paper__in=Paper.values)),
            models.CheckConstraint(name="invoice_language_known", condition=Q(language__in=Language.values)),
        ]
        indexes = [
            models.Index(fields=["-issued_on", "-number", "-id"], name="invoice_latest_first"),
            models.Index(fields=["customer", "-issued_on"], name="invoice_by_customer"),
            models.Index(fields=["site", "issued_on"], name="invoice_by_site"),
            models.Index(fields=["run"], name="invoice_by_run", condition=Q(run__isnull=False)),
            models.Index(fields=["operator", "id"], name="invoice_drafts", condition=Q(number=None)),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="begins_as_a_draft",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func=BEGINS_AS_A_DRAFT,
            ),
            pgtrigger.Trigger(
                name="issued_is_due",
                when=pgtrigger.After,
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__number__isnull=True, new__number__isnull=False),
                func=DUE_ONCE_ISSUED,
            ),
            pgtrigger.Trigger(
                name="issued_for_ever",
                when=pgtrigger.Before,
                operation=pgtrigger.Update | pgtrigger.Delete,
                func=ISSUED_FOR_EVER,
            ),
        ]

    def __str__(self) -> str:
        return self.reference or str(_("Draft"))

    @property
    def is_issued(self) -> bool:
        return self.number is not None

    @property
    def sign(self) -> int:
        """Which way its amounts go in a customer's account."""
        return -1 if self.paper == Paper.CREDIT_NOTE else 1

    def site_ids(self) -> Iterable[int]:
        return [self.site_id]
