"""Reading companies across tables: how many, how they stand, what the list and the page show."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Case, Count, FilteredRelation, OuterRef, Q, Subquery, Sum, When
from django.utils.functional import cached_property

from fondouk.companies.enums import Indicator, Kind, Mode, Stage, Status
from fondouk.companies.models import (
    Company,
    CompanyKind,
    Figure,
    LegalIdentity,
    Membership,
    Residency,
    SectorAssignment,
    StageAssignment,
    Stewardship,
)
from fondouk.people.models import Person
from fondouk.search.queries import Terms
from fondouk.sites.models import Grant, Site
from fondouk.sites.queries import visible_people

FORMS = frozenset({"sarl", "sarlau", "sasu", "sasau", "societe"})


def _residencies(day: date, sites: Collection[int] | None) -> Any:
    rows = Residency.objects.on(day).filter(company__merged_into=None)
    return rows if sites is None else rows.filter(site__in=sites)


def hosted_at(sites: Any, day: date) -> Any:
    """Companies that one of these sites hosts that day, by name."""
    stays = Residency.objects.on(day).filter(site__in=sites)
    return Company.objects.standing().filter(pk__in=stays.values("company")).by_name().defer("vector")


def sites_hosting(company: Company, day: date) -> Any:
    return Site.objects.filter(pk__in=company.residencies.on(day).values("site")).order_by("pk")


def people_of(company: Company, day: date) -> Any:
    """Its people that day, by name."""
    held = Membership.objects.on(day).filter(company=company)
    return Person.objects.filter(pk__in=held.values("person")).order_by("name_folded")


def hosted_count(day: date, sites: Collection[int] | None = None) -> int:
    """Companies hosted on that day, on any of `sites` (all when None). One on two sites counts once."""
    return _residencies(day, sites).values("company").distinct().count()  # type: ignore[no-any-return]


def hosted_by_site(day: date) -> dict[int, int]:
    """Companies hosted on that day, by site; a site without any is left out. One on two sites counts on both."""
    counted = _residencies(day, None).values("site").annotate(n=Count("company", distinct=True))
    return dict(counted.order_by().values_list("site", "n"))


def hosted_and_arrived(day: date, first: date, sites: Collection[int] | None = None) -> tuple[int, int]:
    """`hosted_count`, and the companies with a stay that began from `first` to `day`, both included."""
    stays = Residency.objects.filter(company__merged_into=None)
    counts = (stays if sites is None else stays.filter(site__in=sites)).aggregate(
        hosted=Count("company", filter=Q(period__contains=day), distinct=True),
        arrived=Count(
            "company", filter=Q(period__startswith__gte=first, period__startswith__lte=day), distinct=True
        ),
    )
    return counts["hosted"], counts["arrived"]


def people_employed(day: date, sites: Collection[int] | None = None) -> int:
    """People in the companies hosted that day, each by the latest headcount it has declared for a year begun by then."""
    latest = (
        Figure.objects.standing()
        .filter(company=OuterRef("pk"), indicator=Indicator.HEADCOUNT, period__startswith__lte=day)
        .order_by("-period")
    )
    hosted = Company.objects.filter(pk__in=_residencies(day, sites).values("company"))
    total = hosted.annotate(people=Subquery(latest.values("value")[:1])).aggregate(total=Sum("people"))[
        "total"
    ]
    return int(total or 0)


@dataclass
class Row:
    """A company as a list shows it."""

    company: Company
    status: Status = Status.OUTSIDE
    sites: list[Any] = field(default_factory=list)
    since: date | None = None
    sector: Any = None
    stage: str = ""
    ice: str = ""
    headcount: int | None = None
    steward: Any = None


def rows(companies: Iterable[Company], day: date) -> list[Row]:
    """What lists show about these companies, with seven queries whatever their number."""
    found = {company.pk: Row(company) for company in companies}
    if not found:
        return []
    ids = list(found)
    stays: dict[int, list[Residency]] = {}
    for residency in Residency.objects.filter(company__in=ids).order_by("company", "-period"):
        stays.setdefault(residency.company_id, []).append(residency)
    sites = Site.objects.in_bulk({residency.site_id for here in stays.values() for residency in here})
    for pk, here in stays.items():
        row = found[pk]
        now = [residency for residency in here if day in residency.period]
        ahead = [residency for residency in here if residency.period.lower and residency.period.lower > day]
        row.status = Status.HOSTED if now else Status.EXPECTED if ahead else Status.ALUMNI
        shown = now or ahead or here
        row.sites = [sites[residency.site_id] for residency in shown]
        row.since = min((r.period.lower for r in shown if r.period.lower), default=None)
    for sector in SectorAssignment.objects.on(day).filter(company__in=ids).select_related("sector"):
        found[sector.company_id].sector = sector.sector
    for stage in StageAssignment.objects.on(day).filter(company__in=ids):
        found[stage.company_id].stage = str(Stage(stage.stage).label)
    for pk, ice in LegalIdentity.objects.on(day).filter(company__in=ids).values_list("company", "ice"):
        found[pk].ice = ice
    heads = (
        Figure.objects.standing().filter(company__in=ids, indicator=Indicator.HEADCOUNT).order_by("period")
    )
    for pk, value in heads.values_list("company", "value"):
        found[pk].headcount = int(value)
    for steward in Stewardship.objects.filter(company__in=ids, period__contains=day).select_related("person"):
        found[steward.company_id].steward = steward.person
    return list(found.values())


class Facts:
    """What stands about one company on a day, each fact read once however many panels ask for it."""

    def __init__(self, company: Company, day: date) -> None:
        self.company = company
        self.day = day

    @cached_property
    def identity(self) -> LegalIdentity | None:
        return self.company.identities.on(self.day).first()

    @cached_property
    def _held(self) -> Any:
        """The stage, the kinds, the sector and the steward, in one query: there is one of each at most, but of kinds."""
        stages = StageAssignment.objects.on(self.day).filter(company=OuterRef("pk")).values("stage")
        kinds = CompanyKind.objects.filter(company=OuterRef("pk"), period__contains=self.day).values("kind")
        rows: Any = Company.objects.defer("vector").annotate(
            stage_then=Subquery(stages[:1]),
            kinds_then=ArraySubquery(kinds),
            sector_then=self._standing("sector_assignments"),
            steward_then=self._standing("stewardships"),
        )
        return rows.select_related("sector_then__sector", "steward_then__person").get(pk=self.company.pk)

    def _standing(self, relation: str) -> FilteredRelation:
        return FilteredRelation(relation, condition=Q(**{f"{relation}__period__contains": self.day}))

    @cached_property
    def sector(self) -> Any:
        assigned = getattr(self._held, "sector_then", None)
        return assigned.sector if assigned else None

    @cached_property
    def stage(self) -> str:
        code = self._held.stage_then
        return str(Stage(code).label) if code else ""

    @cached_property
    def steward(self) -> Any:
        held = getattr(self._held, "steward_then", None)
        return held.person if held else None

    @cached_property
    def kinds(self) -> list[str]:
        return [str(Kind(kind).label) for kind in self._held.kinds_then]

    @cached_property
    def team(self) -> list[Membership]:
        return list(team(self.company, self.day))

    @cached_property
    def documents(self) -> list[Any]:
        return list(self.company.documents.select_related("file"))

    @cached_property
    def figures(self) -> list[Figure]:
        """The standing ones, of every year."""
        return list(self.company.figures.standing())

    @cached_property
    def has_headcount_of(self) -> set[int]:
        """Years for which a headcount stands."""
        return {
            figure.period.lower.year for figure in self.figures if figure.indicator == Indicator.HEADCOUNT
        }


def modes_on(company: Company, day: date) -> list[Mode]:
    """How it is hosted that day, or will be, or was last: each way once. From stays that are read already."""
    stays = list(company.residencies.all())
    now = [stay for stay in stays if day in stay.period]
    ahead = [stay for stay in stays if stay.period.lower and stay.period.lower > day]
    return list(dict.fromkeys(Mode(stay.mode) for stay in now or ahead or stays))


def facts(company: Company, day: date) -> Facts:
    """Kept on the object itself: one request, one reading."""
    known: Facts | None = getattr(company, "_facts", None)
    if known is None or known.day != day:
        known = Facts(company, day)
        company._facts = known  # type: ignore[attr-defined]
    return known


@dataclass
class FigureTable:
    """Indicators by year: `lines` are (indicator, values by year, history for a sparkline)."""

    years: list[int]
    lines: list[tuple[Indicator, list[Figure | None]]]
    last_declared: Any = None

    def __bool__(self) -> bool:
        return bool(self.lines)


def figure_table(standing: list[Figure], *, years: int = 4) -> FigureTable:
    """Standing figures of one company, for the last `years` years of which there is any."""
    known = sorted({figure.period.lower.year for figure in standing})[-years:]
    by_key = {(figure.indicator, figure.period.lower.year): figure for figure in standing}
    lines = []
    for indicator in Indicator:
        values = [by_key.get((indicator.value, year)) for year in known]
        if any(values):
            lines.append((indicator, values))
    return FigureTable(known, lines, max((figure.declared_at for figure in standing), default=None))


def figures_of_year(company: Company, year: int) -> dict[str, Decimal]:
    """The standing figures of one calendar year, by indicator."""
    start = date(year, 1, 1)
    return {
        figure.indicator: figure.value
        for figure in company.figures.standing().filter(period__startswith=start)
    }


def possible_stewards(account: Any) -> Any:
    """Those who have, or had, a role in the park, of the people that `account` may see."""
    return visible_people(account).living().filter(pk__in=Grant.objects.values("person"))


def without_ice(day: date) -> Any:
    """Hosted companies whose legal identity of that day has no ICE."""
    numbered = LegalIdentity.objects.on(day).exclude(ice="").values("company")
    return Company.objects.standing().hosted(day).exclude(pk__in=numbered)


def without_figures(day: date, year: int) -> Any:
    """Companies hosted that day, and since before the end of `year`, that have declared no headcount for it."""
    declared = Figure.objects.filter(
        indicator=Indicator.HEADCOUNT, period__startswith=date(year, 1, 1)
    ).values("company")
    stayed = Residency.objects.on(day).filter(
        Q(period__startswith__lte=date(year, 12, 31)) | Q(period__startswith=None)
    )
    return Company.objects.standing().filter(pk__in=stayed.values("company")).exclude(pk__in=declared)


def team(company: Company, day: date) -> Any:
    """Those who work for it on that day, owners first."""
    return (
        Membership.objects.filter(company=company, period__contains=day)
        .select_related("person", "person__account")
        .prefetch_related("person__emails")
        .order_by("-role", "person__name_folded")
    )


def near_names(name: str, *, among: Any = None, but: int | None = None, limit: int = 5) -> list[Company]:
    """Standing companies (of `among`, where given) with a word that begins alike: a suggestion, never a refusal.

    Those that share most words come first. Legal forms and words of three letters and fewer say nothing.
    """
    words = sorted({word for word in Terms.of(name).words if len(word) > 3 and word not in FORMS})
    if not words:
        return []
    alike = [Case(When(vector=Terms.of(word).query, then=1), default=0) for word in words]
    companies = Company.objects.standing() if among is None else among
    found = companies.annotate(alike=sum(alike[1:], alike[0])).filter(alike__gt=0)
    if but is not None:
        found = found.exclude(pk=but)
    return list(found.order_by("-alike", "name_folded", "pk")[:limit])
