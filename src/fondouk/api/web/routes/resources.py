"""What can be booked, and when it is free."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, JsonResponse
from django.utils.translation import gettext as said_now
from django.utils.translation import gettext_lazy
from ninja import Field, Query, Router, Schema

from fondouk.api.web.clock import local_time, written
from fondouk.api.web.paging import Paging, paged
from fondouk.api.web.problems import Refused
from fondouk.bookings.actions.booking import RULES
from fondouk.bookings.queries import Found, Search, bookable, search_for
from fondouk.lib.recurrence import BrokenRule, parse_rule
from fondouk.sites.models import Site
from fondouk.spaces.enums import Equipment, SpaceKind
from fondouk.spaces.models import Resource

_: Any = gettext_lazy  # written out when the document is asked for, in its reader's language

router = Router(tags=["bookings"])


class ResourceOut(Schema):
    """Of a zone that `is_pool` whoever books is given one place: `capacity` is that of a place."""

    id: int
    code: str
    site: str
    kind: str
    capacity: int | None
    is_pool: bool
    equipment: list[str]


class Resources(Schema):
    items: list[ResourceOut]
    next: str | None


class Wanted(Schema):
    site: str = Field("", max_length=20)
    kind: SpaceKind | None = None
    capacity: int = Field(0, ge=0, le=100_000)
    equipment: list[Equipment] = []


class ResourceFilters(Wanted, Paging):
    pass


class Slot(Wanted):
    start: str = Field(max_length=40)
    end: str = Field(max_length=40)
    rrule: str = Field("", max_length=400)


class FreeOut(Schema):
    """`missing`: local starts of the times when it cannot be had."""

    id: int
    code: str
    site: str
    kind: str
    capacity: int | None
    free: int
    missing: list[str]
    needs_approval: bool


class Availability(Schema):
    """`times`: how many were asked for. Free for all of them first, the smallest that does before larger ones."""

    times: int
    items: list[FreeOut]


def _shape(rooms: Iterable[Resource]) -> Iterable[dict[str, Any]]:
    for room in rooms:
        yield {
            "id": room.pk,
            "code": room.code,
            "site": room.site.code,
            "kind": room.kind,
            "capacity": room.capacity,
            "is_pool": room.is_pool,
            "equipment": room.equipment,
        }


@router.get("", response=Resources, url_name="resources", summary=_("Spaces that the account may book"))
def resource_list(request: HttpRequest, filters: Query[ResourceFilters]) -> Any:
    rows = bookable(request.user)
    if filters.site:
        rows = rows.filter(site__code=filters.site)
    if filters.kind:
        rows = rows.filter(kind=filters.kind)
    if filters.capacity:
        rows = rows.filter(capacity__gte=filters.capacity)
    if filters.equipment:
        rows = rows.filter(equipment__contains=filters.equipment)
    return paged(rows.select_related("site").defer("vector", "site__vector"), filters, _shape)


@router.get(
    "/availability",
    response=Availability,
    url_name="availability",
    summary=_("Which of them are free at a time, or at all times of a rule"),
)
def availability(request: HttpRequest, slot: Query[Slot]) -> Any:
    sites = {site.pk: site for site in Site.objects.defer("vector")}
    chosen = [site for site in sites.values() if not slot.site or site.code == slot.site]
    if not chosen:
        raise Refused({"site": said_now("There is no such site.")})
    zone = chosen[0].zone if slot.site else settings.TIME_ZONE
    wanted = _search(slot, zone, chosen[0].pk if slot.site else None)
    found = search_for(request.user, wanted)
    answer = {
        "times": found[0].of if found else len(wanted.spans(zone)),
        "items": [_free(one, sites[one.resource.site_id].code) for one in found if one.of > len(one.missing)],
    }
    # Written as it is: going through the schema of `Availability` again takes longer than finding five hundred rooms.
    return JsonResponse(answer)


def _free(one: Found, site: str) -> dict[str, Any]:
    return {
        "id": one.resource.pk,
        "code": one.resource.code,
        "site": site,
        "kind": one.resource.kind,
        "capacity": one.resource.capacity,
        "free": one.of - len(one.missing),
        "missing": [written(when) for when in one.missing],
        "needs_approval": one.terms.needs_approval,
    }


def _search(slot: Slot, zone: str, site: int | None) -> Search:
    starts, ends = local_time(slot.start, zone, "start"), local_time(slot.end, zone, "end")
    if ends <= starts:
        raise Refused({"end": said_now("It ends before it starts.")})
    rule = None
    if slot.rrule:
        try:
            rule = parse_rule(slot.rrule)
            rule.starts(starts)
        except BrokenRule as broken:
            raise Refused({"rrule": RULES[broken.reason]}) from broken
    kinds = (slot.kind,) if slot.kind else ()
    return Search(
        starts, ends, rule, capacity=slot.capacity, equipment=slot.equipment, kinds=kinds, site=site
    )
