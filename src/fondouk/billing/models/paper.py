"""What was made of an issued invoice and where it went: the file, and each time it was sent."""

from __future__ import annotations

import pgtrigger
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fondouk.files.models import StoredFile
from fondouk.mail.models import Message
from fondouk.people.models import Person

from .invoice import Invoice


class InvoiceFile(models.Model):
    """The PDF, once and for good: what the customer has is what we have."""

    invoice = models.OneToOneField(Invoice, on_delete=models.PROTECT, related_name="file")
    stored = models.OneToOneField(StoredFile, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("file of an invoice")
        verbose_name_plural = _("files of invoices")
        triggers = [
            pgtrigger.Protect(name="file_of_an_invoice_stays", operation=pgtrigger.Update | pgtrigger.Delete)
        ]

    def __str__(self) -> str:
        return str(self.invoice)


class InvoiceSending(models.Model):
    """`message` is the letter in the outbox; None once that is forgotten."""

    invoice = models.ForeignKey(Invoice, on_delete=models.PROTECT, related_name="sendings")
    message = models.ForeignKey(Message, on_delete=models.SET_NULL, null=True, related_name="+")
    to = models.CharField(_("to"), max_length=254)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("sending of an invoice")
        verbose_name_plural = _("sendings of invoices")
        ordering = ("at",)

    def __str__(self) -> str:
        return f"{self.invoice} · {self.to}"
