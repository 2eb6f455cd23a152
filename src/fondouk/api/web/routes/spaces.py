"""The inventory within the account's reach."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy
from ninja import Field, Query, Router, Schema

from fondouk.api.web.paging import Paging, paged
from fondouk.spaces.enums import SpaceKind
from fondouk.spaces.models import Resource

_: Any = gettext_lazy  # written out when the document is asked for, in its reader's language

router = Router(tags=["spaces"])


class SpaceOut(Schema):
    id: int
    code: str
    site: str
    building: str | None
    level: int | None
    kind: str
    capacity: int | None
    area: Decimal | None
    parts: list[str]
    withdrawn_on: date | None


class Spaces(Schema):
    items: list[SpaceOut]
    next: str | None


class SpaceFilters(Paging):
    site: str = Field("", max_length=20)
    kind: SpaceKind | None = None
    in_use: bool = True


def _visible(request: HttpRequest) -> Any:
    rows = Resource.objects.visible_to(request.user)
    return rows.select_related("site", "floor__building").prefetch_related("parts")


def _shape(spaces: Iterable[Resource]) -> Iterable[dict[str, Any]]:
    for space in spaces:
        yield {
            "id": space.pk,
            "code": space.code,
            "site": space.site.code,
            "building": space.floor.building.code if space.floor else None,
            "level": space.floor.level if space.floor else None,
            "kind": space.kind,
            "capacity": space.capacity,
            "area": space.area,
            "parts": [part.code for part in space.parts.all()],
            "withdrawn_on": space.withdrawn_on,
        }


@router.get("", response=Spaces, url_name="spaces", summary=_("Spaces, by site and kind"))
def space_list(request: HttpRequest, filters: Query[SpaceFilters]) -> Any:
    rows = _visible(request)
    if filters.site:
        rows = rows.filter(site__code=filters.site)
    if filters.kind:
        rows = rows.filter(kind=filters.kind)
    if filters.in_use:
        rows = rows.in_use()
    return paged(rows, filters, _shape)


@router.get("/{int:pk}", response=SpaceOut, url_name="space", summary=_("One space"))
def space_detail(request: HttpRequest, pk: int) -> Any:
    return next(iter(_shape([get_object_or_404(_visible(request), pk=pk)])))
