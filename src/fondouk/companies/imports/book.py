"""The companies that rows may name, with everything an import may change about them, loaded once."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from fondouk.companies.models import (
    Company,
    Figure,
    LegalIdentity,
    Membership,
    Residency,
    SectorAssignment,
    StageAssignment,
)
from fondouk.lib.text import company_key
from fondouk.sites.imports import SiteBook

FigureKey = tuple[str, date]


@dataclass
class Dossier:
    """One company and what stands about it today."""

    company: Company
    identity: LegalIdentity | None = None
    residencies: list[Residency] = field(default_factory=list)
    sector: SectorAssignment | None = None
    stage: StageAssignment | None = None
    team: list[Membership] = field(default_factory=list)
    figures: dict[FigureKey, Figure] = field(default_factory=dict)
    office: str = ""
    """The office that its row in this book names."""


class CompanyBook:
    SHARED = "companies"

    def __init__(self) -> None:
        self.dossiers: list[Dossier] = []
        self.by_key: dict[str, Dossier] = {}
        self.by_ice: dict[str, Dossier] = {}

    @classmethod
    def of(cls, context: Any) -> CompanyBook:
        if cls.SHARED not in context.shared:
            context.shared[cls.SHARED] = cls._load(context)
        return context.shared[cls.SHARED]  # type: ignore[no-any-return]

    @classmethod
    def _load(cls, context: Any) -> CompanyBook:
        book = cls()
        by_id: dict[int, Dossier] = {}
        for company in Company.objects.standing().order_by("pk").defer("vector", "name_folded"):
            dossier = Dossier(company)
            by_id[company.pk] = dossier
            book.dossiers.append(dossier)
            book.by_key[company.key] = dossier
        for identity in LegalIdentity.objects.on(context.today):
            if dossier := by_id.get(identity.company_id):  # type: ignore[assignment]
                dossier.identity = identity
                if identity.ice:
                    book.by_ice[identity.ice] = dossier
        sites = {site.pk: site for site in SiteBook.of(context).all}
        for residency in Residency.objects.order_by("pk"):
            if found := by_id.get(residency.company_id):
                residency.site = sites[residency.site_id]
                found.residencies.append(residency)
        for assignment in SectorAssignment.objects.on(context.today):
            if found := by_id.get(assignment.company_id):
                found.sector = assignment
        for at_stage in StageAssignment.objects.on(context.today):
            if found := by_id.get(at_stage.company_id):
                found.stage = at_stage
        for membership in Membership.objects.on(context.today).select_related("person"):
            if found := by_id.get(membership.company_id):
                found.team.append(membership)
        figures = Figure.objects.standing()
        for figure in figures:
            if found := by_id.get(figure.company_id):
                found.figures[figure.indicator, figure.period.lower] = figure
        return book

    def add(self, dossier: Dossier) -> None:
        self.dossiers.append(dossier)
        self.by_key[dossier.company.key] = dossier

    def find(self, name: str, ice: str | None = None) -> Dossier | None:
        """By ICE when there is one, else by name, legal form aside."""
        return (self.by_ice.get(ice) if ice else None) or self.by_key.get(company_key(name))
