"""Dates, numbers and money as people in Morocco read them, in "fr", "ar" and "en". An unknown language is a
KeyError.

Babel's data (CLDR) does the work. Written by hand, with the reason:
- French month names are abbreviated as in France: `fr_MA` shortens juin to "jui.", which could be juillet.
- The first of a month is "1er" in French.
- English dates put the day first: 3/11 must not mean March to one reader and November to another.
- Arabic minus signs carry a direction mark, or they hop to the other end of the number.
- Dirhams are "DH" and "درهم", as on every bill here.
- The clock has 24 hours in all three.
"""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import Final, Literal

from babel import Locale, dates, numbers

from fondouk.lib.money import Money, minor_unit, round_half_up

DateStyle = Literal["short", "medium", "long", "full", "month_year", "day_month", "weekday", "weekday_short"]
Number = int | float | Decimal

NBSP: Final = "\u00a0"
_LRM: Final = "\u200e"
_RLM: Final = "\u200f"

_LOCALES: Final = {"fr": Locale("fr", "MA"), "ar": Locale("ar", "MA"), "en": Locale("en")}
_DATE_LOCALES: Final = {**_LOCALES, "fr": Locale("fr")}
_PATTERNS: Final[dict[str, dict[str, str]]] = {
    "fr": {
        "short": "dd/MM/y",
        "medium": "{day} MMM y",
        "long": "{day} MMMM y",
        "full": "EEEE {day} MMMM y",
        "day_month": "{day} MMMM",
    },
    "ar": {
        "short": f"dd{_RLM}/MM{_RLM}/y",
        "medium": "{day} MMM y",
        "long": "{day} MMMM y",
        "full": "EEEE، {day} MMMM y",
        "day_month": "{day} MMMM",
    },
    "en": {
        "short": "dd/MM/y",
        "medium": "{day} MMM y",
        "long": "{day} MMMM y",
        "full": "EEEE {day} MMMM y",
        "day_month": "{day} MMMM",
    },
}
_COMMON_PATTERNS: Final = {"month_year": "LLLL y", "weekday": "cccc", "weekday_short": "ccc"}

_DIRHAM: Final = {"fr": "DH", "ar": "درهم", "en": "MAD"}
_SQUARE_METRE: Final = {"fr": "m²", "ar": "م²", "en": "m²"}
_COMMA: Final = {"fr": ", ", "ar": "، ", "en": ", "}
_BYTES: Final = {
    "fr": ("o", "ko", "Mo", "Go", "To"),
    "ar": ("بايت", "كيلوبايت", "ميغابايت", "غيغابايت", "تيرابايت"),
    "en": ("B", "kB", "MB", "GB", "TB"),
}
_NOW: Final = {"fr": "à l’instant", "ar": "الآن", "en": "just now"}


def format_date(day: date, language: str, style: DateStyle = "medium") -> str:
    """A date, or the date that a datetime shows (convert it to the local zone first)."""
    return _written(day.date() if isinstance(day, datetime) else day, language, style)


@lru_cache(4096)
def _written(day: date, language: str, style: DateStyle) -> str:
    pattern = _COMMON_PATTERNS.get(style) or _PATTERNS[language][style]
    number = "d'er'" if language == "fr" and day.day == 1 else "d"
    return dates.format_date(day, pattern.replace("{day}", number), locale=_DATE_LOCALES[language])


def format_time(moment: time | datetime, language: str) -> str:
    """Hours and minutes as the clock shows them; no zone is converted."""
    clock = moment.time() if isinstance(moment, datetime) else moment
    return dates.format_time(clock.replace(tzinfo=None), "HH:mm", locale=_LOCALES[language])


def format_moment(moment: datetime, language: str) -> str:
    """Day and clock as the moment shows them: "12 mai 2026, 15:00". No zone is converted."""
    return f"{format_date(moment, language)}{_COMMA[language]}{format_time(moment, language)}"


def _decimal(value: Number) -> Decimal:
    return Decimal(repr(value)) if isinstance(value, float) else Decimal(value)


def _places(number: Decimal) -> int:
    """How many decimals it has, idle zeros apart."""
    return max(0, -int(number.normalize().as_tuple().exponent))


def _signed(text: str, language: str) -> str:
    return text.replace("-", f"{_LRM}-") if language == "ar" else text


@lru_cache(4096)
def format_number(value: Number, language: str, decimals: int | None = None) -> str:
    """Grouped; rounded half up to exactly so many decimals, or as many as it has."""
    number = _decimal(value)
    places = _places(number) if decimals is None else decimals
    number = round_half_up(number, Decimal(1).scaleb(-places))
    pattern = "#,##0" + ("." + "0" * places if places else "")
    return _signed(
        numbers.format_decimal(number or abs(number), pattern, locale=_LOCALES[language]), language
    )


def format_percent(ratio: Number, language: str, decimals: int = 0) -> str:
    """A ratio as a percentage: 0.2 is 20 %."""
    text = format_number(_decimal(ratio) * 100, language, decimals)
    return f"{text}{NBSP}%" if language == "fr" else f"{text}%"


def format_money(money: Money, language: str, *, cents: bool = True) -> str:
    """As in "1 656,00 DH", "1.656,00 درهم", "MAD 1,656.00"; without `cents`, rounded to the whole unit.

    Other currencies show their code. No line breaks between number and currency.
    """
    places = _places(minor_unit(money.currency)) if cents else 0
    number = format_number(money.amount, language, places)
    unit = _DIRHAM[language] if money.currency == "MAD" else money.currency
    return f"{unit}{NBSP}{number}" if language == "en" else f"{number}{NBSP}{unit}"


def format_area(square_metres: Number, language: str) -> str:
    """Up to two decimals, none of them idle."""
    number = round_half_up(_decimal(square_metres), Decimal("0.01"))
    return f"{format_number(number, language)}{NBSP}{_SQUARE_METRE[language]}"


def format_comma(language: str) -> str:
    """What stands between two things in a line."""
    return _COMMA[language]


def format_list(things: Iterable[object], language: str) -> str:
    """Several things in a line, with the comma of the language and no "and"."""
    return _COMMA[language].join(str(thing) for thing in things)


def format_bytes(size: int, language: str) -> str:
    """In powers of 1000; one decimal below ten units."""
    value, step = Decimal(size), 0
    while step < len(_BYTES[language]) - 1 and round_half_up(value, Decimal(1)) >= 1000:
        value, step = value / 1000, step + 1
    value = round_half_up(value, Decimal("0.1"))
    decimals = 1 if value < 10 and value != value.to_integral_value() else 0
    return f"{format_number(value, language, decimals)}{NBSP}{_BYTES[language][step]}"


def format_relative(delta: timedelta, language: str) -> str:
    """How far a moment is from now, as `moment - now`: negative is past ("il y a 4 min"), positive to come
    ("dans 4 min").
    """
    if abs(delta) < timedelta(minutes=1):
        return _NOW[language]
    # Short forms only within the day: beyond, CLDR's French would read "1 j" and "1 m.".
    length: Literal["short", "long"] = "short" if abs(delta) < timedelta(days=1) else "long"
    return dates.format_timedelta(
        delta, threshold=1, add_direction=True, format=length, locale=_DATE_LOCALES[language]
    )
