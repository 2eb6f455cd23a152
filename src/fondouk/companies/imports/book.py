"""The companies that rows may name, with everything an import may change about them, loaded once."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.backends.postgresql.psycopg_any import DateRange

from fondouk.companies.models import (
    Company,
    Figure,
    LegalIdentity,
    Membership,
    Residency,
    SectorAssignment,
    StageAssignment,
)
from fondouk.imports.periods import overlap
from fondouk.lib.text import company_key
from fondouk.sites.imports import SiteBook

FigureKey = tuple[str, date]


@dataclass(eq=False)
class Dossier:
    """One company and what stands about it. Figures are those of whole years, by the first day of the
    year.
    """

    company: Company
    identities: list[LegalIdentity] = field(default_factory=list)
    residencies: list[Residency] = field(default_factory=list)
    sectors: list[SectorAssignment] = field(default_factory=list)
    stages: list[StageAssignment] = field(default_factory=list)
    team: list[Membership] = field(default_factory=list)
    figures: dict[FigureKey, Figure] = field(default_factory=dict)
    office: str = ""
    """The office that its row in this book names."""

    def identity_on(self, day: date) -> LegalIdentity | None:
        return next((identity for identity in self.identities if day in identity.period), None)


class CompanyBook:
    """Standing companies by key and ICE. One that was merged into another is remembered under its old
    names.
    """

    SHARED = "companies"

    def __init__(self) -> None:
        self.dossiers: list[Dossier] = []
        self.by_key: dict[str, Dossier] = {}
        self.by_ice: dict[str, Dossier] = {}
        self.absorbed: dict[str, Dossier] = {}
        """Keys and ICEs of companies merged into another, with the one that stands."""
        self.ice_periods: dict[str, list[tuple[LegalIdentity, DateRange]]] = {}

    @classmethod
    def of(cls, context: Any) -> CompanyBook:
        if cls.SHARED not in context.shared:
            context.shared[cls.SHARED] = cls._load(context)
        return context.shared[cls.SHARED]  # type: ignore[no-any-return]

    @classmethod
    def _load(cls, context: Any) -> CompanyBook:
        book = cls()
        by_id: dict[int, Dossier] = {}
        merged: list[Company] = []
        for company in Company.objects.order_by("pk").defer("vector", "name_folded"):
            if company.merged_into_id is not None:
                merged.append(company)
                continue
            by_id[company.pk] = dossier = Dossier(company)
            book.add(dossier)
        standing = _standing(merged, by_id)
        for company in merged:
            if company.pk in standing:
                book.absorbed.setdefault(company.key, standing[company.pk])
        for identity in LegalIdentity.objects.order_by("pk"):
            book.hold_ice(identity)
            if own := by_id.get(identity.company_id):
                identity.company = own.company
                own.identities.append(identity)
                if identity.ice and (context.today in identity.period or identity.ice not in book.by_ice):
                    book.by_ice[identity.ice] = own
            elif identity.ice and identity.company_id in standing:
                book.absorbed.setdefault(identity.ice, standing[identity.company_id])
        book._load_dated(context, by_id)
        return book

    def _load_dated(self, context: Any, by_id: dict[int, Dossier]) -> None:
        sites = {site.pk: site for site in SiteBook.of(context).all}
        for residency in Residency.objects.order_by("period", "pk"):
            if found := by_id.get(residency.company_id):
                residency.site = sites[residency.site_id]
                found.residencies.append(residency)
        for assignment in SectorAssignment.objects.select_related("sector").order_by("pk"):
            if found := by_id.get(assignment.company_id):
                found.sectors.append(assignment)
        for at_stage in StageAssignment.objects.order_by("pk"):
            if found := by_id.get(at_stage.company_id):
                found.stages.append(at_stage)
        members = Membership.objects.on(context.today).select_related("person")
        for membership in members.defer("person__vector", "person__name_folded"):
            if found := by_id.get(membership.company_id):
                found.team.append(membership)
        for figure in Figure.objects.standing().order_by("pk"):
            if (found := by_id.get(figure.company_id)) and is_year(figure.period):
                found.figures[figure.indicator, figure.period.lower] = figure

    def add(self, dossier: Dossier) -> None:
        self.dossiers.append(dossier)
        self.by_key[dossier.company.key] = dossier

    def hold_ice(self, identity: LegalIdentity) -> None:
        if identity.ice:
            self.ice_periods.setdefault(identity.ice, []).append((identity, identity.period))

    def ice_taken(self, ice: str, period: DateRange, own: LegalIdentity | None) -> bool:
        """Whether another identity has this ICE at some time of `period`."""
        return any(
            other is not own and other.ice == ice and overlap(held, period)
            for other, held in self.ice_periods.get(ice, [])
        )

    def find(self, name: str, ice: str | None = None) -> Dossier | None:
        """By ICE when there is one, else by name, legal form aside; merged companies by what they were
        called.
        """
        key = company_key(name) if name else ""
        if ice and (found := self.by_ice.get(ice) or self.absorbed.get(ice)):
            return found
        return self.by_key.get(key) or self.absorbed.get(key) if key else None


def is_year(period: DateRange) -> bool:
    lower, upper = period.lower, period.upper
    return bool(lower and upper and lower == date(lower.year, 1, 1) and upper == date(lower.year + 1, 1, 1))


def _standing(merged: list[Company], by_id: dict[int, Dossier]) -> dict[int, Dossier]:
    """Where each merged company ended up: the one it was merged into may have been merged itself."""
    into = {company.pk: company.merged_into_id for company in merged}
    standing = {}
    for pk in into:
        end, steps = into[pk], 0
        while end in into and steps < len(into):
            end, steps = into[end], steps + 1
        if end in by_id:
            standing[pk] = by_id[end]
    return standing
