"""How full the sites are: offices in square metres, coworking in places."""

from __future__ import annotations

from typing import Any

from django.db.models import Sum

from fondouk.contracts.models import ContractLine
from fondouk.contracts.queries import occupancy_by_site
from fondouk.sites.enums import Phase
from fondouk.sites.models import Site
from fondouk.spaces.enums import SpaceKind
from fondouk.spaces.models import Resource

from .scope import Scope


def occupancy(scope: Scope) -> dict[str, Any]:
    """As JSON: `area` and `places`, each `held` of `total`, and `offices`; the same by site under `sites`.

    Of sites that were open that day: the inventory does not say since when an office is there.
    """
    sites: Any = Site.objects.with_phase(scope.day)
    opened = {site.pk for site in sites if site.phase == Phase.OPEN}
    offices = {site: one for site, one in occupancy_by_site(scope.day, scope.sites).items() if site in opened}
    rooms = Resource.objects.in_use(scope.day).filter(kind=SpaceKind.COWORKING)
    if scope.sites is not None:
        rooms = rooms.filter(site__in=scope.sites)
    rooms = rooms.filter(site__in=opened)
    capacity = dict(rooms.order_by().values_list("site").annotate(Sum("capacity")))
    lines = ContractLine.objects.on(scope.day).filter(resource__in=rooms.order_by(), places__isnull=False)
    taken = dict(lines.order_by().values_list("resource__site").annotate(Sum("places")))
    by_site = {
        str(site): {
            "area": _part(offices[site].held, offices[site].total) if site in offices else _part(0, 0),
            "offices": _part(offices[site].offices_held, offices[site].offices)
            if site in offices
            else _part(0, 0),
            "places": _part(taken.get(site, 0), capacity.get(site) or 0),
        }
        for site in sorted({*offices, *capacity})
    }
    return {
        **{
            what: _part(
                sum(one[what]["held"] for one in by_site.values()),
                sum(one[what]["total"] for one in by_site.values()),
            )
            for what in ("area", "offices", "places")
        },
        "sites": by_site,
    }


def _part(held: Any, total: Any) -> dict[str, Any]:
    return {
        "held": int(held),
        "total": int(total),
        "ratio": round(float(held) / float(total), 4) if total else None,
    }
