"""Recurrence rules of RFC 5545 (3.3.10), on the clock of the wall: naive local times in, naive local times out.

A rule here always ends, by COUNT or UNTIL, and stays within `MOST` occurrences: a calendar that promises a room for ever
promises nothing. What a room cannot repeat (every second, every minute, every hour) is refused.
"""

from __future__ import annotations

import re
from calendar import isleap, monthrange
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Final

MOST: Final = 1_500
LONGEST: Final = timedelta(days=3653)
FREQUENCIES: Final = ("DAILY", "WEEKLY", "MONTHLY", "YEARLY")
PARTS: Final = ("FREQ", "INTERVAL", "BYDAY", "BYMONTHDAY", "BYMONTH", "BYSETPOS", "WKST", "COUNT", "UNTIL")
"""In the order in which a rule is written; others are refused."""
LIMITS: Final = {"INTERVAL": (1, 1000), "BYMONTHDAY": (-31, 31), "BYMONTH": (1, 12), "BYSETPOS": (-366, 366)}
MOMENT: Final = re.compile(r"[0-9]{8}(T[0-9]{6}Z?)?")
WEEKDAYS: Final = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


class BrokenRule(ValueError):
    """`reason`: "syntax", "frequency", "part" (one that is not known here), "endless", "long" (not over within ten years, or
    never), "many", "none" (no occurrence).
    """

    def __init__(self, reason: str, rule: str) -> None:
        super().__init__(f"{reason}: {rule[:200]}")
        self.reason = reason
        self.rule = rule


@dataclass(frozen=True, slots=True)
class Rule:
    """`parts` without COUNT and UNTIL. One of `count` and `until` (a local day, itself included) is set."""

    parts: tuple[tuple[str, str], ...]
    count: int | None
    until: date | None

    def __str__(self) -> str:
        """As it is kept: UNTIL is a local day."""
        ends = [("COUNT", str(self.count))] if self.count else [("UNTIL", f"{self.until:%Y%m%d}")]
        return ";".join(f"{name}={value}" for name, value in [*self.parts, *ends])

    def until_day(self, day: date) -> Rule:
        """The same, but over on that day at the latest."""
        return replace(self, count=None, until=min(day, self.until) if self.until else day)

    def starts(self, first: datetime) -> list[datetime]:
        """Local starts of all occurrences, in order; the first is `first` itself (RFC 5545, 3.8.5.3).

        Raises `BrokenRule` where there are none or too many.
        """
        if self.until is not None and first.date() > self.until:
            raise BrokenRule("none", str(self))
        last = first.date() + LONGEST
        if self.until is not None and self.until > last:
            raise BrokenRule("long", str(self))
        found = [first]
        for start in self._walk(first, self.until or last):
            if len(found) == self.count:
                return found
            if start > first:
                found.append(start)
            if len(found) > MOST:
                raise BrokenRule("many", str(self))
        if self.count and len(found) < self.count:
            raise BrokenRule("long", str(self))  # also one that never comes, like the thirtieth of February
        return found

    def _walk(self, first: datetime, last: date) -> Iterator[datetime]:
        """What the rule gives from `first` up to the day `last`. It looks at each day once; `dateutil` looks for minutes, up
        to the year 9999, whatever the last day, where a rule gives nothing.
        """
        chooser = _Chooser.of(dict(self.parts), first.date())
        for days in chooser.periods(first.date(), last):
            for day in chooser.chosen(days):
                start = datetime.combine(day, first.time())
                if start >= first and day <= last:
                    yield start


@dataclass(frozen=True, slots=True)
class _Chooser:
    """Which days of a period (a day, a week, a month, a year) a rule chooses. An empty set chooses all.

    `numbered`: the second Tuesday is (2, 1), the last Friday (-1, 4); of a month, or where `of_year` of a year.
    """

    frequency: str
    every: int
    week_start: int
    months: frozenset[int]
    month_days: frozenset[int]
    weekdays: frozenset[int]
    numbered: frozenset[tuple[int, int]]
    of_year: bool
    positions: frozenset[int]

    @classmethod
    def of(cls, parts: dict[str, str], first: date) -> _Chooser:
        """What a rule does not say, its first day does (RFC 5545, 3.3.10)."""
        frequency = parts["FREQ"]

        def numbers(name: str) -> frozenset[int]:
            return frozenset(int(text) for text in parts[name].split(",")) if name in parts else frozenset()

        named = [(text[:-2], WEEKDAYS.index(text[-2:])) for text in parts.get("BYDAY", "").split(",") if text]
        months, month_days = numbers("BYMONTH"), numbers("BYMONTHDAY")
        weekdays = frozenset(day for number, day in named if not number)
        of_year = frequency == "YEARLY" and not months
        if not named and not month_days:
            if frequency == "WEEKLY":
                weekdays = frozenset({first.weekday()})
            elif frequency in ("MONTHLY", "YEARLY"):
                month_days = frozenset({first.day})
                months = months or (frozenset({first.month}) if frequency == "YEARLY" else months)
        return cls(
            frequency,
            int(parts.get("INTERVAL", "1")),
            WEEKDAYS.index(parts.get("WKST", "MO")),
            months,
            month_days,
            weekdays,
            frozenset((int(number), day) for number, day in named if number),
            of_year,
            numbers("BYSETPOS"),
        )

    def periods(self, first: date, last: date) -> Iterator[Sequence[date]]:
        """The days of each period that counts, from the one of `first` to that of `last`."""
        if self.frequency in ("DAILY", "WEEKLY"):
            length = 7 if self.frequency == "WEEKLY" else 1
            begins = first - timedelta(days=(first.weekday() - self.week_start) % 7 if length == 7 else 0)
            while begins <= last:
                yield [begins + timedelta(days=number) for number in range(length)]
                begins += timedelta(days=length * self.every)
        else:
            length = 12 if self.frequency == "YEARLY" else 1
            month = first.year * 12 + (0 if length == 12 else first.month - 1)
            while (begins := _month(month)) <= last:
                ends = _month(month + length)
                yield [begins + timedelta(days=number) for number in range((ends - begins).days)]
                month += length * self.every

    def chosen(self, days: Sequence[date]) -> list[date]:
        """In order."""
        found = [day for day in days if self._fits(day)]
        if not self.positions:
            return found
        places = {place - 1 if place > 0 else len(found) + place for place in self.positions}
        return [found[place] for place in sorted(places) if 0 <= place < len(found)]

    def _fits(self, day: date) -> bool:
        if self.months and day.month not in self.months:
            return False
        if self.month_days and not {day.day, day.day - _length(day) - 1} & self.month_days:
            return False
        if not self.weekdays and not self.numbered:
            return True
        return day.weekday() in self.weekdays or bool(self.numbered and self._numbers(day) & self.numbered)

    def _numbers(self, day: date) -> set[tuple[int, int]]:
        """Which one of its weekday it is, counted from the beginning and from the end."""
        place, length = day.day, _length(day)
        if self.of_year:
            place, length = day.timetuple().tm_yday, 366 if isleap(day.year) else 365
        return {((place - 1) // 7 + 1, day.weekday()), (-((length - place) // 7 + 1), day.weekday())}


def _month(number: int) -> date:
    """The first day of a month, counted from the year 0."""
    return date(number // 12, number % 12 + 1, 1)


def _length(day: date) -> int:
    return monthrange(day.year, day.month)[1]


def parse_rule(text: str) -> Rule:
    """A rule as calendars write it, with or without "RRULE:". UNTIL may be a day or a moment: its day counts.

    Raises `BrokenRule`.
    """
    body = text.strip().upper().removeprefix("RRULE:")
    found: dict[str, str] = {}
    for piece in body.split(";"):
        name, mark, value = piece.partition("=")
        if not mark or not value or name in found:
            raise BrokenRule("syntax", text)
        found[name] = value
    if set(found) - set(PARTS):
        raise BrokenRule("part", text)
    if found.get("FREQ") not in FREQUENCIES:
        raise BrokenRule("frequency", text)
    if "BYSETPOS" in found and found["FREQ"] in ("DAILY", "WEEKLY"):
        raise BrokenRule("part", text)  # programs do not agree on what it means in the first week
    count, until = found.pop("COUNT", None), found.pop("UNTIL", None)
    if (count is None) == (until is None):
        raise BrokenRule("endless" if count is None else "syntax", text)
    found.setdefault("WKST", "MO")
    for name, (low, high) in LIMITS.items():
        if not all(_within(number, low, high) for number in found.get(name, str(high)).split(",")):
            raise BrokenRule("syntax", text)
    if "," in found.get("INTERVAL", "") or found["WKST"] not in WEEKDAYS:
        raise BrokenRule("syntax", text)
    if not all(_is_weekday(day, found["FREQ"]) for day in found.get("BYDAY", "MO").split(",")):
        raise BrokenRule("syntax", text)
    if found["FREQ"] in ("DAILY", "WEEKLY") and any(
        day not in WEEKDAYS for day in found.get("BYDAY", "MO").split(",")
    ):
        raise BrokenRule("syntax", text)  # the second Tuesday is one of a month
    return Rule(
        tuple((name, found[name]) for name in PARTS if name in found),
        _count(count, text) if count else None,
        _day(until, text) if until else None,
    )


def _is_weekday(text: str, frequency: str) -> bool:
    """A day of the week, perhaps the second of a month, or the last but one ("2TU", "-1FR"); of a year there are 53."""
    most = 53 if frequency == "YEARLY" else 5
    return text[-2:] in WEEKDAYS and (len(text) == 2 or _within(text[:-2], -most, most))


def _within(text: str, low: int, high: int) -> bool:
    """A whole number between both, and not zero."""
    digits = text.removeprefix("+").removeprefix("-")
    return (
        digits.isascii()
        and digits.isdecimal()
        and len(digits) < 5
        and low <= int(text) <= high
        and int(text) != 0
    )


def _count(text: str, rule: str) -> int:
    if not text.isascii() or not text.isdecimal() or int(text[:9]) < 1:
        raise BrokenRule("syntax", rule)
    if int(text[:9]) > MOST or len(text) > 9:
        raise BrokenRule("many", rule)
    return int(text)


def _day(text: str, rule: str) -> date:
    if not MOMENT.fullmatch(text):
        raise BrokenRule("syntax", rule)
    try:
        return datetime.strptime(text[:8], "%Y%m%d").date()  # noqa: DTZ007 - a day has no zone
    except ValueError as error:
        raise BrokenRule("syntax", rule) from error


def weekly(first: datetime, *, until: date, every: int = 1, days: Iterable[int] = ()) -> Rule:
    """Every week, or every so many, until a day; on these days (0 is Monday), or on that of `first`."""
    chosen = sorted({*days} or {first.weekday()})
    parts = [("FREQ", "WEEKLY")]
    if every > 1:
        parts.append(("INTERVAL", str(every)))
    parts += [("BYDAY", ",".join(WEEKDAYS[day] for day in chosen)), ("WKST", "MO")]
    return Rule(tuple(parts), None, until)
