"""What the parts of the demonstration share: its day, its size, and chance that falls the same way every time.

An app brings its own history to the demonstration in `<app>/demo.py`, as `load(scene)`. It runs after those of the apps
below, and reads what they wrote from the database.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Africa/Casablanca")


@dataclass(frozen=True)
class Scene:
    """`today` ends the history. `scale` multiplies companies and spaces: 1 is the network of PRODUCT."""

    today: date
    scale: float = 1.0
    seed: int = 2001
    say: Callable[[str], None] = field(default=lambda _what: None, compare=False)

    def chance(self, *of: object) -> random.Random:
        """Its own for each purpose, so that what one app draws changes nothing for another."""
        return random.Random(":".join(map(str, (self.seed, *of))))  # noqa: S311 - nothing secret is drawn

    def many(self, number: float) -> int:
        """So many at this scale, one at least."""
        return max(1, round(number * self.scale))


def working_moment(day: date, chance: random.Random) -> datetime:
    """A moment of that day when people are at work, to the minute, at the parks' clock; on a week-end, the Friday before."""
    day -= timedelta(days=max(0, day.isoweekday() - 5))
    return datetime.combine(day, time(9 + chance.randrange(8), chance.randrange(60)), ZONE)


def months(first: date, last: date) -> list[date]:
    """The first day of every month from that of `first` to that of `last`."""
    numbers = range(first.year * 12 + first.month - 1, last.year * 12 + last.month)
    return [date(number // 12, number % 12 + 1, 1) for number in numbers]


def between(points: Sequence[tuple[float, float]], year: float) -> float:
    """The straight line through `points` (year, value), flat before the first and after the last."""
    if year <= points[0][0]:
        return points[0][1]
    for (x0, y0), (x1, y1) in pairwise(points):
        if year <= x1:
            return y0 + (y1 - y0) * (year - x0) / (x1 - x0)
    return points[-1][1]


def year_of(day: date) -> float:
    """2026.5 is the middle of 2026."""
    return day.year + (day.timetuple().tm_yday - 1) / 365.25
