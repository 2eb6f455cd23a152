"""Date ranges of records that may not overlap: where a new one fits, and whether two meet."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.backends.postgresql.psycopg_any import DateRange


def overlap(one: DateRange, other: DateRange) -> bool:
    """Half-open: the day on which one ends may be the first of the other."""
    return _before_end(one, other) and _before_end(other, one)


def _before_end(first: DateRange, second: DateRange) -> bool:
    return bool(first.lower is None or second.upper is None or first.lower < second.upper)


def within(one: DateRange, other: DateRange) -> bool:
    """Every day of `one` is a day of `other`."""
    starts = other.lower is None or (one.lower is not None and one.lower >= other.lower)
    ends = other.upper is None or (one.upper is not None and one.upper <= other.upper)
    return bool(starts and ends)


def gap(today: date, taken: Iterable[DateRange]) -> DateRange:
    """The longest period around `today` that meets none of those `taken`, of which none holds today."""
    periods = list(taken)
    lower = max((period.upper for period in periods if period.upper and period.upper <= today), default=None)
    upper = min((period.lower for period in periods if period.lower and period.lower > today), default=None)
    return DateRange(lower, upper)
