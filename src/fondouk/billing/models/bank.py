"""What the bank says: files that were brought, and each sum that came to the account."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pgtrigger
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fondouk.billing.rules import READERS
from fondouk.files.models import StoredFile
from fondouk.people.models import Person
from fondouk.sites.models import Operator, SiteOperator
from fondouk.sites.rules import reach

from .payment import Payment


def operators_within(account: Any) -> Any:
    """Keys of the operators all of whose sites the account reads: an account at a bank is of all of them."""
    within = reach(account, *READERS)
    if within.network:
        return Operator.objects.values("pk")
    beyond = SiteOperator.objects.filter(operator=OuterRef("pk")).exclude(site__in=within.sites)
    some = SiteOperator.objects.filter(operator=OuterRef("pk"))
    return Operator.objects.filter(Exists(some), ~Exists(beyond)).values("pk")


class BankStatement(models.Model):
    """A file of the bank's. `columns` says which column is which, by the header it has; the last one of an operator is
    proposed for the next. Without `read_at` it waits for somebody to say so.
    """

    operator = models.ForeignKey(Operator, on_delete=models.PROTECT, related_name="bank_statements")
    file = models.OneToOneField(StoredFile, on_delete=models.PROTECT, related_name="+")
    sha256 = models.CharField(max_length=64)
    columns = models.JSONField(default=dict)
    header_row = models.PositiveSmallIntegerField(default=0)
    known = models.PositiveIntegerField(default=0)
    brought_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    brought_at = models.DateTimeField(default=timezone.now, editable=False)
    read_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        verbose_name = _("bank file")
        verbose_name_plural = _("bank files")
        ordering = ("-brought_at", "-pk")
        constraints = [
            models.UniqueConstraint(
                fields=["operator", "sha256"],
                condition=Q(read_at__isnull=False),
                name="bank_file_read_once",
                violation_error_message=_("This file has been read already."),
            )
        ]

    def __str__(self) -> str:
        return str(self.file)


class BankLineQuerySet(models.QuerySet["BankLine"]):
    def open(self) -> BankLineQuerySet:
        """Of which nobody has said yet what they pay."""
        return self.filter(payment=None, dismissed_at=None)

    def visible_to(self, account: Any) -> BankLineQuerySet:
        return self.filter(statement__operator__in=operators_within(account))


class BankLine(models.Model):
    """A sum that came. `fingerprint` is the same whenever the bank tells of it: two files that overlap bring it once."""

    statement = models.ForeignKey(BankStatement, on_delete=models.CASCADE, related_name="lines")
    operator = models.ForeignKey(Operator, on_delete=models.PROTECT, related_name="+")
    row = models.PositiveIntegerField(_("row"))
    on = models.DateField(_("date"))
    label = models.CharField(_("label"), max_length=300)
    reference = models.CharField(_("reference"), max_length=140, blank=True)
    amount = models.DecimalField(_("amount"), max_digits=14, decimal_places=2)
    fingerprint = models.CharField(max_length=64)
    payment = models.OneToOneField(Payment, on_delete=models.PROTECT, null=True, related_name="bank_line")
    dismissed_at = models.DateTimeField(null=True, editable=False)
    dismissed_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    reason = models.CharField(_("reason"), max_length=300, blank=True)

    objects = BankLineQuerySet.as_manager()

    class Meta:
        verbose_name = _("sum that came")
        verbose_name_plural = _("sums that came")
        ordering = ("on", "pk")
        constraints = [
            models.UniqueConstraint(fields=["operator", "fingerprint"], name="bank_line_once"),
            models.CheckConstraint(name="bank_line_came", condition=Q(amount__gt=0)),
            models.CheckConstraint(
                name="bank_line_pays_or_not", condition=Q(payment=None) | Q(dismissed_at=None)
            ),
        ]
        indexes = [
            models.Index(
                fields=["operator", "on"], condition=Q(payment=None, dismissed_at=None), name="bank_line_open"
            )
        ]
        triggers = [
            pgtrigger.Protect(
                name="bank_line_stays_as_told",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange(
                    "operator", "on", "label", "reference", "amount", "fingerprint"
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.on} {self.label} {self.amount}"

    def site_ids(self) -> Iterable[int]:
        return SiteOperator.objects.filter(operator=self.operator_id).values_list("site", flat=True)
