"""The file of an issued invoice, and sending it."""

from __future__ import annotations

from collections.abc import Callable

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fondouk.audit.actions import record
from fondouk.billing import verbs
from fondouk.billing.enums import Paper
from fondouk.billing.models import Invoice, InvoiceFile, InvoiceSending
from fondouk.files.actions import keep_made
from fondouk.files.models import StoredFile
from fondouk.files.sniffing import PDF
from fondouk.lib import formats
from fondouk.lib.db import lock
from fondouk.lib.money import Money
from fondouk.mail import notices
from fondouk.mail.actions import notify
from fondouk.people.models import Person

FILES = 0x0B11_F11E << 32
"""Advisory locks: who makes the file of an invoice."""
Made = Callable[[Invoice], bytes]

ISSUED = notices.register(
    "billing.invoice",
    gettext_lazy("Invoice"),
    subject=gettext_lazy("%(kind)s %(reference)s"),
    template="billing/mail/invoice.txt",
)


@transaction.atomic
def keep_file(invoice: Invoice, made: Made, *, by: Person | None) -> StoredFile:
    """The file of an issued invoice, made by `made` where it was not made before."""
    if not invoice.is_issued:
        raise ValueError("a draft has no file")
    lock([FILES + invoice.pk])
    known = InvoiceFile.objects.filter(invoice=invoice.pk).select_related("stored").first()
    if known is not None:
        return known.stored
    stored = keep_made(made(invoice), name=f"{invoice.reference}.pdf", kind=PDF, by=by)
    InvoiceFile.objects.create(invoice=invoice, stored=stored)
    return stored


@transaction.atomic
def send(invoice: Invoice, made: Made, *, by: Person | None, to: str = "") -> InvoiceSending:
    """Send it with its file to the customer's address, or `to` another. Raises `ValidationError` where there is none."""
    customer = invoice.customer
    address = to or customer.main_email
    if not invoice.is_issued:
        raise ValidationError(_("Issue it first."))
    if not address:
        raise ValidationError({"to": _("Nobody has given this customer’s e-mail address.")})
    reader = Person(name=customer.label, language=invoice.language)
    message = notify(
        reader,
        ISSUED,
        to=address,
        attachment=keep_file(invoice, made, by=by),
        kind=str(Paper(invoice.paper).label),
        reference=invoice.reference,
        total=formats.format_money(Money(invoice.total, invoice.currency), invoice.language),
        due=formats.format_date(invoice.due_on, invoice.language, "long") if invoice.due_on else "",
        seller=(invoice.seller or {}).get("name", ""),
        is_to_be_paid=invoice.paper != Paper.CREDIT_NOTE,
    )
    sent = InvoiceSending.objects.create(invoice=invoice, message=message, to=address, by=by)
    record(verbs.SENT, invoice, by=by, to=address)
    return sent
