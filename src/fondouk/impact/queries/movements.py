"""Who came and who left, year by year."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Sequence
from datetime import date, timedelta

from .scope import Scope
from .stays import Spell


def within(spells: Sequence[Spell], companies: Collection[int] | None) -> list[Spell]:
    """Those of these companies; all where None."""
    return list(spells) if companies is None else [spell for spell in spells if spell.company in companies]


def by_year(spells: Sequence[Spell], scope: Scope) -> list[dict[str, int | float | None]]:
    """From the first year that anybody came in to that of the scope: hosted at its end, entries, departures, renewal.

    Of the year that goes on, what has happened by today.
    """
    known = [spell.first.year for spell in spells if spell.first is not None]
    if not known:
        return []
    # Spells of one company never overlap: of whoever had come by a day, those who had not left were hosted.
    came_on = sorted(spell.first or date.min for spell in spells)
    left_on = sorted(spell.last for spell in spells if spell.last is not None)
    rows: list[dict[str, int | float | None]] = []
    for year in range(min(known), scope.year + 1):
        first, last = date(year, 1, 1), min(date(year, 12, 31), scope.today)
        by_then, had_left = bisect_left(came_on, first), bisect_left(left_on, first)
        by_now = bisect_right(came_on, last)
        before = by_then - bisect_left(left_on, first - timedelta(days=1))
        came = max(0, by_now - by_then)
        gone = bisect_right(left_on, min(last, scope.today - timedelta(days=1))) - had_left
        rows.append(
            {
                "year": year,
                "hosted": by_now - bisect_left(left_on, last),
                "entries": came,
                "departures": max(0, gone),
                "renewal": round(came / before, 4) if before else None,
            }
        )
    return rows
