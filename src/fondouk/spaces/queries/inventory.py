"""Reading the inventory: what a site offers, floor by floor, and how much of it is held."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum
from django.utils import timezone

from fondouk.sites.models import Building, Floor
from fondouk.spaces.enums import SpaceKind
from fondouk.spaces.models import Claim, Closure, Part, Resource, ResourcePart
from fondouk.spaces.occupation import Occupation, occupations

ENDS_SOON = timedelta(days=60)
FREE, SOON, HELD, CLOSED = "free", "soon", "busy", "works"


@dataclass
class Row:
    """A space as a list shows it. `state` is free, soon (its contract ends within 60 days), busy, or works (out of use)."""

    resource: Resource
    held: list[Occupation] = field(default_factory=list)
    state: str = FREE
    missing: list[Part] = field(default_factory=list)
    """Parts of a combined space that are out of use by themselves: it cannot be used without them."""

    is_shut: bool = False
    """Closed at this moment (at noon of another day), for works or a cleaning."""

    @property
    def shown(self) -> list[Occupation]:
        """The first two who hold it; `more` says how many others do."""
        return self.held[:2]

    @property
    def more(self) -> int:
        return max(0, len(self.held) - 2)

    @property
    def kind(self) -> str:
        return str(SpaceKind(self.resource.kind).label)


@dataclass
class Summary:
    """Of a site, or of all: square metres count once, whatever rooms join."""

    spaces: int
    area: Decimal
    by_kind: list[tuple[str, int]]


def rows(resources: Iterable[Resource], day: date) -> list[Row]:
    """With whoever holds them that day: as many queries as there are providers of occupations."""
    found = [Row(resource) for resource in resources]
    held = occupations([row.resource.pk for row in found], day)
    keys = [row.resource.pk for row in found]
    closed = set(closed_parts(day).filter(resource_parts__resource__in=keys))
    shut = Claim.objects.filter(kind=Closure.CLAIMS, during__contains=_moment(day), part__resources__in=keys)
    shut_now, shut_parts = set(), set()
    for resource, part in shut.values_list("part__resources", "part"):
        shut_now.add(resource)
        shut_parts.add(part)
    for row in found:
        row.held = held.get(row.resource.pk, [])
        if row.resource.is_pool:
            row.is_shut = all(part.pk in shut_parts for part in row.resource.parts.all())
            row.state = _state(row, day)
            continue
        if closed and not row.resource.is_out_on(day):
            row.missing = [part for part in row.resource.parts.all() if part in closed]
        row.is_shut = row.resource.pk in shut_now
        row.state = _state(row, day)
    return found


def _moment(day: date) -> datetime:
    """Now, for today; noon of another day."""
    if day == timezone.localdate():
        return timezone.now()
    return datetime.combine(day, time(12), timezone.get_current_timezone())


def in_use_at(sites: Any) -> QuerySet[Resource]:
    """Spaces of these sites that are in use, with their site, by code: to choose one."""
    found = Resource.objects.in_use().filter(site__in=sites).select_related("site")
    return found.order_by("site", "code_folded").defer("vector", "site__vector")


def closed_parts(day: date) -> QuerySet[Part]:
    """Parts whose own space, made of nothing else, is out of use."""
    alone = Resource.objects.annotate(made_of=Count("resource_parts")).filter(made_of=1)
    withdrawn = alone.filter(Q(withdrawn_on__lte=day) | Q(in_use_from__gt=day)).values("pk")
    return Part.objects.filter(pk__in=ResourcePart.objects.filter(resource__in=withdrawn).values("part"))


def _state(row: Row, day: date) -> str:
    resource = row.resource
    if row.missing or row.is_shut or resource.is_out_on(day):
        return CLOSED
    if not row.held:
        return FREE
    if resource.kind == SpaceKind.COWORKING:
        taken = sum(occupation.places or 1 for occupation in row.held)
        return HELD if resource.capacity and taken >= resource.capacity else FREE
    ends = [occupation.until for occupation in row.held if occupation.until]
    return SOON if ends and min(ends) <= day + ENDS_SOON else HELD


def summary(resources: Any, day: date) -> Summary:
    """Of a queryset of resources. A part out of use counts with its own space, not with the one that joins it."""
    made_of = ResourcePart.objects.filter(resource__in=resources)
    in_use = Q(resource__withdrawn_on=None) | Q(resource__withdrawn_on__gt=day)
    usable = made_of.exclude(in_use, part__in=closed_parts(day))
    area = Part.objects.filter(pk__in=usable.values("part")).aggregate(total=Sum("area"))["total"]
    counts = dict(resources.order_by().values_list("kind").annotate(n=Count("pk")))
    return Summary(
        sum(counts.values()),
        area or Decimal(0),
        [(str(kind.label), counts[kind.value]) for kind in SpaceKind if kind.value in counts],
    )


def floors_of(sites: Collection[int]) -> list[tuple[Building, list[Floor]]]:
    """Buildings of these sites with their floors, the lowest first."""
    found: dict[int, tuple[Building, list[Floor]]] = {}
    floors = Floor.objects.filter(building__site__in=sites).select_related("building__site")
    for floor in floors.order_by("building__site", "building__code", "level"):
        found.setdefault(floor.building_id, (floor.building, []))[1].append(floor)
    return list(found.values())
