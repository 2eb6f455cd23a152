"""Companies that the account may see."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext_lazy
from ninja import Field, Query, Router, Schema
from pydantic import AwareDatetime

from fondouk.api.queries import updated_since
from fondouk.api.web.paging import Paging, paged
from fondouk.companies.enums import MONEY_INDICATORS, Status
from fondouk.companies.models import Company, LegalIdentity, Residency
from fondouk.companies.queries import rows as listed
from fondouk.lib.text import fold

_: Any = gettext_lazy  # written out when the document is asked for, in its reader's language

router = Router(tags=["companies"])


class CompanyOut(Schema):
    id: int
    name: str
    name_ar: str
    status: Status
    sites: list[str]
    since: date | None
    sector: str | None
    stage: str | None
    ice: str | None
    headcount: int | None


class Companies(Schema):
    items: list[CompanyOut]
    next: str | None


class IdentityOut(Schema):
    legal_name: str
    legal_form: str
    ice: str
    rc: str
    rc_court: str
    if_number: str
    cnss: str
    tp: str
    incorporated_on: date | None


class ResidencyOut(Schema):
    site: str
    mode: str
    first_day: date | None
    last_day: date | None


class FigureOut(Schema):
    indicator: str
    year: int
    value: Decimal
    unit: str
    source: str


class CompanyDetail(CompanyOut):
    activity: str
    email: str
    phone: str
    website: str
    is_public: bool
    identity: IdentityOut | None
    residencies: list[ResidencyOut]
    figures: list[FigureOut]


class CompanyFilters(Paging):
    q: str = Field("", max_length=100)
    site: str = Field("", max_length=20)
    sector: str = Field("", max_length=40)
    status: Status | None = None
    updated: AwareDatetime | None = None


def _summaries(companies: list[Company]) -> Iterable[dict[str, Any]]:
    for row in listed(companies, timezone.localdate()):
        yield {
            "id": row.company.pk,
            "name": row.company.name,
            "name_ar": row.company.name_ar,
            "status": row.status,
            "sites": [site.code for site in row.sites],
            "since": row.since,
            "sector": row.sector.code if row.sector else None,
            "stage": row.stage or None,
            "ice": row.ice or None,
            "headcount": row.headcount,
        }


@router.get("", response=Companies, url_name="companies", summary=_("Companies, filtered"))
def company_list(request: HttpRequest, filters: Query[CompanyFilters]) -> Any:
    day = timezone.localdate()
    rows: Any = Company.objects.visible_to(request.user)
    if filters.q:
        numbered = LegalIdentity.objects.on(day).filter(
            company=OuterRef("pk"), ice__startswith=filters.q.strip()
        )
        rows = rows.filter(Q(name_folded__contains=fold(filters.q)) | Exists(numbered))
    if filters.site:
        rows = rows.filter(Exists(Residency.objects.filter(company=OuterRef("pk"), site__code=filters.site)))
    if filters.sector:
        rows = rows.filter(
            sector_assignments__period__contains=day, sector_assignments__sector__code=filters.sector
        )
    if filters.status:
        rows = rows.with_status(filters.status, day)
    if filters.updated:
        rows = updated_since(rows, filters.updated)
    return paged(rows, filters, _summaries)


@router.get("/{int:pk}", response=CompanyDetail, url_name="company", summary=_("One company"))
def company_detail(request: HttpRequest, pk: int) -> Any:
    """With its legal identity of today, every stay, and the figures that stand: amounts only for those who may see them."""
    company = get_object_or_404(Company.objects.visible_to(request.user), pk=pk)
    figures = company.figures.standing()
    if not request.user.has_perm("companies.amounts", company):
        figures = figures.exclude(indicator__in=MONEY_INDICATORS)
    return {
        **next(iter(_summaries([company]))),
        "activity": company.activity,
        "email": company.email,
        "phone": company.phone,
        "website": company.website,
        "is_public": company.is_public,
        "identity": company.identities.on(timezone.localdate()).first(),
        "residencies": [_residency(stay) for stay in company.residencies.select_related("site")],
        "figures": [
            {
                "indicator": figure.indicator,
                "year": figure.period.lower.year,
                "value": figure.value,
                "unit": figure.unit,
                "source": figure.source,
            }
            for figure in figures
        ],
    }


def _residency(stay: Residency) -> dict[str, Any]:
    last = stay.period.upper
    return {
        "site": stay.site.code,
        "mode": stay.mode,
        "first_day": stay.period.lower,
        "last_day": last - timedelta(days=1) if last else None,
    }
