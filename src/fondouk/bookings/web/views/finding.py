"""Finding a space: free for all times, free for most and which are missing."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from fondouk.bookings.forms import SearchForm
from fondouk.bookings.queries import Found, search_for
from fondouk.lib.formats import format_date
from fondouk.people.rules import required
from fondouk.sites.current import current_site, sites_within_reach
from fondouk.sites.models import Site
from fondouk.spaces.enums import SpaceKind
from fondouk.spaces.models import ResourcePart
from fondouk.ui.formatting import listed

SHOWN = 30
ENOUGH = 0.5
"""Of the times: a space that is free less often is not worth a line."""


@require_safe
@required("bookings.view")
def find(request: HttpRequest) -> HttpResponse:
    sites = Site.objects.filter(pk__in=[site.pk for site in sites_within_reach(request)])
    asked = "day" in request.GET
    form = SearchForm(request.GET if asked else None, initial=_initial(request), sites=sites)
    context: dict[str, Any] = {"form": form, "asked": asked}
    if asked and form.is_valid():
        context |= found_for(request.user, form)
    return render(request, "bookings/planning/find.html", context)


def _initial(request: HttpRequest) -> dict[str, Any]:
    now = timezone.localtime().replace(minute=0) + timedelta(hours=1)
    return {
        "day": now.date(),
        "begins": now.time(),
        "ends": (now + timedelta(hours=1)).time(),
        "site": current_site(request),
    }


def found_for(account: Any, form: SearchForm) -> dict[str, Any]:
    """Spaces for a valid form: `whole` are free at all its times, `partly` at most of them."""
    wanted = form.search()
    found = search_for(account, wanted)
    whole = [one for one in found if one.is_free]
    partly = sorted(
        (one for one in found if not one.is_free and one.share >= ENOUGH), key=lambda one: -one.share
    )
    shown = [*whole[:SHOWN], *partly[:SHOWN]]
    made_of = _joined([one.resource.pk for one in shown])
    names = {one.pk: str(one) for one in Site.objects.defer("vector")} if shown else {}
    return {
        "wanted": wanted,
        "times": found[0].of if found else 0,
        "whole": [_row(one, names, made_of) for one in whole[:SHOWN]],
        "partly": [_row(one, names, made_of) for one in partly[:SHOWN]],
        "whole_count": len(whole),
        "partly_count": len(partly),
        "none": not whole and not partly,
        "looked_at": len(found),
    }


def _joined(keys: list[int]) -> dict[int, list[str]]:
    """What the spaces are made of that join others."""
    found: dict[int, list[str]] = {}
    rows = ResourcePart.objects.filter(resource__in=keys).order_by("part__code")
    for resource, code in rows.values_list("resource", "part__code"):
        found.setdefault(resource, []).append(code)
    return {key: codes for key, codes in found.items() if len(codes) > 1}


def _short(when: datetime) -> str:
    return format_date(when, (get_language() or "fr")[:2], "day_month")


def _row(one: Found, sites: dict[int, str], made_of: dict[int, list[str]]) -> dict[str, Any]:
    return {
        "space": one.resource,
        "kind": SpaceKind(one.resource.kind).label,
        "site": sites.get(one.resource.site_id, ""),
        "joins": made_of.get(one.resource.pk, []),
        "missing": listed(_short(when) for when in one.missing),
        "free": one.of - len(one.missing),
        "of": one.of,
        "needs_approval": one.terms.needs_approval,
        "skip": ",".join(when.isoformat() for when in one.missing),
    }
