"""Aujourd'hui: how the park stands this morning, and what waits for somebody."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from fondouk.audit.queries import recent, with_records
from fondouk.companies.queries import hosted_and_arrived, people_employed
from fondouk.contracts.queries import Occupancy, office_occupancy
from fondouk.lib.kept import while_unchanged
from fondouk.people.rules import required, verdict
from fondouk.sites.current import current_site, sites_within_reach
from fondouk.sites.rules import reach
from fondouk.todos.queries import note_waiting, piles, pressing
from fondouk.ui.formatting import listed
from fondouk.ui.registry import registry

SHOWN = 8


@require_safe
@required("sites.staff")
def today_page(request: HttpRequest) -> HttpResponse:
    site, day = current_site(request), timezone.localdate()
    sites = {site.pk} if site else None
    within = reach(request.user)
    if sites is None and not within.network:
        sites = set(within.sites)
    found = piles(request.user, site.pk if site else None, limit=SHOWN)
    todo_count = sum(pile.count for pile in found)
    note_waiting(request.user, site.pk if site else None, todo_count)
    hosted, arrived, people, occupancy = figures(day, sites)
    context: dict[str, Any] = {
        "perms_import": request.user.has_perm("imports.run"),
        "may_add": verdict(request.user, "companies.edit"),
        "may_welcome": request.user.has_perm("prospects.edit"),
        "site": site,
        "site_names": listed(sites_within_reach(request)) if not site and not within.network else "",
        "day": day,
        "hosted": hosted,
        "arrived": arrived,
        "people": people,
        "occupancy": occupancy,
        "todo_count": todo_count,
        "todo_kinds": listed(str(pile.source.label).lower() for pile in found[:3]),
        "items": pressing(found, SHOWN),
        "activity": with_records(recent(8), "companies.company:") if within.network else [],
        "side": registry.rendered_panels(request, "console.today:side", site),
        "main": registry.rendered_panels(request, "console.today:main", site),
    }
    return render(request, "console/today.html", context)


WATCHED = (
    ("companies_residencyevent", "pgh_id"), ("companies_companyevent", "pgh_id"), ("companies_figure", "id"),
    ("companies_companymerge", "id"), ("contracts_contractlineevent", "pgh_id"), ("spaces_resourceevent", "pgh_id"),
    ("spaces_partevent", "pgh_id"), ("spaces_resourcepartevent", "pgh_id"),
)  # fmt: skip
"""What the figures of the day rest on."""


def figures(day: date, sites: set[int] | None) -> tuple[int, int, int, Occupancy]:
    """Companies hosted, those that arrived this year, people employed, offices held; worked out when one of them changes."""

    def count() -> tuple[int, int, int, Occupancy]:
        hosted, arrived = hosted_and_arrived(day, day.replace(month=1, day=1), sites)
        return hosted, arrived, people_employed(day, sites), office_occupancy(day, sites)

    return while_unchanged("today", WATCHED, [day, sorted(sites or ()), sites is None], count, near=True)
