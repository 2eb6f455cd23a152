"""Moroccan public holidays and the working week (Monday first, Saturday and Sunday off)."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Final

from holidays.countries.morocco import Morocco

_DAY: Final = timedelta(days=1)
_LIBRARY_LANGUAGE: Final = {"fr": "fr", "ar": "ar", "en": "en_US"}
_ESTIMATED: Final = re.compile(r"\s*\((?:estimated|estimé|تقديري)\)\s*")

_CODES: Final = {
    "New Year's Day": "new_year",
    "Proclamation of Independence Day": "independence_manifesto",
    "Amazigh New Year": "amazigh_new_year",
    "Labor Day": "labour_day",
    "Throne Day": "throne_day",
    "Oued Ed-Dahab Day": "oued_ed_dahab",
    "Revolution Day": "king_and_people_revolution",
    "Youth Day": "youth_day",
    "Unity Day": "unity_day",
    "Green March": "green_march",
    "Independence Day": "independence_day",
    "Eid al-Fitr": "eid_al_fitr",
    "Eid al-Adha": "eid_al_adha",
    "Islamic New Year": "islamic_new_year",
    "Prophet's Birthday": "prophets_birthday",
}
_MOON_SIGHTED: Final = frozenset({"eid_al_fitr", "eid_al_adha", "islamic_new_year", "prophets_birthday"})
_NUMBERED: Final = {"fr": "{name} ({day}e jour)", "ar": "{name} (اليوم {day})", "en": "{name} (day {day})"}


@dataclass(frozen=True, slots=True)
class Feast:
    """A public holiday. `code` is the same in every language and unique within the year.

    The second day of a feast ends in `_2`. An Islamic feast may fall twice in one year (Eid al-Fitr of
    2033): the later one bears `_late`. A moon-sighted date is an estimate until it is announced.
    """

    date: date
    code: str
    name: str
    is_moon_sighted: bool


def feasts(year: int, language: str) -> list[Feast]:
    """The public holidays of a year, in order of date and code; names in "fr", "ar" or "en"."""
    return list(_feasts(year, language))


@lru_cache(64)
def _feasts(year: int, language: str) -> tuple[Feast, ...]:
    names = _names(year, language)
    moving = _estimated(year)
    found: list[Feast] = []
    occurrences: Counter[str] = Counter()
    for day, name in _days(year):
        code = _code(name)
        number = _day_number(day, name)
        if number == 1 or not occurrences[code]:
            occurrences[code] += 1
        late = "_late" if occurrences[code] > 1 else ""
        label = names.get(name, name).replace("'", "’")  # as it is printed
        if number > 1:
            label = _NUMBERED[language].format(name=label, day=number)
        suffix = f"_{number}" if number > 1 else ""
        found.append(Feast(day, code + late + suffix, label, code in _MOON_SIGHTED or name in moving))
    return tuple(found)


def week_start(day: date) -> date:
    """The Monday of its week."""
    return day - timedelta(days=day.weekday())


def is_weekend(day: date) -> bool:
    """Saturday or Sunday."""
    return day.weekday() >= 5


def _code(english: str) -> str:
    """Our code, or a slug of a name that a later version of the library brings."""
    return _CODES.get(english) or re.sub(r"[^a-z0-9]+", "_", english.lower().replace("'", "")).strip("_")


@lru_cache(maxsize=64)
def _library(year: int, language: str) -> dict[date, list[str]]:
    table = Morocco(years=year, language=_LIBRARY_LANGUAGE[language])
    return {day: table.get_list(day) for day in sorted(table)}


def _plain(name: str) -> str:
    return _ESTIMATED.sub("", name).strip()


def _days(year: int) -> Iterator[tuple[date, str]]:
    for day, names in _library(year, "en").items():
        for name in sorted({_plain(name) for name in names}, key=_code):
            yield day, name


def _has(day: date, english: str) -> bool:
    return any(_plain(name) == english for name in _library(day.year, "en").get(day, ()))


def _day_number(day: date, english: str) -> int:
    number = 1
    while _has(day - number * _DAY, english):
        number += 1
    return number


def _estimated(year: int) -> set[str]:
    names = (name for listed in _library(year, "en").values() for name in listed)
    return {_plain(name) for name in names if _ESTIMATED.search(name)}


@lru_cache(maxsize=64)
def _names(year: int, language: str) -> dict[str, str]:
    """English to localised name, learnt on days of one feast: the library sorts shared days by language."""
    found: dict[str, str] = {}
    for near in (year - 2, year - 1, year + 1, year + 2, year):
        english = _library(near, "en")
        for day, names in _library(near, language).items():
            if len(names) == len(english[day]) == 1:
                found[_plain(english[day][0])] = _plain(names[0])
    return found
