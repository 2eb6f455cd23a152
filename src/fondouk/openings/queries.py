"""What the sites opened before saw, and how the new one may fill if that came again."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from typing import Any

from django.core.cache import cache
from django.db.models import Count

from fondouk.companies.enums import Mode
from fondouk.companies.models import Residency
from fondouk.lib.periods import add_months
from fondouk.methods.filling import Band, Filling, Past, Room, simulate
from fondouk.methods.survival import Spell, kaplan_meier
from fondouk.openings.models import Opening
from fondouk.sites.enums import Phase
from fondouk.sites.models import Site, SitePhase
from fondouk.spaces.enums import OFFICES, SpaceKind
from fondouk.spaces.models import Resource

MONTH = 365.25 / 12
RUNS = 2000
LEAST_WATCHED = 6
"""Months for which a year is watched before a rate is drawn from it: of less, chance would say anything."""
DESK_PLACES = 2
"""Places that a company in coworking takes, where no contract tells."""
KEPT_FOR = 3600


@dataclass(frozen=True)
class Seen:
    """A site that opened before: what it saw in each year of its life."""

    site: Site
    opened: date
    months: tuple[float, ...]
    """Months watched in each of its years: twelve, but for the last."""
    entries: tuple[int, ...]
    departures: tuple[int, ...]
    at_once: int
    """Companies that were there when it opened: they are no part of the entries."""

    @property
    def entries_a_month(self) -> float:
        return sum(self.entries) / sum(self.months)

    def past(self) -> Past | None:
        """What runs may follow: its years but those only just begun; None for a site only just opened."""
        years = sum(months >= LEAST_WATCHED for months in self.months)
        return Past(self.entries[:years], self.months[:years], self.at_once) if years else None


@dataclass(frozen=True)
class Basis:
    """What the simulation rests on. `survival`: steps of (months, share that stays longer); `median`: months or None."""

    seen: list[Seen]
    survival: list[tuple[float, float]]
    subjects: int
    ended: int
    median: float | None
    modes: dict[str, float]
    """The share of entries hosted in each way."""
    left_out: list[Site]
    """Sites that opened before, and of whose companies nothing is recorded."""


def basis(today: date, *, without: Site, years: int) -> Basis | None:
    """Of every site whose day of opening is known and past, but the one that is planned; None where there is none, or
    nobody ever came.
    """
    opened: dict[int, date] = dict(
        SitePhase.objects.filter(phase=Phase.OPEN, starts_on__lt=today)
        .exclude(site=without)
        .order_by("-starts_on")
        .values_list("site", "starts_on")  # type: ignore[arg-type]
    )
    closings = SitePhase.objects.filter(site__in=opened, phase=Phase.CLOSED, starts_on__lte=today)
    closed: dict[int, date] = {}
    for site, day in closings.order_by("-starts_on").values_list("site", "starts_on"):
        if day is not None and day > opened[site]:
            closed[site] = day
    stays: dict[int, list[tuple[date, date | None, str]]] = {site: [] for site in opened}
    rows = Residency.objects.filter(
        site__in=opened,
        company__merged_into=None,
        period__startswith__isnull=False,
        period__startswith__lte=today,
    )
    for site, period, mode in rows.values_list("site", "period", "mode"):
        if period.upper is None or period.upper > opened[site]:
            stays[site].append((period.lower, period.upper, mode))
    sites = Site.objects.in_bulk(opened)
    seen = [
        _seen(sites[site], opened[site], stays[site], closed.get(site, today), years)
        for site in opened
        if stays[site]
    ]
    spells = [_spell(first, after, today) for site in stays for first, after, _mode in stays[site]]
    try:
        curve = kaplan_meier(spells)
    except ValueError:
        return None
    modes = Counter(mode for site in stays for _first, _after, mode in stays[site])
    total = sum(modes.values())
    return Basis(
        seen=seen,
        survival=[(step.time, step.survival) for step in curve.steps if step.ended or step.time == 0],
        subjects=curve.subjects,
        ended=curve.ended,
        median=curve.median,
        modes={mode.value: modes[mode.value] / total for mode in Mode},
        left_out=[sites[site] for site in opened if not stays[site]],
    )


def _spell(first: date, after: date | None, today: date) -> Spell:
    """In months; who is still there is watched until today."""
    ended = after is not None and after <= today
    left = after if ended and after is not None else today
    return Spell(0.0, max(1, (left - first).days) / MONTH, ended)


def _seen(
    site: Site, opened: date, stays: Sequence[tuple[date, date | None, str]], until: date, years: int
) -> Seen:
    """Entries and departures in each year after the opening, as far as it has gone: until today, or its closing."""
    months, entries, departures = [], [], []
    for year in range(years):
        begins, ends = add_months(opened, 12 * year), add_months(opened, 12 * (year + 1))
        if begins >= until:
            break
        months.append(min(12.0, (min(ends, until) - begins).days / MONTH))
        entries.append(
            sum(first >= opened and begins <= first < min(ends, until) for first, _after, _mode in stays)
        )
        departures.append(
            sum(after is not None and begins <= after < min(ends, until) for _first, after, _mode in stays)
        )
    at_once = sum(first < opened for first, _after, _mode in stays)
    return Seen(site, opened, tuple(months), tuple(entries), tuple(departures), at_once)


@dataclass(frozen=True)
class Capacity:
    """How many companies find an office, and a place in coworking; `planned`: as the plan says, else the inventory."""

    offices: int
    desk_places: int
    is_planned: bool

    @property
    def desks(self) -> int:
        return self.desk_places // DESK_PLACES


def capacity(opening: Opening) -> Capacity:
    """Of the plan; of the inventory where nothing is planned and spaces are entered already."""
    planned = list(opening.spaces.all())
    if planned:
        return Capacity(
            sum(space.count for space in planned if space.kind in OFFICES),
            sum(
                space.places or space.count * DESK_PLACES
                for space in planned
                if space.kind == SpaceKind.COWORKING
            ),
            True,
        )
    # One that joins two others gives no more room than these.
    entered = Resource.objects.in_use().filter(site=opening.site).annotate(joined=Count("resource_parts"))
    single = list(entered.filter(joined__lte=1).values_list("kind", "capacity"))
    return Capacity(
        sum(kind in OFFICES for kind, _places in single),
        sum(places or 0 for kind, places in single if kind == SpaceKind.COWORKING),
        False,
    )


@dataclass(frozen=True)
class Outlook:
    """The simulation of one site, month by month from its opening."""

    basis: Basis
    capacity: Capacity
    first: date
    filling: Filling

    def marks(self) -> list[dict[str, Any]]:
        """At the end of the first half-year and of every year: `on` is the last day of it."""
        total = len(self.filling.hosted)
        ends = [6, *range(12, total + 1, 12)]
        rooms = self.filling.by_room
        return [
            {
                "month": month,
                "on": add_months(self.first, month) - timedelta(days=1),
                "hosted": self.filling.hosted[month - 1],
                "offices": rooms[Mode.OFFICE.value][month - 1] if Mode.OFFICE.value in rooms else None,
                "full": self.filling.full.get(Mode.OFFICE.value, (None,) * total)[month - 1],
                "turned_away": self.filling.turned_away[month - 1],
            }
            for month in ends
            if month <= total
        ]


def outlook(opening: Opening, today: date, *, demand: int, years: int) -> Outlook | None:
    """None where no site opened before, or nothing could be hosted. The same data give the same numbers."""
    found = basis(today, without=opening.site, years=years)
    room = capacity(opening)
    pasts = [past for seen in (found.seen if found else []) if (past := seen.past()) is not None]
    if found is None or not pasts or not (room.offices or room.desks):
        return None
    rooms = {
        mode: Room(
            share,
            {Mode.OFFICE.value: room.offices, Mode.DESK.value: room.desks}.get(mode),
        )
        for mode, share in found.modes.items()
        if share
    }
    asked: dict[str, Any] = {
        "pasts": [asdict(past) for past in pasts],
        "survival": found.survival,
        "rooms": {name: asdict(one) for name, one in rooms.items()},
        "months": years * 12,
        "demand": demand / 100,
        "runs": RUNS,
        "seed": opening.site_id,
    }
    digest = hashlib.sha256(json.dumps(asked, sort_keys=True).encode()).hexdigest()[:40]
    filling: Filling = cache.get_or_set(  # type: ignore[assignment]
        f"openings:{digest}",
        lambda: simulate(
            pasts,
            found.survival,
            rooms,
            months=years * 12,
            demand=demand / 100,
            runs=RUNS,
            seed=opening.site_id,
        ),
        KEPT_FOR,
    )
    return Outlook(found, room, opening.opens_on() or today, filling)


__all__ = ["Band", "Basis", "Capacity", "Outlook", "Seen", "basis", "capacity", "outlook"]
