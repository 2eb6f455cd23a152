"""The feasts of the kingdom, in three languages under one code."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fondouk.lib import calendars
from fondouk.lib.calendars import Feast, feasts, is_weekend, week_start

LANGUAGES = ("fr", "ar", "en")


def by_code(year: int, language: str) -> dict[str, Feast]:
    return {feast.code: feast for feast in feasts(year, language)}


def test_the_feasts_of_2026() -> None:
    assert [(feast.date.strftime("%m-%d"), feast.code) for feast in feasts(2026, "en")] == [
        ("01-01", "new_year"),
        ("01-11", "independence_manifesto"),
        ("01-14", "amazigh_new_year"),
        ("03-20", "eid_al_fitr"),
        ("03-21", "eid_al_fitr_2"),
        ("05-01", "labour_day"),
        ("05-27", "eid_al_adha"),
        ("05-28", "eid_al_adha_2"),
        ("06-16", "islamic_new_year"),
        ("07-30", "throne_day"),
        ("08-14", "oued_ed_dahab"),
        ("08-20", "king_and_people_revolution"),
        ("08-21", "youth_day"),
        ("08-25", "prophets_birthday"),
        ("08-26", "prophets_birthday_2"),
        ("10-31", "unity_day"),
        ("11-06", "green_march"),
        ("11-18", "independence_day"),
    ]


def test_names_follow_the_reader() -> None:
    assert [by_code(2026, language)["throne_day"].name for language in LANGUAGES] == [
        "Fête du Trône",
        "عيد العرش",
        "Throne Day",
    ]
    assert [by_code(2026, language)["eid_al_adha_2"].name for language in LANGUAGES] == [
        "Fête du sacrifice (2e jour)",
        "عيد الأضحى (اليوم 2)",
        "Eid al-Adha (day 2)",
    ]


def test_the_moon_decides_four_feasts() -> None:
    moving = {feast.code.removesuffix("_2") for feast in feasts(2026, "fr") if feast.is_moon_sighted}
    assert moving == {"eid_al_fitr", "eid_al_adha", "islamic_new_year", "prophets_birthday"}


def test_no_name_says_that_it_is_an_estimate() -> None:
    for language in LANGUAGES:
        assert not [
            feast for feast in feasts(2027, language) if "estim" in feast.name or "تقديري" in feast.name
        ]


def test_a_feast_may_fall_twice_in_a_year() -> None:
    found = by_code(2033, "fr")
    assert found["eid_al_fitr"].date < found["eid_al_fitr_late"].date
    assert found["eid_al_fitr_late_2"].date == found["eid_al_fitr_late"].date + timedelta(days=1)


@pytest.mark.parametrize("year", range(2015, 2060))
def test_codes_and_dates_are_the_same_in_every_language(year: int) -> None:
    french, arabic, english = ([(f.date, f.code) for f in feasts(year, language)] for language in LANGUAGES)
    assert french == arabic == english
    assert len({code for _, code in french}) == len(french)
    assert french == sorted(french)


@pytest.mark.parametrize("year", range(2015, 2060))
def test_every_feast_has_an_arabic_name(year: int) -> None:
    assert not [feast for feast in feasts(year, "ar") if feast.name.isascii()]


def test_a_feast_of_the_future_gets_a_slug(monkeypatch: pytest.MonkeyPatch) -> None:
    table = {date(2090, 7, 5): ["Craftsmen's Day"]}
    monkeypatch.setattr(calendars, "_library", lambda year, language: table if year == 2090 else {})
    calendars._names.cache_clear()
    assert feasts(2090, "fr") == [Feast(date(2090, 7, 5), "craftsmens_day", "Craftsmen’s Day", False)]
    calendars._names.cache_clear()


def test_an_unknown_language_is_an_error() -> None:
    with pytest.raises(KeyError):
        feasts(2026, "zgh")


def test_the_week_begins_on_monday() -> None:
    assert week_start(date(2026, 11, 29)) == week_start(date(2026, 11, 23)) == date(2026, 11, 23)


def week(start: date) -> Iterator[date]:
    return (start + timedelta(days=i) for i in range(7))


@given(st.dates(date(1950, 1, 1), date(2090, 1, 1)))
def test_saturday_and_sunday_end_the_week(day: date) -> None:
    assert [is_weekend(each) for each in week(week_start(day))] == [False] * 5 + [True] * 2
    assert day in set(week(week_start(day)))
