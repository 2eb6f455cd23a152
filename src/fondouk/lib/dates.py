"""Dates as people type them, day first, in French, Arabic and English; and as spreadsheets store them."""

import math
import re
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Final, Literal

from fondouk.lib.text import fold

Precision = Literal["day", "month", "year"]
Reason = Literal["format", "calendar", "range"]

FIRST_YEAR: Final = 1900
LAST_YEAR: Final = 2100
# A year of two digits: 00-49 is this century, 50-99 the last one.
PIVOT: Final = 50
# Days since 1899-12-30 that can be meant as a date: 1927-05-18 to 2100-12-31. Below are years and counts.
_SERIALS: Final = range(10_000, 73_416)
_SERIAL_ZERO: Final = date(1899, 12, 30)

_MONTHS: Final = (
    "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "january february march april may june july august september october november december",
)
_ARABIC_MONTHS: Final = (
    "يناير فبراير مارس أبريل ماي يونيو يوليوز غشت شتنبر أكتوبر نونبر دجنبر",  # Morocco
    "يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر",
)

_CLOCK: Final = r"(?:[t ,]+(?:a )?\d{1,2}[:h]\d{2}(?::\d{2}(?:\.\d+)?)?(?:z|[+-]\d{2}:?\d{2})?)?"
_YEAR_FIRST: Final = re.compile(rf"(\d{{4}})([-/.])(\d{{1,2}})\2(\d{{1,2}}){_CLOCK}")
_COMPACT: Final = re.compile(r"(\d{4})(\d{2})(\d{2})")
_DAY_FIRST: Final = re.compile(rf"(\d{{1,2}})\s*([-/. ])\s*(\d{{1,2}})\s*\2\s*(\d{{4}}|\d{{2}}){_CLOCK}")
_WEEKDAY: Final = r"(?:[^\W\d]+[,،.]?\s+)?"
_NAMED: Final = re.compile(
    rf"{_WEEKDAY}(\d{{1,2}})(?:er|re|st|nd|rd|th|e)?[\s./-]*(?:de |of )?([^\W\d]+)"
    rf"[\s.,،/-]*(?:de )?(\d{{4}}|\d{{2}}){_CLOCK}"
)
_NAME_FIRST: Final = re.compile(
    rf"{_WEEKDAY}([^\W\d]+)\.?\s+(\d{{1,2}})(?:st|nd|rd|th)?(?:\s*,\s*|\s+)(\d{{4}}){_CLOCK}"
)
_MONTH_YEAR: Final = re.compile(r"(\d{1,2})\s*[-/.]\s*(\d{4})")
_YEAR_MONTH: Final = re.compile(r"(\d{4})\s*[-/]\s*(\d{1,2})")
_NAMED_MONTH: Final = re.compile(r"([^\W\d]+)[\s./-]+(\d{4})")


class UnreadableDate(ValueError):
    """`reason`: "format" (no date in it), "calendar" (no such day, as 31/02), "range" (outside 1900-2100)."""

    def __init__(self, value: object, reason: Reason) -> None:
        self.value = value
        self.reason: Reason = reason
        super().__init__(f"{value!r}: {reason}")


@lru_cache(maxsize=1)
def _exact_months() -> dict[str, int]:
    rows = (*_MONTHS, *_ARABIC_MONTHS)
    return {fold(name): number for row in rows for number, name in enumerate(row.split(), start=1)}


def _month_number(name: str, value: object) -> int:
    """A month by its name, or by three letters or more that fit one month only ("jui" fits two)."""
    months = _exact_months()
    if name in months:
        return months[name]
    found = (
        {n for full, n in months.items() if full.isascii() and full.startswith(name)}
        if len(name) >= 3
        else set()
    )
    if name == "sept":
        return 9
    if len(found) != 1:
        raise UnreadableDate(value, "format")
    return found.pop()


def _date(year: int, month: int, day: int, value: object) -> date:
    try:
        found = date(year, month, day)
    except ValueError as error:
        raise UnreadableDate(value, "calendar") from error
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise UnreadableDate(value, "range")
    return found


def _full_year(digits: str) -> int:
    year = int(digits)
    if len(digits) == 4:
        return year
    return year + (2000 if year < PIVOT else 1900)


def _from_serial(value: float) -> date:
    if not math.isfinite(value) or int(value) not in _SERIALS:
        raise UnreadableDate(value, "range")
    return _SERIAL_ZERO + timedelta(days=int(value))


def parse_date(value: object) -> date:
    """A day. The day comes before the month always: 3/11/2026 is 3 November, 12/13/2024 is refused, never
    turned round.

    Text: 01/12/2024, 18-12-19, 2024-12-01, 20241201, "1er janv. 2024", "12-déc-24", "1 دجنبر 2024",
    "December 1, 2024", each with an optional time of day, which is dropped. Dates pass; datetimes give the
    day that they show. Numbers are days of the 1900 system. Raises `UnreadableDate`.
    """
    if isinstance(value, datetime):
        return _date(value.year, value.month, value.day, value)
    if isinstance(value, date):
        return _date(value.year, value.month, value.day, value)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _from_serial(value)
    if not isinstance(value, str):
        raise UnreadableDate(value, "format")
    text = fold(value).replace("\u2010", "-").replace("\u2013", "-").strip(" .,،")

    if found := _YEAR_FIRST.fullmatch(text):
        return _date(int(found[1]), int(found[3]), int(found[4]), value)
    if found := _COMPACT.fullmatch(text):
        return _date(int(found[1]), int(found[2]), int(found[3]), value)
    if found := _DAY_FIRST.fullmatch(text):
        return _date(_full_year(found[4]), int(found[3]), int(found[1]), value)
    if found := _NAMED.fullmatch(text):
        return _date(_full_year(found[3]), _month_number(found[2], value), int(found[1]), value)
    if found := _NAME_FIRST.fullmatch(text):
        return _date(int(found[3]), _month_number(found[1], value), int(found[2]), value)
    raise UnreadableDate(value, "format")


def parse_year(value: object) -> int:
    """A year from 1900 to 2100: 2001, 2001.0, "2001", "2001.0", or the year of a date object. Raises
    `UnreadableDate`.
    """
    if isinstance(value, date):
        return _date(value.year, 1, 1, value).year
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, bool) or not isinstance(value, int | str):
        raise UnreadableDate(value, "format")
    found = re.fullmatch(r"(\d{4})(?:[.,]0)?", fold(str(value)))
    if not found:
        raise UnreadableDate(value, "format")
    return _date(int(found[1]), 1, 1, value).year


def parse_date_or_year(value: object) -> tuple[date, Precision]:
    """A day, a month (03/2012, 2012-03, "mars 2012") or a year (2001), as its first day and how much of it
    was said.
    """
    try:
        return parse_date(value), "day"
    except UnreadableDate as error:
        refused = error
    if not isinstance(value, date):
        try:
            return date(parse_year(value), 1, 1), "year"
        except UnreadableDate as error:
            if error.reason == "range":
                raise
    if isinstance(value, str):
        text = fold(value).strip(" .,،")
        if found := _MONTH_YEAR.fullmatch(text):
            return _date(int(found[2]), int(found[1]), 1, value), "month"
        if found := _YEAR_MONTH.fullmatch(text):
            return _date(int(found[1]), int(found[2]), 1, value), "month"
        if found := _NAMED_MONTH.fullmatch(text):
            return _date(int(found[2]), _month_number(found[1], value), 1, value), "month"
    raise refused
