"""Values that several factories need."""

from __future__ import annotations

from datetime import date, timedelta

from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils import timezone


def ice(number: int) -> str:
    """The valid ICE whose first thirteen digits are `number`: the whole is divisible by 97."""
    head = number * 100
    return f"{head + (-head) % 97:015d}"


def since(days: int = 365, *, last: date | None = None) -> DateRange:
    """A period that began so many days ago and has no end, or ends after `last`."""
    return DateRange(timezone.localdate() - timedelta(days=days), last + timedelta(days=1) if last else None)
