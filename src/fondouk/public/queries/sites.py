"""Sites: how full they are, what they hold, when they are open."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import partial
from typing import Any

from django.db.models import Count, Min, Sum

from fondouk.companies.models import Residency
from fondouk.contracts.queries import Occupancy, occupancy_by_site
from fondouk.sites.enums import Phase
from fondouk.sites.models import HoursOverride, OpeningHours, Site, SitePhase
from fondouk.spaces.enums import SpaceKind
from fondouk.spaces.models import Resource

from .kept import kept

AHEAD = timedelta(days=90)
"""How long before they apply other opening hours are announced."""


def with_phase(day: date) -> Any:
    """Sites, each with the `phase` of that day and when it began."""
    return Site.objects.with_phase(day)


@dataclass(frozen=True)
class SiteCard:
    """A site as the public sees it. `offices`: those in use, and those under contract that day; None: no office."""

    site: Site
    phase: str
    since: date | None
    """When the phase began."""
    expected: date | None
    """When the site is to open, for one that is not open."""
    companies: int
    offices: Occupancy | None

    @property
    def is_open(self) -> bool:
        return self.phase == Phase.OPEN

    @property
    def is_coming(self) -> bool:
        return self.phase in (Phase.PLANNED, Phase.OPENING)

    @property
    def occupied(self) -> Decimal | None:
        """The share of the square metres of its offices that a contract holds, as the console tells it."""
        return self.offices.ratio if self.offices else None


def site_cards(day: date) -> list[SiteCard]:
    """Open sites first, then those to come; closed ones are left out."""
    return kept("sites", day, partial(_site_cards, day))


def _site_cards(day: date) -> list[SiteCard]:
    offices = occupancy_by_site(day)
    companies = dict(
        Residency.objects.on(day)
        .filter(company__merged_into=None)
        .order_by()
        .values("site")
        .annotate(companies=Count("company", distinct=True))
        .values_list("site", "companies")
    )
    openings = dict(
        SitePhase.objects.filter(phase=Phase.OPEN, starts_on__gt=day)
        .order_by()
        .values("site")
        .annotate(first=Min("starts_on"))
        .values_list("site", "first")
    )
    cards = [
        SiteCard(
            site=site,
            phase=site.phase or "",
            since=site.phase_since,
            expected=openings.get(site.pk),
            companies=companies.get(site.pk, 0),
            offices=offices.get(site.pk),
        )
        for site in with_phase(day)
    ]
    order = {Phase.OPEN: 0, Phase.OPENING: 1, Phase.PLANNED: 2}
    shown = [card for card in cards if card.phase in order]
    return sorted(shown, key=lambda card: (order[Phase(card.phase)], card.since or date.max, card.site.pk))


def site_card(code: str, day: date) -> SiteCard | None:
    return next((card for card in site_cards(day) if card.site.code == code), None)


@dataclass(frozen=True)
class SpaceCount:
    """Spaces of a kind. `places` and `area` only where every one of them tells."""

    kind: SpaceKind
    spaces: int
    places: int | None
    area: Decimal | None


def space_counts(site: Site) -> list[SpaceCount]:
    """Single spaces by kind: a room that combines two others is not counted again."""
    singles = (
        Resource.objects.in_use()
        .filter(site=site)
        .annotate(parts_count=Count("resource_parts"), surface=Sum("parts__area"))
        .filter(parts_count__lte=1)
        .values_list("kind", "capacity", "surface")
    )
    found: dict[str, list[tuple[int | None, Decimal | None]]] = {}
    for kind, capacity, surface in singles:
        found.setdefault(kind, []).append((capacity, surface))
    return [
        SpaceCount(kind, len(rows), _whole_sum(row[0] for row in rows), _whole_sum(row[1] for row in rows))
        for kind in SpaceKind
        if (rows := found.get(kind))
    ]


def _whole_sum(values: Any) -> Any:
    """The sum, or None when one of them is unknown."""
    known = list(values)
    return None if None in known else sum(known[1:], known[0])


@dataclass(frozen=True)
class Week:
    """Hours of seven days: `days` are (ISO weekday, opens, closes), None when closed. No label: the
    usual ones.
    """

    days: list[tuple[int, Any, Any]]
    label: str = ""
    first: date | None = None
    last: date | None = None

    @property
    def is_closed(self) -> bool:
        return all(opens is None for _day, opens, _closes in self.days)

    def applies(self, day: date) -> bool:
        """Whether these are the other hours of that day."""
        return self.first is not None and self.last is not None and self.first <= day <= self.last


def usual_week(site: Site) -> Week | None:
    hours = list(site.hours.all())
    return Week(_seven(hours)) if hours else None


def other_weeks(site: Site, day: date) -> list[Week]:
    """Overrides that apply now or before long, with the hours they bring."""
    overrides = HoursOverride.objects.filter(
        site=site, period__startswith__lte=day + AHEAD, period__endswith__gt=day
    ).prefetch_related("hours")
    return [
        Week(
            _seven(list(override.hours.all())),
            override.label,
            override.period.lower,
            override.period.upper - timedelta(days=1),
        )
        for override in overrides
    ]


def hours_today(sites: Sequence[Site], day: date) -> list[tuple[Site, tuple[Any, Any] | None]]:
    """Those whose hours are known, and when each opens and closes that day by its override or its usual week; None:
    closed. Three queries whatever their number.
    """
    overrides = HoursOverride.objects.filter(site__in=sites, period__contains=day).prefetch_related("hours")
    other = {override.site_id: list(override.hours.all()) for override in overrides}
    usual: dict[int, list[Any]] = {}
    for row in OpeningHours.objects.filter(site__in=sites):
        usual.setdefault(row.site_id, []).append(row)
    return [
        (site, _hours_of(other.get(site.pk, usual[site.pk]), day)) for site in sites if usual.get(site.pk)
    ]


def _hours_of(hours: list[Any], day: date) -> tuple[Any, Any] | None:
    row = next((row for row in hours if row.weekday == day.isoweekday()), None)
    return (row.opens, row.closes) if row else None


def _seven(hours: list[Any]) -> list[tuple[int, Any, Any]]:
    by_day = {row.weekday: row for row in hours}
    return [
        (day, by_day[day].opens, by_day[day].closes) if day in by_day else (day, None, None)
        for day in range(1, 8)
    ]
