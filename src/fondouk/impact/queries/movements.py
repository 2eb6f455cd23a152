"""Who came and who left, year by year."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, timedelta

from .scope import Scope
from .stays import Spell


def within(spells: Sequence[Spell], companies: Collection[int] | None) -> list[Spell]:
    """Those of these companies; all where None."""
    return list(spells) if companies is None else [spell for spell in spells if spell.company in companies]


def hosted(spells: Sequence[Spell], day: date) -> int:
    return len({spell.company for spell in spells if spell.covers(day)})


def entries(spells: Sequence[Spell], first: date, last: date) -> int:
    return sum(spell.first is not None and first <= spell.first <= last for spell in spells)


def departures(spells: Sequence[Spell], first: date, last: date) -> int:
    return sum(spell.last is not None and first <= spell.last <= last for spell in spells)


def by_year(spells: Sequence[Spell], scope: Scope) -> list[dict[str, int | float | None]]:
    """From the first year that anybody came in to that of the scope: hosted at its end, entries, departures, renewal.

    Of the year that goes on, what has happened by today.
    """
    known = [spell.first.year for spell in spells if spell.first is not None]
    if not known:
        return []
    rows: list[dict[str, int | float | None]] = []
    for year in range(min(known), scope.year + 1):
        first, last = date(year, 1, 1), min(date(year, 12, 31), scope.today)
        before = hosted(spells, first - timedelta(days=1))
        came = entries(spells, first, last)
        rows.append(
            {
                "year": year,
                "hosted": hosted(spells, last),
                "entries": came,
                "departures": departures(spells, first, min(last, scope.today - timedelta(days=1))),
                "renewal": round(came / before, 4) if before else None,
            }
        )
    return rows
