"""Hosting contracts that the account may see."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext_lazy
from ninja import Field, Query, Router, Schema

from fondouk.api.web.paging import Paging, paged
from fondouk.contracts.enums import ContractState
from fondouk.contracts.models import Contract

_: Any = gettext_lazy  # written out when the document is asked for, in its reader's language

router = Router(tags=["contracts"])


class ContractOut(Schema):
    id: int
    reference: str
    company: int
    company_name: str
    site: str
    state: ContractState
    starts_on: date
    ends_on: date | None
    last_day: date | None


class Contracts(Schema):
    items: list[ContractOut]
    next: str | None


class LineOut(Schema):
    space: int
    code: str
    occupancy: str
    places: int | None
    rent: Decimal | None
    currency: str
    first_day: date | None
    last_day: date | None


class ContractDetail(ContractOut):
    deposit: Decimal | None
    currency: str
    lines: list[LineOut]


class ContractFilters(Paging):
    site: str = Field("", max_length=20)
    company: int | None = None
    running: bool | None = None


def _visible(request: HttpRequest) -> Any:
    return Contract.objects.visible_to(request.user).select_related("company", "site", "termination")


def _summaries(contracts: Iterable[Contract]) -> Iterable[dict[str, Any]]:
    day = timezone.localdate()
    for contract in contracts:
        yield {
            "id": contract.pk,
            "reference": contract.reference,
            "company": contract.company_id,
            "company_name": contract.company.name,
            "site": contract.site.code,
            "state": contract.state_on(day),
            "starts_on": contract.starts_on,
            "ends_on": contract.ends_on,
            "last_day": contract.last_day,
        }


@router.get("", response=Contracts, url_name="contracts", summary=_("Hosting contracts, filtered"))
def contract_list(request: HttpRequest, filters: Query[ContractFilters]) -> Any:
    rows = _visible(request)
    if filters.site:
        rows = rows.filter(site__code=filters.site)
    if filters.company is not None:
        rows = rows.filter(company=filters.company)
    if filters.running is not None:
        running = Contract.objects.running(timezone.localdate()).values("pk")
        rows = rows.filter(pk__in=running) if filters.running else rows.exclude(pk__in=running)
    return paged(rows, filters, _summaries)


@router.get("/{int:pk}", response=ContractDetail, url_name="contract", summary=_("One contract"))
def contract_detail(request: HttpRequest, pk: int) -> Any:
    """With its lines: each holds one space."""
    contract = get_object_or_404(_visible(request), pk=pk)
    return {
        **next(iter(_summaries([contract]))),
        "deposit": contract.deposit,
        "currency": contract.currency,
        "lines": [
            {
                "space": line.resource_id,
                "code": line.resource.code,
                "occupancy": line.occupancy,
                "places": line.places,
                "rent": line.rent,
                "currency": line.currency,
                "first_day": line.period.lower,
                "last_day": date.fromordinal(line.period.upper.toordinal() - 1)
                if line.period.upper
                else None,
            }
            for line in contract.lines.select_related("resource")
        ],
    }


def _last_day(end: date | None) -> date | None:
    return end - timedelta(days=1) if end else None
