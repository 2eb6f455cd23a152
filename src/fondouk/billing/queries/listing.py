"""Invoices as lists show them, and what stands in a customer's account."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Count, Q, Sum

from fondouk.billing.amounts import ZERO
from fondouk.billing.enums import Paper, State
from fondouk.billing.models import Balance, Charge, Customer, Invoice, Payment
from fondouk.companies.models import Company


def listed(invoices: Any) -> Any:
    """With what a line of a list shows."""
    return invoices.select_related("customer__company", "customer__person", "site", "balance").defer(
        "customer__company__vector", "site__vector"
    )


def state_of(invoice: Invoice, day: date) -> State:
    """On that day, as its balance stands now."""
    if not invoice.is_issued:
        return State.DRAFT
    remaining = invoice.balance.remaining
    if invoice.paper == Paper.CREDIT_NOTE:
        return State.OPEN if remaining else State.USED
    if not remaining:
        return State.PAID
    return State.OVERDUE if invoice.due_on and invoice.due_on < day else State.DUE


def in_state(state: str, day: date) -> Q:
    """The condition for invoices of a state."""
    unpaid = Q(number__isnull=False, balance__remaining__gt=0)
    return {
        State.DRAFT: Q(number=None),
        State.DUE: unpaid & ~Q(paper=Paper.CREDIT_NOTE) & Q(due_on__gte=day),
        State.OVERDUE: unpaid & ~Q(paper=Paper.CREDIT_NOTE) & Q(due_on__lt=day),
        State.PAID: Q(balance__remaining=0) & ~Q(paper=Paper.CREDIT_NOTE),
        State.OPEN: unpaid & Q(paper=Paper.CREDIT_NOTE),
        State.USED: Q(balance__remaining=0, paper=Paper.CREDIT_NOTE),
    }[State(state)]


@dataclass(frozen=True)
class Account:
    """What a customer owes and is owed, over all operators and sites."""

    due: Decimal
    overdue: Decimal
    credit: Decimal
    """Credit notes not used, and payments that pay nothing yet."""
    uncharged: Decimal
    """Charges that stand on no invoice yet, before tax."""

    @property
    def balance(self) -> Decimal:
        """What they owe, less what they are owed."""
        return self.due - self.credit


def account_of(customer: Customer | None, day: date) -> Account:
    if customer is None:
        return Account(ZERO, ZERO, ZERO, ZERO)
    balances = Balance.objects.filter(customer=customer, remaining__gt=0).aggregate(
        due=Sum("remaining", filter=Q(is_credit=False)),
        overdue=Sum("remaining", filter=Q(is_credit=False, due_on__lt=day)),
        notes=Sum("remaining", filter=Q(is_credit=True)),
    )
    paid = (
        Payment.objects.standing().filter(customer=customer, unsettled__gt=0).aggregate(left=Sum("unsettled"))
    )
    uncharged = Charge.objects.open().filter(customer=customer).aggregate(sum=Sum("net"))
    return Account(
        balances["due"] or ZERO,
        balances["overdue"] or ZERO,
        (balances["notes"] or ZERO) + (paid["left"] or ZERO),
        uncharged["sum"] or ZERO,
    )


def customer_of_company(company: Company) -> Customer | None:
    return Customer.objects.named().filter(company=company).first()


BUCKETS = (0, 30, 60, 90)
"""Days late at which a debt changes its age: not yet due, up to 30, 60, 90, and beyond."""


@dataclass(frozen=True)
class Age:
    """What is due since more than `since` days and up to `until`; `since` None: not due yet, `until` None: without end."""

    since: int | None
    until: int | None
    amount: Decimal
    count: int


def ageing(balances: Any, day: date) -> list[Age]:
    """What is left to pay of these balances, by how late it is. One query."""
    edges: list[tuple[int | None, int | None]] = [(None, 0)]
    edges += [(since, until) for since, until in zip(BUCKETS, (*BUCKETS[1:], None), strict=True)]
    sums: dict[str, Any] = {}
    for number, (since, until) in enumerate(edges):
        late = Q()
        if since is not None:
            late &= Q(due_on__lt=day - timedelta(days=since))
        if until is not None:
            late &= Q(due_on__gte=day - timedelta(days=until))
        sums[f"sum{number}"] = Sum("remaining", filter=late)
        sums[f"count{number}"] = Count("pk", filter=late)
    found = balances.unpaid().order_by().aggregate(**sums)
    return [
        Age(since, until, found[f"sum{number}"] or ZERO, found[f"count{number}"] or 0)
        for number, (since, until) in enumerate(edges)
    ]


def open_of(keys: Collection[int] | None, **who: Any) -> dict[int, Balance]:
    """By key of invoice, what is left to pay: of these, or of all that `who` picks, the oldest first."""
    rows = Balance.objects.unpaid().filter(**who).select_related("invoice").order_by("due_on", "pk")
    return {one.pk: one for one in (rows if keys is None else rows.filter(pk__in=keys))}
