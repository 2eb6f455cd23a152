"""What the database says today of everything a workbook can hold, by names rather than keys: two states compare."""

from __future__ import annotations

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
from fondouk.contracts.models import Contract, ContractLine, ContractTermination
from fondouk.sites.models import Building, Floor, Site, SitePhase
from fondouk.spaces.models import Claim, Part, Resource, ResourcePart, ResourceRate

EVERYTHING = (
    Claim, ContractTermination, ContractLine, Contract, Figure, Membership, Residency, SectorAssignment, StageAssignment,
    LegalIdentity, Company, ResourceRate, ResourcePart, Resource, Part, Floor, Building, SitePhase, Site,
)  # fmt: skip
IDENTITY = ("legal_name", "legal_form", "ice", "rc", "rc_court", "if_number", "cnss", "tp", "incorporated_on")


def state(today: date) -> dict[str, Any]:
    return {
        "sites": {site.name: _site(site, today) for site in Site.objects.all()},
        "spaces": {(space.site.name, space.code): _space(space, today) for space in Resource.objects.all()},
        "companies": {company.key: _company(company, today) for company in Company.objects.standing()},
        "contracts": {contract.reference: _contract(contract) for contract in Contract.objects.all()},
    }


def claims() -> list[tuple[Any, ...]]:
    """What contracts hold on the calendar of occupation, by names."""
    rows = Claim.objects.values_list("part__site__name", "part__code", "during", "kind", "company__name")
    return sorted(rows, key=str)


def _site(site: Site, today: date) -> Any:
    known = list(site.phases.all())
    started = [phase for phase in known if phase.starts_on is None or phase.starts_on <= today] or known
    phase = started[-1] if started else None
    when = (phase.starts_on, phase.precision) if phase and phase.phase == "open" else None
    names = (site.city, site.name_ar, site.city_ar, site.address, site.area, site.commune)
    return (*names, site.description_fr, site.description_ar, phase.phase if phase else None, when)


def _space(space: Resource, today: date) -> Any:
    parts = [part.code for part in space.parts.all()]
    floor = (space.floor.building.code, space.floor.level) if space.floor else None
    rates = {rate.unit: rate.amount for rate in space.rates.on(today)}
    return (
        space.kind,
        floor,
        space.capacity,
        space.is_pool,
        space.in_use_from,
        space.area,
        space.declared_area,
        space.note,
        space.withdrawn_on,
        sorted(parts),
        rates,
    )


def _company(company: Company, today: date) -> Any:
    identity = company.identities.on(today).first()
    sector = company.sector_assignments.on(today).first()
    stage = company.stage_assignments.on(today).first()
    owner = company.memberships.on(today).filter(role="owner").order_by("pk").first()
    stays = sorted(
        (stay.site.name, stay.mode, str(stay.period.lower), str(stay.period.upper))
        for stay in company.residencies.all()
    )
    figures = {
        (figure.indicator, figure.period.lower): figure.value
        for figure in Figure.objects.standing().filter(company=company)
    }
    return (
        (company.name, company.name_ar, company.activity, company.email, company.phone, company.website),
        tuple(getattr(identity, name) for name in IDENTITY) if identity else None,
        sector.sector.code if sector else None,
        stage.stage if stage else None,
        owner.person.name if owner else None,
        stays,
        figures,
    )


def _contract(contract: Contract) -> Any:
    termination = getattr(contract, "termination", None)
    lines = sorted(
        (
            line.resource.code,
            line.resource.site.name,
            line.occupancy,
            str(line.places),
            str(line.rent),
            str(line.period),
        )
        for line in contract.lines.all()
    )
    days = (contract.starts_on, contract.ends_on, termination.on if termination else None)
    return (contract.company.key, contract.site.name, *days, contract.deposit, lines)
