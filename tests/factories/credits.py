"""Credits for tests."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django.db.backends.postgresql.psycopg_any import DateRange

from fondouk.companies.models import Company
from fondouk.credits.actions import grant
from fondouk.credits.models import Lot

NEW_YEAR = date(2027, 1, 1)


def lot(company: Company, quantity: Any = 100, *, until: date | None = None, **values: Any) -> Lot:
    """Good from New Year 2027 to the day before `until`."""
    values.setdefault("reason", "Convention")
    period = DateRange(values.pop("since", NEW_YEAR), until)
    return grant(Lot(company=company, period=period, **values), Decimal(quantity), by=None)
