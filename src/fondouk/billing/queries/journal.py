"""The journal of an operator over some days, worked out from what was issued and what came: rows that never change, so
neither does it. Each piece is balanced.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from fondouk.billing.amounts import CENTIME, ZERO
from fondouk.billing.enums import AccountRole, Means, Nature, Paper
from fondouk.billing.models import Account, Closing, Invoice, InvoiceTax, Payment, PaymentReversal, Settlement
from fondouk.lib.money import round_half_up

SALES, BANK, CASH, OTHERS = "VE", "BQ", "CA", "OD"
MEANS = {
    Means.TRANSFER: (BANK, AccountRole.BANK),
    Means.CHEQUE: (BANK, AccountRole.CHEQUES),
    Means.CARD: (BANK, AccountRole.CARDS),
    Means.CASH: (CASH, AccountRole.CASH_BOX),
    Means.WITHHELD: (OTHERS, AccountRole.WITHHELD),
}
SOLD: dict[str, AccountRole] = {
    nature.value: AccountRole(nature.value) for nature in Nature if nature != Nature.DEPOSIT
}


@dataclass(frozen=True)
class Posting:
    """One line of the journal: so much on the debit or on the credit side of an account. `auxiliary` is whose it is."""

    journal: str
    on: date
    piece: str
    role: AccountRole
    account: str
    auxiliary: str
    label: str
    debit: Decimal
    credit: Decimal
    site: str


def journal(operator: int, first: date, last: date) -> Iterator[Posting]:
    """In the order of their days. Memory grows with the days that are asked for."""
    codes = dict(Account.objects.values_list("role", "code"))
    pieces = [
        *_issued(operator, first, last),
        *_received(operator, first, last),
        *_reversed(operator, first, last),
    ]
    for piece in sorted(pieces, key=lambda one: (one.on, one.journal, one.piece)):
        for role, amount in piece.sides:
            if amount:
                yield Posting(
                    piece.journal, piece.on, piece.piece, role, codes[role],
                    piece.auxiliary if role == AccountRole.CUSTOMERS else "", piece.label,
                    amount if amount > 0 else ZERO, -amount if amount < 0 else ZERO, piece.site,
                )  # fmt: skip


@dataclass(frozen=True)
class _Piece:
    """`sides`: by role, a debit above zero or a credit below."""

    journal: str
    on: date
    piece: str
    auxiliary: str
    label: str
    site: str
    sides: list[tuple[AccountRole, Decimal]]


def auxiliary_of(customer: int) -> str:
    return f"C{customer:06d}"


def _issued(operator: int, first: date, last: date) -> Iterable[_Piece]:
    rows = Invoice.objects.issued().filter(operator=operator, issued_on__range=(first, last))
    for invoice in rows.select_related("site").prefetch_related("lines").order_by("pk"):
        sold: dict[AccountRole, Decimal] = defaultdict(Decimal)
        for line in invoice.lines.all():
            is_deposit = invoice.paper == Paper.DEPOSIT
            sold[AccountRole.DEPOSITS if is_deposit else SOLD[line.nature]] -= invoice.sign * line.net
        yield _Piece(
            SALES,
            invoice.issued_on or first,
            invoice.reference or "",
            auxiliary_of(invoice.customer_id),
            str((invoice.buyer or {}).get("name", "")),
            invoice.site.code,
            [
                (AccountRole.CUSTOMERS, invoice.sign * invoice.total),
                *sold.items(),
                (AccountRole.VAT, -invoice.sign * invoice.vat),
            ],
        )


def _received(operator: int, first: date, last: date) -> Iterable[_Piece]:
    rows = Payment.objects.filter(operator=operator, received_on__range=(first, last))
    for payment in rows.select_related("site", "customer__company", "customer__person").order_by("pk"):
        yield _money(payment, payment.received_on, 1)


def _reversed(operator: int, first: date, last: date) -> Iterable[_Piece]:
    rows = PaymentReversal.objects.filter(payment__operator=operator, on__range=(first, last))
    for reversal in rows.select_related(
        "payment__site", "payment__customer__company", "payment__customer__person"
    ).order_by("pk"):
        yield _money(reversal.payment, reversal.on, -1)


def _money(payment: Payment, on: date, sign: int) -> _Piece:
    book, role = MEANS[Means(payment.means)]
    owed = AccountRole.CUSTOMERS if payment.customer_id else AccountRole.WAITING
    return _Piece(
        book,
        on,
        f"P{payment.pk}" if sign > 0 else f"P{payment.pk}R",
        auxiliary_of(payment.customer_id) if payment.customer_id else "",
        payment.customer.label if payment.customer else payment.payer,
        payment.site.code,
        [
            (role, sign * (payment.amount + payment.duty)),
            (owed, -sign * payment.amount),
            (AccountRole.STAMP, -sign * payment.duty),
        ],
    )


@dataclass(frozen=True)
class VatDue:
    """Of one rate: what was received before tax, and the tax that is due for it."""

    rate: Decimal
    base: Decimal
    amount: Decimal


def vat_due(operator: int, first: date, last: date) -> list[VatDue]:
    """VAT is due on receipts (CGI, art. 95): of each invoice, the share of its tax that has been paid up to the last day,
    less what had been paid before the first, each rounded: so all the months of an invoice add up to its tax. What a credit
    note takes back is not received.
    """
    paid_before: dict[int, Decimal] = defaultdict(Decimal)
    paid: dict[int, Decimal] = defaultdict(Decimal)
    settled = Settlement.objects.filter(
        invoice__operator=operator, payment__isnull=False, on__lte=last, invoice__paper=Paper.INVOICE
    )
    touched = settled.filter(on__gte=first).values("invoice")
    for key, on, amount in settled.filter(invoice__in=touched).values_list("invoice", "on", "amount"):
        paid[key] += amount
        if on < first:
            paid_before[key] += amount
    bases: dict[Decimal, list[Decimal]] = defaultdict(lambda: [ZERO, ZERO])
    taxes = InvoiceTax.objects.filter(invoice__in=paid).values_list(
        "invoice", "invoice__total", "rate", "base", "amount"
    )
    for key, total, rate, base, amount in taxes:
        if not total:
            continue
        for place, whole in enumerate((base, amount)):
            bases[rate][place] += round_half_up(whole * paid[key] / total, CENTIME) - round_half_up(
                whole * paid_before[key] / total, CENTIME
            )
    return [VatDue(rate, *sums) for rate, sums in sorted(bases.items(), reverse=True) if any(sums)]


def closed_until(operator: int) -> date | None:
    """The last day of the last month that is closed."""
    return (
        Closing.objects.filter(operator=operator)
        .order_by("-month")
        .values_list("last_day", flat=True)
        .first()
    )
