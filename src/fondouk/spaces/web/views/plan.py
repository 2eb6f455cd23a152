"""The plan of a floor on a day: coloured by state, by end, by sector; beside it the list, and the space looked at."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from fondouk.lib.fields import TypedDateField
from fondouk.lib.text import typed_key
from fondouk.people.rules import required, verdict
from fondouk.sites.current import address_with_site, sites_within_reach
from fondouk.sites.models import Floor
from fondouk.spaces.models import FloorPlan
from fondouk.spaces.queries import Picture, picture
from fondouk.ui.formatting import listed

WEEKS = 78
"""How far the slider goes: eighteen months, as bookings do."""
VIEWS = ("state", "end", "sector")


@dataclass(frozen=True)
class Asked:
    floor: Floor | None
    floors: list[Floor]
    day: date
    by: str
    space: int


def _asked(request: HttpRequest) -> Asked:
    """Of the address: `floor`, `day` or `weeks` from today, `by`, `space`. What says nothing is today, the first floor."""
    code = request.GET.get("site", "")
    sites = [site for site in sites_within_reach(request) if not code or site.code == code]
    floors = list(
        Floor.objects.filter(building__site__in=sites)
        .select_related("building__site")
        .order_by("building__site", "building__code", "level")
    )
    key = typed_key(request.GET.get("floor", ""))
    floor = next((one for one in floors if one.pk == key), None)
    if floor is None:
        floor = next((one for one in floors if hasattr(one, "drawing")), floors[0] if floors else None)
    today = timezone.localdate()
    day = today
    if "weeks" in request.GET:
        weeks = typed_key(request.GET["weeks"]) or 0
        day = today + timedelta(weeks=min(weeks, WEEKS))
    elif typed := request.GET.get("day", ""):
        try:
            day = TypedDateField().clean(typed) or today
        except ValidationError:
            day = today
    by = request.GET.get("by", "")
    return Asked(
        floor, floors, day, by if by in VIEWS else "state", typed_key(request.GET.get("space", "")) or 0
    )


@require_safe
@required("spaces.view")
def page(request: HttpRequest) -> HttpResponse:
    if elsewhere := address_with_site(request):
        return redirect(elsewhere)
    asked = _asked(request)
    if asked.floor is None:
        return render(request, "spaces/plan/none.html", {"may_edit": verdict(request.user, "spaces.edit")})
    made = picture(asked.floor, asked.day, asked.by)
    chosen = next((one for one in made.rows if one.resource.pk == asked.space), None)
    site = asked.floor.building.site
    kept: dict[str, Any] = {"floor": asked.floor.pk, "day": f"{asked.day:%d/%m/%Y}", "by": asked.by}
    if request.GET.get("site"):
        kept["site"] = request.GET["site"]
    today = timezone.localdate()
    context = {
        "floor": asked.floor,
        "site": site,
        "floors": [
            {
                "label": f"{one.building.code} · {one.label}",
                "url": f"?{urlencode({**kept, 'floor': one.pk})}",
                "active": one == asked.floor,
            }
            for one in asked.floors
            if one.building.site_id == site.pk
        ],
        "views": [
            {"label": label, "url": f"?{urlencode({**kept, 'by': by})}", "active": by == asked.by}
            for by, label in (("state", _("State")), ("end", _("End")), ("sector", _("Sector")))
        ],
        "made": made,
        "legend": legend(made, asked.by),
        "small": made.plan.letters * 5 if made.plan else 0,
        "day": asked.day,
        "weeks": max(0, min(WEEKS, (asked.day - today).days // 7)),
        "most_weeks": WEEKS,
        "by": asked.by,
        "chosen": chosen,
        "company": _company(made, asked.space),
        "kept": urlencode(kept),
        "fields": [(name, value) for name, value in kept.items() if name != "day"],
        "may_edit": verdict(request.user, "spaces.edit", FloorPlan(floor=asked.floor)),
    }
    return render(request, "spaces/plan/page.html", context)


def _company(made: Picture, space: int) -> Any:
    return next((one.company for one in made.drawn if one.row.resource.pk == space), None)


def legend(made: Picture, by: str) -> list[tuple[str, str, int]]:
    """Colours in words, with how many parts each has."""
    words = {
        "free": _("free"),
        "soon": _("ends within 60 days"),
        "busy": _("held"),
        "works": _("works, or out of use"),
        "endless": _("without end"),
        "ends-short": _("ends within three months"),
        "ends-year": _("ends within a year"),
        "ends-later": _("ends later"),
    }
    sectors: dict[str, list[str]] = {}
    for one in made.drawn:
        if one.sector and made.sectors[one.sector] not in sectors.setdefault(one.colour, []):
            sectors[one.colour].append(made.sectors[one.sector])
    if by == "sector":
        words["busy"] = _("held, sector not known")
    said = []
    for colour, count in sorted(made.counts.items(), key=lambda pair: (-pair[1], pair[0])):
        label = listed(sectors[colour]) if colour in sectors else words.get(colour, colour)
        said.append((colour, label, count))
    return said
