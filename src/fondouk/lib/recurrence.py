"""Recurrence rules of RFC 5545 (3.3.10), on the clock of the wall: naive local times in, naive local times out.

A rule here always ends, by COUNT or UNTIL, and stays within `MOST` occurrences: a calendar that promises a room for ever
promises nothing. What a room cannot repeat (every second, every minute, every hour) is refused.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Final

from dateutil.rrule import rrulestr

MOST: Final = 1_500
LONGEST: Final = timedelta(days=3653)
FREQUENCIES: Final = ("DAILY", "WEEKLY", "MONTHLY", "YEARLY")
PARTS: Final = ("FREQ", "INTERVAL", "BYDAY", "BYMONTHDAY", "BYMONTH", "BYSETPOS", "WKST", "COUNT", "UNTIL")
"""In the order in which a rule is written; others are refused."""
LIMITS: Final = {"INTERVAL": (1, 1000), "BYMONTHDAY": (-31, 31), "BYMONTH": (1, 12), "BYSETPOS": (-366, 366)}
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
        """What the rule gives up to the day `last`: without a last day, `dateutil` looks as far as the year 9999."""
        text = ";".join(f"{name}={value}" for name, value in self.parts)
        until = datetime.combine(last, time.max)
        return iter(rrulestr(f"{text};UNTIL={until:%Y%m%dT%H%M%S}", dtstart=first))


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
    count, until = found.pop("COUNT", None), found.pop("UNTIL", None)
    if (count is None) == (until is None):
        raise BrokenRule("endless" if count is None else "syntax", text)
    found.setdefault("WKST", "MO")
    for name, (low, high) in LIMITS.items():
        if not all(_within(number, low, high) for number in found.get(name, str(high)).split(",")):
            raise BrokenRule("syntax", text)
    if not all(_is_weekday(day, found["FREQ"]) for day in found.get("BYDAY", "MO").split(",")):
        raise BrokenRule("syntax", text)
    if found["FREQ"] in ("DAILY", "WEEKLY") and any(
        day not in WEEKDAYS for day in found.get("BYDAY", "MO").split(",")
    ):
        raise BrokenRule("syntax", text)  # the second Tuesday is one of a month
    rule = Rule(
        tuple((name, found[name]) for name in PARTS if name in found),
        _count(count, text) if count else None,
        _day(until, text) if until else None,
    )
    try:
        rrulestr(";".join(f"{name}={value}" for name, value in rule.parts), dtstart=datetime(2026, 1, 1))  # noqa: DTZ001
    except (ValueError, TypeError, KeyError, AttributeError, IndexError) as error:
        raise BrokenRule("syntax", text) from error
    return rule


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
