"""Deferred income: what was billed for days that have not come yet."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from fondouk.billing.amounts import ZERO, prorated
from fondouk.billing.models import InvoiceLine

DAY = timedelta(days=1)


def deferred_income(operator: int, last: date) -> Decimal:
    """Before tax, at the end of that day: of each line that was issued by then, the share of its days that come later, by
    the rule of days. Credit notes take theirs back.
    """
    after = last + DAY
    rows = InvoiceLine.objects.filter(
        invoice__operator=operator, invoice__issued_on__lte=last, period__endswith__gt=after
    ).select_related("invoice")
    found = ZERO
    for line in rows:
        first, end = line.period.lower, line.period.upper
        whole = (end - first).days
        before = max(0, (after - first).days)
        share = prorated(abs(line.net), whole - before, before, whole)
        found += line.invoice.sign * (share if line.net >= 0 else -share)
    return found
