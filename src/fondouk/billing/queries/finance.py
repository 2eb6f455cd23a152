"""The finance home: what was billed, what came, what is late."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Case, F, Q, Sum, When

from fondouk.billing.amounts import ZERO
from fondouk.billing.enums import Paper
from fondouk.billing.models import Balance, Charge, Invoice, Payment
from fondouk.lib.periods import add_months

from .listing import Age, ageing


@dataclass(frozen=True)
class Finance:
    """Amounts of a month, and of the day. `billed` is before tax, credit notes taken off."""

    month: date
    billed: Decimal
    billed_before: Decimal
    received: Decimal
    received_before: Decimal
    due: Decimal
    overdue: Decimal
    late_customers: int
    uncharged: Decimal
    unmatched: Decimal
    drafts: int
    ages: list[Age]


def finance(sites: Collection[int] | None, day: date) -> Finance:
    """Of these sites together, of all of them when none are named."""

    def within(rows: Any) -> Any:
        return rows if sites is None else rows.filter(site__in=sites)

    month = day.replace(day=1)
    before = add_months(month, -1)
    signed = Case(When(paper=Paper.CREDIT_NOTE, then=-F("net")), default=F("net"))
    issued = within(Invoice.objects.issued()).exclude(paper=Paper.DEPOSIT).order_by()
    billed = issued.filter(issued_on__gte=before, issued_on__lte=day).aggregate(
        now=Sum(signed, filter=Q(issued_on__gte=month)), before=Sum(signed, filter=Q(issued_on__lt=month))
    )
    came = within(Payment.objects.standing()).order_by().filter(received_on__gte=before, received_on__lte=day)
    received = came.aggregate(
        now=Sum("amount", filter=Q(received_on__gte=month)),
        before=Sum("amount", filter=Q(received_on__lt=month)),
    )
    balances = within(Balance.objects.all())
    ages = ageing(balances, day)
    late = balances.overdue(day).order_by().values("customer").distinct().count()
    waiting = within(Charge.objects.open()).order_by().aggregate(sum=Sum("net"))
    unmatched = (
        within(Payment.objects.standing()).filter(unsettled__gt=0).order_by().aggregate(sum=Sum("unsettled"))
    )
    return Finance(
        month,
        billed["now"] or ZERO,
        billed["before"] or ZERO,
        received["now"] or ZERO,
        received["before"] or ZERO,
        sum((age.amount for age in ages), ZERO),
        sum((age.amount for age in ages if age.since is not None), ZERO),
        late,
        waiting["sum"] or ZERO,
        unmatched["sum"] or ZERO,
        within(Invoice.objects.drafts()).count(),
        ages,
    )
