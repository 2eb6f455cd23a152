"""Aujourd'hui: how the park stands this morning, and what waits for somebody."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from fondouk.audit.queries import recent, with_records
from fondouk.companies.queries import hosted_and_arrived, people_employed
from fondouk.contracts.queries import office_occupancy
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
    hosted, arrived = hosted_and_arrived(day, day.replace(month=1, day=1), sites)
    context: dict[str, Any] = {
        "perms_import": request.user.has_perm("imports.run"),
        "may_add": verdict(request.user, "companies.edit"),
        "site": site,
        "site_names": listed(sites_within_reach(request)) if not site and not within.network else "",
        "day": day,
        "hosted": hosted,
        "arrived": arrived,
        "people": people_employed(day, sites),
        "occupancy": office_occupancy(day, sites),
        "todo_count": todo_count,
        "items": pressing(found, SHOWN),
        "activity": with_records(recent(8), "companies.company:") if within.network else [],
        "side": registry.rendered_panels(request, "console.today:side", site),
        "main": registry.rendered_panels(request, "console.today:main", site),
    }
    return render(request, "console/today.html", context)
