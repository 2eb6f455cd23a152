"""Receiving money, and saying what it pays."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from fondouk.audit.actions import record
from fondouk.billing import verbs
from fondouk.billing.amounts import CENTIME, RENT_WITHHELD, ZERO
from fondouk.billing.enums import Means, Nature
from fondouk.billing.models import Balance, BankLine, Invoice, Payment, PaymentReversal, Settlement
from fondouk.billing.queries.journal import closed_until
from fondouk.billing.signals import invoice_paid, invoice_unpaid
from fondouk.companies.models import Company
from fondouk.lib.money import round_half_up
from fondouk.lib.saving import retried, save
from fondouk.people.models import Person

STAMP_DUTY = Decimal("0.0025")
"""Of a cash payment, tax included (MOROCCO, Payments)."""


def stamp_duty(amount: Decimal) -> Decimal:
    """What is due to the State on top of a cash payment."""
    return round_half_up(amount * STAMP_DUTY, CENTIME)


def withholding_on(invoice: Invoice) -> Decimal:
    """What a customer who withholds keeps of this invoice: of its rents before tax alone."""
    rents = sum((line.net for line in invoice.lines.all() if line.nature == Nature.RENT), ZERO)
    return round_half_up(rents * RENT_WITHHELD, CENTIME)


@retried
@transaction.atomic
def receive(payment: Payment, parts: Mapping[int, Decimal] | None = None, *, by: Person | None) -> Payment:
    """Money has come. `parts` says what of it pays which invoice, by key; what is left is a credit of the customer's.

    Raises `ValidationError` by field: more than is left to pay, more than was paid, somebody else's invoice, a certificate
    of another amount than the law's.
    """
    _keep_closed_months(payment.operator_id, payment.received_on, "received_on")
    payment.unsettled, payment.made_by = payment.amount, by
    if payment.means == Means.CASH and not payment.duty:
        payment.duty = stamp_duty(payment.amount)
    if payment.means == Means.WITHHELD:
        _check_certificate(payment, parts or {})
    save(payment, beside={"payment_of_something": "amount", "payment_duty_on_cash": "duty"})
    record(verbs.PAID, payment, *_whose(payment), by=by, amount=f"{payment.amount:.2f}")
    if parts:
        settle(payment, parts, on=payment.received_on, by=by)
    return payment


def _keep_closed_months(operator: int, day: date, field: str) -> None:
    """Raise `ValidationError` beside `field` for a day of a closed month."""
    last = closed_until(operator)
    if last is not None and day <= last:
        sentence = _("The accounts are closed until %(day)s: give a later day.")
        raise ValidationError({field: sentence % {"day": f"{last:%d/%m/%Y}"}})


def _whose(payment: Payment) -> list[Company | Person]:
    customer = payment.customer
    return [] if customer is None else [customer.party]


def _check_certificate(payment: Payment, parts: Mapping[int, Decimal]) -> None:
    """It says for which invoices, and how much of each is what the law has withheld."""
    if not payment.reference.strip():
        raise ValidationError({"reference": _("Give the number of the certificate.")})
    if not parts or sum(parts.values()) != payment.amount:
        raise ValidationError(
            {"amount": _("A certificate is for invoices: say which, and for how much each.")}
        )
    for invoice in Invoice.objects.filter(pk__in=parts).prefetch_related("lines"):
        due = withholding_on(invoice)
        if parts[invoice.pk] != due:
            sentence = _("Of %(invoice)s %(due)s is to be withheld, not %(said)s.")
            raise ValidationError(
                {"amount": sentence % {"invoice": invoice, "due": due, "said": parts[invoice.pk]}}
            )


@retried
@transaction.atomic
def settle(
    source: Payment | Invoice, parts: Mapping[int, Decimal], *, on: date, by: Person | None
) -> list[Settlement]:
    """So much of a payment, or of a credit note, pays so much of these invoices, by key. Raises `ValidationError`."""
    wanted = {key: amount for key, amount in parts.items() if amount}
    if isinstance(source, Payment):
        paying = Payment.objects.select_for_update(of=("self",)).get(pk=source.pk)
        left, operator, customer = paying.unsettled, paying.operator_id, paying.customer_id
        if PaymentReversal.objects.filter(payment=paying).exists():
            raise ValidationError(_("This payment was taken back."))
    else:
        note = Balance.objects.select_for_update(of=("self",)).get(pk=source.pk)
        left, operator, customer = note.remaining, note.operator_id, note.customer_id
    _keep_closed_months(operator, on, "on")
    balances = {
        one.pk: one
        for one in Balance.objects.filter(pk__in=wanted).select_for_update(of=("self",)).order_by("pk")
    }
    for key, amount in wanted.items():
        due = balances.get(key)
        if due is None or due.is_credit:
            raise ValidationError(_("Only an issued invoice is paid."))
        if amount <= 0:
            raise ValidationError({"amount": _("Write more than zero.")})
        if (due.operator_id, due.customer_id) != (operator, customer):
            raise ValidationError(_("This is another customer’s invoice."))
        if amount > due.remaining:
            raise ValidationError({"amount": _("This is more than is left to pay.")})
    if sum(wanted.values()) > left:
        raise ValidationError({"amount": _("This is more than is left of the payment.")})
    made = [
        Settlement.objects.create(
            invoice_id=key,
            payment=source if isinstance(source, Payment) else None,
            credit_note=source if isinstance(source, Invoice) else None,
            amount=amount,
            on=on,
            by=by,
        )
        for key, amount in sorted(wanted.items())
    ]
    for row in made:
        record(verbs.SETTLED, row.invoice, by=by, amount=f"{row.amount:.2f}")
        if balances[row.invoice_id].remaining == row.amount:
            invoice_paid.send(sender=Invoice, invoice=row.invoice, on=on)
    return made


def settle_oldest(source: Payment, *, on: date, by: Person | None) -> list[Settlement]:
    """What is left of a payment pays its customer's oldest invoices, as far as it goes."""
    left, parts = source.unsettled, {}
    for due in open_balances(source.customer_id, source.operator_id):
        if not left:
            break
        parts[due.pk] = min(left, due.remaining)
        left -= parts[due.pk]
    return settle(source, parts, on=on, by=by) if parts else []


def open_balances(customer: int | None, operator: int) -> list[Balance]:
    """What a customer has to pay an operator, the oldest first."""
    rows = Balance.objects.unpaid().filter(customer=customer, operator=operator)
    return list(rows.select_related("invoice").order_by("due_on", "pk"))


@retried
@transaction.atomic
def unsettle(settlement: Settlement, *, on: date, by: Person | None) -> Settlement:
    """It pays something else, or nothing: what it had paid is due again. Raises `ValidationError` when that was done
    before.
    """
    locked = (
        Settlement.objects.select_for_update(of=("self",)).select_related("invoice").get(pk=settlement.pk)
    )
    if locked.amount < 0 or Settlement.objects.filter(undoes=locked).exists():
        raise ValidationError(_("This was taken back already."))
    _keep_closed_months(locked.invoice.operator_id, on, "on")
    was_paid = Balance.objects.get(pk=locked.invoice_id).remaining == 0
    made = Settlement.objects.create(
        invoice=locked.invoice,
        payment_id=locked.payment_id,
        credit_note_id=locked.credit_note_id,
        amount=-locked.amount,
        on=on,
        undoes=locked,
        by=by,
    )
    record(verbs.UNSETTLED, locked.invoice, by=by, amount=f"{locked.amount:.2f}")
    if was_paid:
        invoice_unpaid.send(sender=Invoice, invoice=locked.invoice)
    return made


@retried
@transaction.atomic
def reverse(payment: Payment, *, reason: str, on: date, by: Person) -> PaymentReversal:
    """It was no payment: all that it had settled is due again. Raises `ValidationError`."""
    locked = Payment.objects.select_for_update(of=("self",)).get(pk=payment.pk)
    if not reason.strip():
        raise ValidationError({"reason": _("Say why.")})
    if PaymentReversal.objects.filter(payment=locked).exists():
        raise ValidationError(_("This payment was taken back."))
    if on < locked.received_on:
        raise ValidationError({"on": _("It was received later than that.")})
    _keep_closed_months(locked.operator_id, on, "on")
    for row in locked.settlements.filter(amount__gt=0, undone_by=None):
        unsettle(row, on=on, by=by)
    # A sum that was matched wrongly waits again for somebody to say what it pays.
    BankLine.objects.filter(payment=locked).update(payment=None)
    made = PaymentReversal.objects.create(payment=locked, on=on, reason=reason.strip()[:300], by=by)
    record(verbs.REVERSED, locked, *_whose(locked), by=by, amount=f"{locked.amount:.2f}", reason=made.reason)
    return made
