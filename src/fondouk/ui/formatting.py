"""The filters' bridge to `fondouk.lib.formats`: values as models give them, in the language of the page."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.translation import get_language

from fondouk.lib import formats
from fondouk.lib.money import Money

RECENT = timedelta(days=7)


def local(value: Any) -> Any:
    """A moment on the hub's clock; a date or a clock time as it is."""
    if isinstance(value, datetime) and timezone.is_aware(value):
        return timezone.localtime(value)
    return value


def day_in(style: formats.DateStyle) -> Callable[[date, str], str]:
    return lambda value, language: formats.format_date(local(value), language, style)


def clock(value: time | datetime, language: str) -> str:
    return formats.format_time(local(value), language)


def moment(value: datetime, language: str) -> str:
    """Day and clock; a date alone stays a date."""
    if not isinstance(value, datetime):
        return formats.format_date(value, language, "medium")
    return formats.format_moment(local(value), language)


def ago(value: datetime, language: str) -> str:
    """How long ago, or in how long; beyond a week, the day."""
    if not isinstance(value, datetime):
        return formats.format_date(value, language, "medium")
    delta = value - (timezone.now() if timezone.is_aware(value) else datetime.now())  # noqa: DTZ005
    return formats.format_relative(delta, language) if abs(delta) < RECENT else moment_day(value, language)


def listed(things: Iterable[object]) -> str:
    """In the language of the page, for what Python writes (a file, a sentence)."""
    return formats.format_list(things, (get_language() or "fr")[:2])


def moment_day(value: datetime, language: str) -> str:
    return formats.format_date(local(value), language, "medium")


def as_money(value: Any) -> Money:
    """An amount without a currency is in dirhams."""
    return value if isinstance(value, Money) else Money(Decimal(str(value)), "MAD")


def money(value: Any, language: str) -> str:
    return formats.format_money(as_money(value), language, cents=False)


def money_cents(value: Any, language: str) -> str:
    return formats.format_money(as_money(value), language, cents=True)


def price(value: Any, language: str) -> str:
    """A price of a unit: two decimals at least, as many more as it has."""
    exact = Decimal(str(value)).normalize()
    return formats.format_number(exact, language, max(2, -int(exact.as_tuple().exponent)))


def rate(value: Any, language: str) -> str:
    """A number of per cent, as of a tax: as many decimals as it has."""
    exact = Decimal(str(value)).normalize()
    return formats.format_percent(exact / 100, language, max(0, -int(exact.as_tuple().exponent)))


def days(period: Any, language: str) -> str:
    """A range of days, from one on and before another: its first and last day."""
    first = formats.format_date(period.lower, language)
    last = formats.format_date(period.upper - timedelta(days=1), language) if period.upper else ""
    return first if first == last else f"{first} – {last}".rstrip()


def number(value: Any, language: str, decimals: int | None = None) -> str:
    """A number; text that is no number is left as it is."""
    try:
        exact = value if isinstance(value, int | float | Decimal) else Decimal(str(value))
        return formats.format_number(exact, language, decimals)
    except ArithmeticError:
        return str(value)


FILTERS: dict[str, Callable[..., str]] = {
    "day": day_in("medium"),
    "day_short": day_in("short"),
    "day_long": day_in("full"),
    "day_month": day_in("day_month"),
    "weekday_short": day_in("weekday_short"),
    "month": day_in("month_year"),
    "clock": clock,
    "moment": moment,
    "ago": ago,
    "number": number,
    "percent": formats.format_percent,
    "money": money,
    "money_cents": money_cents,
    "price": price,
    "rate": rate,
    "days": days,
    "area": formats.format_area,
    "listed": formats.format_list,
    "filesize": formats.format_bytes,
}
