"""The inventory: the spaces of a site, building by building and floor by floor."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from fondouk.people.rules import required, verdict
from fondouk.sites.current import address_with_site
from fondouk.spaces.models import Resource
from fondouk.spaces.queries import Row, rows, summary
from fondouk.spaces.web.filters import SpaceFilter
from fondouk.ui.downloads import sheet_response
from fondouk.ui.formatting import listed

PER_PAGE = 50


def filtered(request: HttpRequest) -> tuple[SpaceFilter, Any]:
    found = SpaceFilter(request.GET, queryset=Resource.objects.visible_to(request.user), request=request)
    ordered = found.qs.order_by("site", "floor__building__code", "floor__level", "code_folded")
    return found, ordered.defer("vector", "site__vector")


@require_safe
@required("spaces.view")
def space_list(request: HttpRequest) -> HttpResponse:
    if elsewhere := address_with_site(request):
        return redirect(elsewhere)
    found, resources = filtered(request)
    page = Paginator(resources, PER_PAGE).get_page(request.GET.get("page"))
    shown = page.object_list.select_related("site", "floor__building").prefetch_related("parts")
    found_rows = rows(shown, timezone.localdate())
    states: dict[str, int] = {}
    for row in found_rows:
        states[row.state] = states.get(row.state, 0) + 1
    context = {
        "filter": found,
        "page": page,
        "floors": _by_floor(found_rows, resources),
        "summary": summary(resources, timezone.localdate()),
        "states": states,
        "is_filtered": any(value for key, value in request.GET.items() if key not in ("page", "site")),
        "query": _plain(request),
        "may_edit": verdict(request.user, "spaces.edit"),
        "may_import": request.user.has_perm("imports.run"),
    }
    return render(request, "spaces/space/list.html", context)


def _plain(request: HttpRequest) -> str:
    kept = request.GET.copy()
    kept.pop("page", None)
    return kept.urlencode()


def _by_floor(found: list[Row], resources: Any) -> list[dict[str, Any]]:
    def place(row: Row) -> tuple[int, int]:
        return row.resource.site_id, row.resource.floor_id or 0

    counted = resources.order_by().values_list("site", "floor").annotate(n=Count("pk"))
    totals = {(site, floor or 0): n for site, floor, n in counted}
    groups = []
    for where, members in groupby(found, key=place):
        here = list(members)
        first = here[0].resource
        groups.append({"site": first.site, "floor": first.floor, "rows": here, "total": totals[where]})
    return groups


@require_safe
@required("spaces.view")
def export(request: HttpRequest, form: str) -> HttpResponse:
    """Exactly what is filtered."""
    _found, resources = filtered(request)
    day = timezone.localdate()
    headers = [
        _("Site"), _("Building"), _("Floor"), _("Space"), _("Kind"), _("Area (m²)"), _("Capacity"), _("Held by"), _("Until"),
        _("Out of use since"),
    ]  # fmt: skip
    lines = (
        [
            str(row.resource.site),
            str(row.resource.floor.building) if row.resource.floor else "",
            row.resource.floor.label if row.resource.floor else "",
            row.resource.code,
            row.kind,
            row.resource.area,
            row.resource.capacity,
            listed(held.label for held in row.held),
            min((held.until for held in row.held if held.until), default=None),
            row.resource.withdrawn_on,
        ]
        for row in rows(resources.select_related("site", "floor__building").prefetch_related("parts"), day)
    )
    return sheet_response(form, _("spaces"), headers, lines)
