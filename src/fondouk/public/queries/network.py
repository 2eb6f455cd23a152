"""The network as a whole: its figures, its sectors, its companies, its legal notice."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from typing import Any

from django.db.models import F, Max, Min, Prefetch, Q

from fondouk.companies.models import Company, Residency, Sector, SectorAssignment
from fondouk.impact.models import Edition
from fondouk.people.models import Processing
from fondouk.sites.enums import Phase
from fondouk.sites.models import Operator, Site, SitePhase

from .kept import kept
from .sites import with_phase


@dataclass(frozen=True)
class NetworkFigures:
    """None: not known. `people` are those of `year`, as its edition says: what changes from day to day tells who said it."""

    hosted: int | None
    people: int | None
    year: int | None
    open_sites: int | None
    since: int | None

    def __bool__(self) -> bool:
        return any(value is not None for value in (self.hosted, self.people, self.open_sites, self.since))


def network_figures(day: date) -> NetworkFigures:
    return kept("figures", day, partial(_network_figures, day))


def _network_figures(day: date) -> NetworkFigures:
    edition = Edition.objects.public().defer("content").first()
    people = edition.shown["measures"]["headcount"] if edition else {}
    # A company, or a site, that has begun some time nobody knows does not make the network younger.
    opened = SitePhase.objects.filter(phase=Phase.OPEN, starts_on__lte=day).aggregate(first=Min("starts_on"))
    return NetworkFigures(
        hosted=Company.objects.standing().hosted(day).count() or None,
        people=(people["value"] + people.get("carried", 0)) if people.get("value") else None,
        year=edition.year if edition else None,
        open_sites=sum(site.phase == Phase.OPEN for site in with_phase(day)) or None,
        since=opened["first"].year if opened["first"] else None,
    )


@dataclass(frozen=True)
class SectorCount:
    sector: Sector
    companies: int
    parts: tuple[Sector, ...]


def sector_counts(day: date) -> list[SectorCount]:
    """Hosted companies by sector, those of its parts included. A sector without companies is left out."""
    return kept("sectors", day, partial(_sector_counts, day))


def _sector_counts(day: date) -> list[SectorCount]:
    sectors = {sector.pk: sector for sector in Sector.objects.all()}
    counts: Counter[int] = Counter()
    for (pk,) in (
        SectorAssignment.objects.on(day)
        .filter(company__in=Company.objects.standing().hosted(day))
        .values_list("sector")
    ):
        top = sectors[pk]
        while top.parent_id:
            top = sectors[top.parent_id]
        counts[top.pk] += 1
    return [
        SectorCount(
            sector, counts[pk], tuple(part for part in sectors.values() if part.parent_id == sector.pk)
        )
        for pk, sector in sectors.items()
        if counts[pk]
    ]


def public_companies(day: date, *, site: Site | None = None) -> Any:
    """Hosted companies that agreed to be shown. No other name ever leaves the house."""
    return Company.objects.standing().filter(is_public=True).hosted(day, site.pk if site else None)


def sectors_of_public_companies(day: date) -> list[Sector]:
    """Those by which the directory can be narrowed."""
    assigned = Q(
        assignments__period__contains=day, assignments__company__in=public_companies(day).values("pk")
    )
    return kept("sectors-public", day, lambda: list(Sector.objects.filter(assigned).distinct()))


@dataclass(frozen=True)
class ShownCompany:
    """What the public is told of a company on a day. `since`: the first day of the oldest stay that goes on."""

    company: Company
    sites: list[Site]
    since: date | None
    sector: Sector | None


def shown_companies(companies: Any, day: date) -> list[ShownCompany]:
    """Those of a query of `public_companies`, in four queries whatever their number."""
    stays = Residency.objects.on(day).select_related("site").defer("site__vector").order_by("pk")
    sectors = SectorAssignment.objects.on(day).select_related("sector")
    found = companies.defer("vector").prefetch_related(
        Prefetch("residencies", stays, to_attr="stays_now"),
        Prefetch("sector_assignments", sectors, to_attr="sectors_now"),
    )
    return [
        ShownCompany(
            company,
            sites=[stay.site for stay in company.stays_now],
            since=min((stay.period.lower for stay in company.stays_now if stay.period.lower), default=None),
            sector=company.sectors_now[0].sector if company.sectors_now else None,
        )
        for company in found
    ]


def newest_public_companies(day: date, limit: int = 6) -> Any:
    arrived = Max(
        "residencies__period__startswith", filter=Q(residencies__period__contains=day), default=None
    )
    newest = F("arrived").desc(nulls_last=True)
    return public_companies(day).annotate(arrived=arrived).order_by(newest)[:limit]


def newest_shown(day: date, limit: int) -> list[ShownCompany]:
    return kept(f"newest-{limit}", day, lambda: shown_companies(newest_public_companies(day, limit), day))


@dataclass(frozen=True)
class LegalNotice:
    operators: list[Operator] = field(default_factory=list)
    processings: list[Processing] = field(default_factory=list)


def legal_notice(day: date) -> LegalNotice:
    """Who runs the sites on that day, and the register of processings as it stands."""
    running = Operator.objects.filter(operatorships__period__contains=day).distinct()
    operators = list(running) or list(Operator.objects.all())
    return LegalNotice(operators, list(Processing.objects.all()))
