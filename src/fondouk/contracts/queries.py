"""Reading contracts: who holds what on a day, what ends, how full the offices are."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import partial
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, Sum
from django.db.models.functions import Least

from fondouk.companies.models import Residency
from fondouk.contracts.models import Contract, ContractLine, ContractTermination
from fondouk.lib.addresses import record_address
from fondouk.lib.kept import while_unchanged
from fondouk.spaces.models import Part, Resource, ResourcePart
from fondouk.spaces.occupation import Occupation

ENDS_SOON = timedelta(days=60)


@dataclass(frozen=True)
class Occupancy:
    """Square metres of offices held by a contract, of all offices in use; and the same in numbers of offices."""

    held: Decimal
    total: Decimal
    offices_held: int
    offices: int

    @property
    def ratio(self) -> Decimal | None:
        return self.held / self.total if self.total else None

    @property
    def free(self) -> int:
        return self.offices - self.offices_held


def office_occupancy(day: date, sites: Collection[int] | None = None) -> Occupancy:
    """Of these sites together, of all of them when none are named: see `occupancy_by_site`."""
    found = occupancy_by_site(day, sites).values()
    return Occupancy(
        sum((one.held for one in found), Decimal(0)),
        sum((one.total for one in found), Decimal(0)),
        sum(one.offices_held for one in found),
        sum(one.offices for one in found),
    )


def occupancy_by_site(day: date, sites: Collection[int] | None = None) -> dict[int, Occupancy]:
    """By the key of the site, those with offices only. Measured on parts, so that no square metre counts twice; an
    office is held when one of its parts is.
    """
    offices = Resource.objects.in_use(day).offices().order_by()
    if sites is not None:
        offices = offices.filter(site__in=sites)
    held = ResourcePart.objects.filter(resource__in=ContractLine.objects.on(day).values("resource")).values(
        "part"
    )
    holding = ResourcePart.objects.filter(part__in=held).values("resource")
    counts = offices.values("site").annotate(
        offices=Count("pk"), offices_held=Count("pk", filter=Q(pk__in=holding))
    )
    parts = Part.objects.filter(pk__in=ResourcePart.objects.filter(resource__in=offices).values("part"))
    areas = {
        row["site"]: row
        for row in parts.order_by()
        .values("site")
        .annotate(total=Sum("area"), held=Sum("area", filter=Q(pk__in=held)))
    }
    none = {"held": None, "total": None}
    found = ((row, areas.get(row["site"], none)) for row in counts)
    return {
        row["site"]: Occupancy(
            area["held"] or Decimal(0), area["total"] or Decimal(0), row["offices_held"], row["offices"]
        )
        for row, area in found
    }


def occupations_by_contract(resources: Collection[int], day: date) -> dict[int, list[Occupation]]:
    """For `spaces.occupation`: the companies whose contract holds these spaces that day, or a part of them."""
    made_of: dict[int, set[int]] = {}
    for resource, part in ResourcePart.objects.filter(resource__in=resources).values_list("resource", "part"):
        made_of.setdefault(part, set()).add(resource)
    lines = (
        ContractLine.objects.on(day)
        .filter(resource__resource_parts__part__in=made_of)
        .annotate(part=F("resource__resource_parts__part"))
        .select_related("contract__company")
        .defer("contract__company__vector")
        .order_by("contract__company__name_folded", "pk")
    )
    found: dict[int, dict[int, Occupation]] = {}
    for line in lines:
        company = line.contract.company
        occupation = Occupation(
            company.label,
            record_address("company", company.pk),
            line.period.upper - timedelta(days=1) if line.period.upper else None,
            line.places,
        )
        for resource in made_of[line.part]:
            found.setdefault(resource, {})[line.pk] = occupation
    return {resource: list(held.values()) for resource, held in found.items()}


def contracts_of(company: Any) -> list[Contract]:
    """A company's contracts, the latest to start first; read once for one object."""
    known: list[Contract] | None = getattr(company, "_contracts", None)
    if known is None:
        known = list(company.contracts.select_related("termination").order_by("-starts_on", "-pk"))
        company._contracts = known
    return known


def lines_of(company: Any) -> Any:
    """Every line of a company's contracts, those that run or come first."""
    return (
        ContractLine.objects.binding()
        .filter(contract__company=company)
        .select_related("contract", "contract__site", "resource", "resource__floor__building")
        .prefetch_related("resource__parts")
        .order_by(F("period").desc(), "resource__code_folded")
    )


def with_last_day(contracts: Any) -> Any:
    """Each with `last`, the day it ends, termination counted; null while it has none. As `Contract.last_day`."""
    return contracts.annotate(last=Least("ends_on", "termination__on"))


WATCHED = (
    ("contracts_contractevent", "pgh_id"), ("contracts_contractterminationevent", "pgh_id"),
    ("companies_residencyevent", "pgh_id"),
)  # fmt: skip
"""What `over_but_hosted` rests on."""


def over_but_hosted(day: date) -> Any:
    """The latest contract of a company still hosted on that site, when it is over. Which they are is worked out when a
    contract or a stay changes: every page that counts what waits asks for it.
    """
    keys = while_unchanged("contracts-over", WATCHED, [day], partial(_over_but_hosted, day), near=True)
    return with_last_day(Contract.objects.filter(pk__in=keys))


def _over_but_hosted(day: date) -> list[int]:
    hosted = Residency.objects.on(day).filter(company=OuterRef("company"), site=OuterRef("site"))
    others = Contract.objects.binding().filter(company=OuterRef("company"), site=OuterRef("site"))
    later = with_last_day(others).filter(
        Q(last=None)
        | Q(last__gte=day)
        | Q(last__gt=OuterRef("last"))
        | Q(last=OuterRef("last"), pk__gt=OuterRef("pk"))
    )
    found = with_last_day(Contract.objects.binding()).filter(Exists(hosted), ~Exists(later), last__lt=day)
    return list(found.order_by("pk").values_list("pk", flat=True))


def ending_soon(day: date, within: timedelta = ENDS_SOON) -> Any:
    """Contracts that run and end within that time. The days are looked for first, in their indexes."""
    ahead = (day, day + within)
    agreed = Contract.objects.order_by().filter(ends_on__range=ahead).values("pk")
    terminated = ContractTermination.objects.order_by().filter(on__range=ahead).values("contract")
    running = Contract.objects.running(day).filter(pk__in=agreed.union(terminated))
    return with_last_day(running).filter(last__lte=day + within)
