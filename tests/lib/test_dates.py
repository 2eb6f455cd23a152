"""Dates as people type them: the day first, always."""

import contextlib
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fondouk.lib.dates import UnreadableDate, parse_date, parse_date_or_year, parse_year
from fondouk.lib.formats import DateStyle, format_date

MAGHREBI_MONTHS = (
    *("يناير", "فبراير", "مارس", "أبريل", "ماي", "يونيو"),
    *("يوليوز", "غشت", "شتنبر", "أكتوبر", "نونبر", "دجنبر"),
)
days = st.dates(date(1900, 1, 1), date(2100, 12, 31))


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("01/12/2024", date(2024, 12, 1)),
        ("3/11/2026", date(2026, 11, 3)),
        (" 3 / 11 / 2026 ", date(2026, 11, 3)),
        ("18-12-19", date(2019, 12, 18)),
        ("18.12.2019", date(2019, 12, 18)),
        ("2024-12-01", date(2024, 12, 1)),
        ("2024-12-01T10:00:00+01:00", date(2024, 12, 1)),
        ("01/12/2024 10:30", date(2024, 12, 1)),
        ("20241201", date(2024, 12, 1)),
        ("1 décembre 2024", date(2024, 12, 1)),
        ("1 DECEMBRE 2024", date(2024, 12, 1)),
        ("1er janv. 2024", date(2024, 1, 1)),
        ("le 3 mars 2024", date(2024, 3, 3)),
        ("mardi 1er décembre 2026", date(2026, 12, 1)),
        ("12-déc-24", date(2024, 12, 12)),
        ("21 août 2025", date(2025, 8, 21)),
        ("3 juil 2024", date(2024, 7, 3)),
        ("1 sept. 2024", date(2024, 9, 1)),
        ("December 1, 2024", date(2024, 12, 1)),
        ("1st of May 2024", date(2024, 5, 1)),
        ("٠١/١٢/٢٠٢٤", date(2024, 12, 1)),
        ("01\u200f/12\u200f/2026", date(2026, 12, 1)),
        ("الثلاثاء، 1 دجنبر 2026", date(2026, 12, 1)),
    ],
)
def test_dates_as_people_type_them(typed: str, expected: date) -> None:
    assert parse_date(typed) == expected


@pytest.mark.parametrize(
    ("number", "name"),
    list(enumerate(MAGHREBI_MONTHS, start=1)),
)
def test_the_months_of_the_maghreb(number: int, name: str) -> None:
    assert parse_date(f"٥ {name} ٢٠٢٥") == date(2025, number, 5)


@pytest.mark.parametrize(
    ("typed", "year"), [("1/1/49", 2049), ("1/1/50", 1950), ("1/1/00", 2000), ("1/1/99", 1999)]
)
def test_two_digits_turn_at_fifty(typed: str, year: int) -> None:
    assert parse_date(typed).year == year


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("12/13/2024", "calendar"),  # never turned round
        ("31/02/2024", "calendar"),
        ("0/1/2024", "calendar"),
        ("01/12/1776", "range"),
        ("3 jui 2024", "format"),  # juin or juillet
        ("3 foo 2024", "format"),
        ("45292", "format"),
        ("2024", "format"),
        ("mars 2024", "format"),
        ("1/2", "format"),
        ("", "format"),
        (None, "format"),
        (True, "format"),
        (2001, "range"),
        (float("nan"), "range"),
        (float("inf"), "range"),
        (date(1776, 7, 4), "range"),
    ],
)
def test_what_is_no_date_is_refused_with_a_reason(typed: object, reason: str) -> None:
    with pytest.raises(UnreadableDate) as caught:
        parse_date(typed)
    assert (repr(caught.value.value), caught.value.reason) == (repr(typed), reason)


def test_dates_and_datetimes_pass() -> None:
    assert parse_date(date(2024, 12, 1)) == date(2024, 12, 1)
    late = datetime(2024, 12, 1, 23, 30, tzinfo=UTC)
    assert parse_date(late) == date(2024, 12, 1)
    assert type(parse_date(late)) is date


@pytest.mark.parametrize(("serial", "expected"), [(45292, date(2024, 1, 1)), (45627.75, date(2024, 12, 1))])
def test_numbers_of_a_spreadsheet(serial: float, expected: date) -> None:
    assert parse_date(serial) == expected


@pytest.mark.parametrize("value", [2001, 2001.0, "2001", "2001.0", "٢٠٠١", date(2001, 5, 5)])
def test_a_year(value: object) -> None:
    assert parse_year(value) == 2001


@pytest.mark.parametrize("value", [1899, 2101, 2001.5, "20", "deux mille", None, True, 45292])
def test_what_is_no_year_is_refused(value: object) -> None:
    with pytest.raises(UnreadableDate):
        parse_year(value)


@pytest.mark.parametrize(
    ("value", "expected", "precision"),
    [
        ("2001", date(2001, 1, 1), "year"),
        (2001, date(2001, 1, 1), "year"),
        (2001.0, date(2001, 1, 1), "year"),
        ("03/2012", date(2012, 3, 1), "month"),
        ("2012-03", date(2012, 3, 1), "month"),
        ("mars 2012", date(2012, 3, 1), "month"),
        ("Sept. 2012", date(2012, 9, 1), "month"),
        ("ماي 2012", date(2012, 5, 1), "month"),
        ("1/3/2012", date(2012, 3, 1), "day"),
        (45292, date(2024, 1, 1), "day"),
        (date(2012, 3, 1), date(2012, 3, 1), "day"),
    ],
)
def test_as_much_of_a_date_as_was_said(value: object, expected: date, precision: str) -> None:
    assert parse_date_or_year(value) == (expected, precision)


@pytest.mark.parametrize(("value", "reason"), [("13/2012", "calendar"), ("1776", "range"), ("x", "format")])
def test_less_than_a_year_is_refused(value: str, reason: str) -> None:
    with pytest.raises(UnreadableDate) as caught:
        parse_date_or_year(value)
    assert caught.value.reason == reason


@given(days, st.sampled_from(["fr", "ar", "en"]), st.sampled_from(["short", "medium", "long", "full"]))
def test_formatted_dates_are_read_back(day: date, language: str, style: DateStyle) -> None:
    assert parse_date(format_date(day, language, style)) == day


@given(days, st.sampled_from(["fr", "ar", "en"]))
def test_formatted_months_are_read_back(day: date, language: str) -> None:
    assert parse_date_or_year(format_date(day, language, "month_year")) == (day.replace(day=1), "month")


@given(st.dates(date(1930, 1, 1), date(2100, 12, 31)))
def test_a_spreadsheet_gives_the_day_back(day: date) -> None:
    assert parse_date((day - date(1899, 12, 30)) // timedelta(days=1)) == day


@given(st.text())
def test_any_text_is_a_date_or_unreadable(text: str) -> None:
    with contextlib.suppress(UnreadableDate):
        parse_date_or_year(text)
