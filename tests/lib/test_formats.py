"""Dates, numbers and money as readers in Morocco expect them."""

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fondouk.lib.formats import (
    DateStyle,
    Number,
    format_area,
    format_bytes,
    format_date,
    format_money,
    format_number,
    format_percent,
    format_relative,
    format_time,
)
from fondouk.lib.money import Money

NBSP, NARROW, LRM, RLM = "\u00a0", "\u202f", "\u200e", "\u200f"
FIRST = date(2026, 12, 1)
MONTHS = {
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "ar": "يناير فبراير مارس أبريل ماي يونيو يوليوز غشت شتنبر أكتوبر نونبر دجنبر",
    "en": "January February March April May June July August September October November December",
}


@pytest.mark.parametrize(
    ("style", "french", "arabic", "english"),
    [
        ("short", "01/12/2026", f"01{RLM}/12{RLM}/2026", "01/12/2026"),
        ("medium", "1er déc. 2026", "1 دجنبر 2026", "1 Dec 2026"),
        ("long", "1er décembre 2026", "1 دجنبر 2026", "1 December 2026"),
        ("full", "mardi 1er décembre 2026", "الثلاثاء، 1 دجنبر 2026", "Tuesday 1 December 2026"),
        ("month_year", "décembre 2026", "دجنبر 2026", "December 2026"),
        ("day_month", "1er décembre", "1 دجنبر", "1 December"),
        ("weekday", "mardi", "الثلاثاء", "Tuesday"),
        ("weekday_short", "mar.", "الثلاثاء", "Tue"),
    ],
)
def test_dates(style: DateStyle, french: str, arabic: str, english: str) -> None:
    assert [format_date(FIRST, language, style) for language in ("fr", "ar", "en")] == [
        french,
        arabic,
        english,
    ]


@pytest.mark.parametrize("language", ["fr", "ar", "en"])
def test_month_names(language: str) -> None:
    names = [format_date(date(2026, month, 2), language, "day_month") for month in range(1, 13)]
    assert names == [f"2 {name}" for name in MONTHS[language].split()]


def test_june_and_july_are_told_apart_in_french() -> None:
    assert [format_date(date(2026, month, 2), "fr") for month in (6, 7)] == ["2 juin 2026", "2 juil. 2026"]


@pytest.mark.parametrize("language", ["fr", "ar", "en"])
def test_the_clock_has_twenty_four_hours(language: str) -> None:
    assert format_time(time(9, 5), language) == "09:05"
    assert format_time(datetime(2026, 12, 1, 18, 30, tzinfo=UTC), language) == "18:30"


@pytest.mark.parametrize(
    ("value", "decimals", "french", "arabic", "english"),
    [
        (1234567, None, f"1{NARROW}234{NARROW}567", "1.234.567", "1,234,567"),
        (Decimal("1234.50"), None, f"1{NARROW}234,5", "1.234,5", "1,234.5"),
        (Decimal("1234.5"), 2, f"1{NARROW}234,50", "1.234,50", "1,234.50"),
        (0.1, None, "0,1", "0,1", "0.1"),
        (Decimal("2.5"), 0, "3", "3", "3"),
        (-5, None, "-5", f"{LRM}-5", "-5"),
        (Decimal("-0.001"), 2, "0,00", "0,00", "0.00"),
        (Decimal("1E+3"), None, f"1{NARROW}000", "1.000", "1,000"),
    ],
)
def test_numbers(value: Number, decimals: int | None, french: str, arabic: str, english: str) -> None:
    assert [format_number(value, language, decimals) for language in ("fr", "ar", "en")] == [
        french,
        arabic,
        english,
    ]


def test_percentages() -> None:
    assert format_percent(Decimal("0.2"), "fr") == f"20{NBSP}%"
    assert format_percent(0.125, "ar", 1) == "12,5%"
    assert format_percent(Decimal("-0.005"), "en") == "-1%"


@pytest.mark.parametrize(
    ("amount", "currency", "cents", "french", "arabic", "english"),
    [
        ("1656", "MAD", True, f"1{NARROW}656,00{NBSP}DH", f"1.656,00{NBSP}درهم", f"MAD{NBSP}1,656.00"),
        ("184250", "MAD", False, f"184{NARROW}250{NBSP}DH", f"184.250{NBSP}درهم", f"MAD{NBSP}184,250"),
        ("-0.005", "MAD", True, f"-0,01{NBSP}DH", f"{LRM}-0,01{NBSP}درهم", f"MAD{NBSP}-0.01"),
        ("99.5", "MAD", False, f"100{NBSP}DH", f"100{NBSP}درهم", f"MAD{NBSP}100"),
        ("12.5", "EUR", True, f"12,50{NBSP}EUR", f"12,50{NBSP}EUR", f"EUR{NBSP}12.50"),
        ("1500", "JPY", True, f"1{NARROW}500{NBSP}JPY", f"1.500{NBSP}JPY", f"JPY{NBSP}1,500"),
    ],
)
def test_money(amount: str, currency: str, cents: bool, french: str, arabic: str, english: str) -> None:
    money = Money(Decimal(amount), currency)
    assert [format_money(money, language, cents=cents) for language in ("fr", "ar", "en")] == [
        french,
        arabic,
        english,
    ]


def test_areas() -> None:
    assert format_area(18, "fr") == f"18{NBSP}m²"
    assert format_area(Decimal("18.50"), "ar") == f"18,5{NBSP}م²"
    assert format_area(1200.125, "en") == f"1,200.13{NBSP}m²"


@pytest.mark.parametrize(
    ("size", "french", "arabic", "english"),
    [
        (0, "0 o", "0 بايت", "0 B"),
        (999, "999 o", "999 بايت", "999 B"),
        (1200, "1,2 ko", "1,2 كيلوبايت", "1.2 kB"),
        (999_999, "1 Mo", "1 ميغابايت", "1 MB"),
        (15_400_000, "15 Mo", "15 ميغابايت", "15 MB"),
        (2 * 10**15, f"2{NARROW}000 To", "2.000 تيرابايت", "2,000 TB"),
    ],
)
def test_sizes_of_files(size: int, french: str, arabic: str, english: str) -> None:
    texts = [format_bytes(size, language).replace(NBSP, " ") for language in ("fr", "ar", "en")]
    assert texts == [french, arabic, english]


@pytest.mark.parametrize(
    ("delta", "french", "arabic", "english"),
    [
        (timedelta(seconds=-20), "à l’instant", "الآن", "just now"),
        (timedelta(minutes=-4), "il y a 4 min", "قبل 4 دقائق", "4 min. ago"),
        (timedelta(minutes=-59), "il y a 59 min", "قبل 59 دقيقة", "59 min. ago"),
        (timedelta(hours=2), "dans 2 h", "خلال ساعتين", "in 2 hr."),
        (timedelta(days=-1), "il y a 1 jour", "قبل يوم واحد", "1 day ago"),
        (timedelta(days=60), "dans 2 mois", "خلال شهرين", "in 2 months"),
    ],
)
def test_how_long_ago(delta: timedelta, french: str, arabic: str, english: str) -> None:
    texts = [format_relative(delta, language).replace(NBSP, " ") for language in ("fr", "ar", "en")]
    assert texts == [french, arabic, english]


def test_an_unknown_language_is_an_error() -> None:
    with pytest.raises(KeyError):
        format_number(1, "zgh")


@given(st.decimals(-(10**9), 10**9, places=2), st.sampled_from(["fr", "ar", "en"]))
def test_digits_are_western_everywhere(value: Decimal, language: str) -> None:
    assert not set(format_number(value, language)) & set("٠١٢٣٤٥٦٧٨٩")
