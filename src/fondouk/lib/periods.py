"""Periods of whole days, half-open: [start, end). None is unbounded."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Self

_DAY = timedelta(days=1)


class BrokenPeriod(ValueError):
    """A period that ends before it has a first day."""

    def __init__(self, start: date, end: date) -> None:
        self.start = start
        self.end = end
        super().__init__(f"[{start}, {end})")


@dataclass(frozen=True, slots=True)
class Period:
    """At least one day, from `start` on and before `end`."""

    start: date | None
    end: date | None

    def __post_init__(self) -> None:
        if self.start is not None and self.end is not None and self.end <= self.start:
            raise BrokenPeriod(self.start, self.end)

    @classmethod
    def from_inclusive(cls, first: date | None, last: date | None) -> Self:
        """From its first and last day, as people say it."""
        return cls(first, None if last is None else last + _DAY)

    @property
    def last_day(self) -> date | None:
        """The last day inside, None where there is none."""
        return None if self.end is None else self.end - _DAY

    @property
    def days(self) -> int | None:
        """How many days, None where unbounded."""
        return None if self.start is None or self.end is None else (self.end - self.start).days

    def contains(self, day: date) -> bool:
        return (self.start is None or self.start <= day) and (self.end is None or day < self.end)

    __contains__ = contains

    def covers(self, other: "Period") -> bool:
        """Every day of the other is one of ours."""
        return self.intersection(other) == other

    def overlaps(self, other: "Period") -> bool:
        return (self.start is None or other.end is None or self.start < other.end) and (
            other.start is None or self.end is None or other.start < self.end
        )

    def intersection(self, other: "Period") -> "Period | None":
        """The days of both, None where there are none."""
        if not self.overlaps(other):
            return None
        starts = [day for day in (self.start, other.start) if day is not None]
        ends = [day for day in (self.end, other.end) if day is not None]
        return Period(max(starts, default=None), min(ends, default=None))


def month(year_number: int, month_number: int) -> Period:
    """The days of a month."""
    first = date(year_number, month_number, 1)
    return Period(first, add_months(first, 1))


def year(year_number: int) -> Period:
    """The days of a year."""
    return Period(date(year_number, 1, 1), date(year_number + 1, 1, 1))


def add_months(day: date, months: int) -> date:
    """The same day so many months later (or earlier), or the last of that month: 31 January + 1 is 28 or 29
    February.
    """
    years, zero_based = divmod(day.year * 12 + day.month - 1 + months, 12)
    return day.replace(
        year=years, month=zero_based + 1, day=min(day.day, monthrange(years, zero_based + 1)[1])
    )
