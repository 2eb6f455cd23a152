"""A customer's account as it went: what was billed, what was credited, what came."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from fondouk.billing.amounts import ZERO
from fondouk.billing.enums import Paper
from fondouk.billing.models import Customer, Invoice, Payment, PaymentReversal


@dataclass(frozen=True)
class Movement:
    """`amount` is what it adds to what the customer owes: below zero for what they paid. `balance` is after it."""

    on: date
    what: str
    reference: str
    amount: Decimal
    balance: Decimal
    invoice: int | None = None
    payment: int | None = None

    @property
    def debit(self) -> Decimal | None:
        return self.amount if self.amount > 0 else None

    @property
    def credit(self) -> Decimal | None:
        return -self.amount if self.amount < 0 else None


def statement(customer: Customer, sites: Collection[int] | None = None) -> list[Movement]:
    """From the first day on, of these sites, or of all. The last balance is what is owed, less what is owed to the
    customer.
    """

    def within(rows: Any) -> Any:
        return rows if sites is None else rows.filter(site__in=sites)

    found: list[tuple[date, int, str, str, Decimal, int | None, int | None]] = []
    for invoice in within(Invoice.objects.issued().filter(customer=customer)).order_by("issued_on", "pk"):
        what = str(Paper(invoice.paper).label)
        found.append(
            (invoice.issued_on, 0, what, invoice.reference, invoice.sign * invoice.total, invoice.pk, None)
        )
    payments = within(Payment.objects.filter(customer=customer)).order_by("received_on", "pk")
    for payment in payments:
        said = (payment.reference, -payment.amount, None, payment.pk)
        found.append((payment.received_on, 1, payment.get_means_display(), *said))
    for reversal in PaymentReversal.objects.filter(payment__in=payments).select_related("payment"):
        payment = reversal.payment
        found.append((reversal.on, 2, reversal.reason, payment.reference, payment.amount, None, payment.pk))
    balance, movements = ZERO, []
    for on, _order, what, reference, amount, paper, money in sorted(
        found, key=lambda one: (one[0], one[1], one[5] or one[6] or 0)
    ):
        balance += amount
        movements.append(Movement(on, what, reference or "", amount, balance, paper, money))
    return movements
