"""The desk: who is expected today, who is here, who has gone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from fondouk.lib.fields import TypedDateField
from fondouk.lib.text import fold
from fondouk.lib.zones import local_range
from fondouk.people.rules import required
from fondouk.presence.queries import today_at
from fondouk.prospects.models import Tour
from fondouk.reception.models import Visit
from fondouk.reception.queries import Desk, desk_of
from fondouk.reception.rules import RECEIVERS
from fondouk.sites.current import address_with_site
from fondouk.sites.models import Site
from fondouk.sites.queries import sites_within
from fondouk.sites.rules import reach
from fondouk.ui.downloads import sheet_response

DAY = timedelta(days=1)


@dataclass(frozen=True)
class Asked:
    sites: list[Site]
    site: Site
    day: date
    word: str
    desk: Desk


def _asked(request: HttpRequest) -> Asked | None:
    """The site of the address, else the first of those where the reader receives visitors; its day, else today. None where
    there is none.
    """
    sites = list(sites_within(reach(request.user, *RECEIVERS)))
    if not sites:
        return None
    site = next((one for one in sites if one.code == request.GET.get("site")), sites[0])
    day = today_at(site)
    if typed := request.GET.get("day", ""):
        try:
            day = TypedDateField().clean(typed) or day
        except ValidationError:
            day = today_at(site)
    word = fold(request.GET.get("q", "").replace("\x00", "").strip())
    return Asked(sites, site, day, word, desk_of(site, day, word))


@require_safe
@required("reception.receive")
def page(request: HttpRequest) -> HttpResponse:
    if elsewhere := address_with_site(request):
        return redirect(elsewhere)
    asked = _asked(request)
    if asked is None:
        return render(request, "reception/desk_none.html")
    today = today_at(asked.site)
    context = {
        "site": asked.site,
        "sites": asked.sites,
        "day": asked.day,
        "today": today,
        "before": asked.day - DAY,
        "after": asked.day + DAY,
        "desk": asked.desk,
        "is_today": asked.day == today,
        "word": request.GET.get("q", ""),
        "tours": _tours(request, asked),
    }
    return render(request, "reception/desk.html", context)


def _tours(request: HttpRequest, asked: Asked) -> Any:
    """Tours of the site that day, which prospects bring."""
    first, last = local_range(asked.day, asked.site.zone)
    rows = (
        Tour.objects.visible_to(request.user)
        .live()
        .filter(site=asked.site, starts_at__gte=first, starts_at__lt=last)
    )
    return rows.select_related("prospect", "guide").order_by("starts_at")


@require_safe
@required("reception.receive")
def export(request: HttpRequest, form: str) -> HttpResponse:
    """The day as it is shown."""
    asked = _asked(request)
    rows: list[Visit] = []
    if asked is not None:
        rows = [*asked.desk.here, *asked.desk.expected, *asked.desk.over]
    headers = [
        _("Day"), _("Hour"), _("Name"), _("Organisation"), _("Company"), _("Expected by"), _("Meeting place"),
        _("State"), _("Arrived"), _("Gone"), _("Word to the reception"),
    ]  # fmt: skip
    lines = (
        [
            one.day,
            one.clock,
            one.name,
            one.organisation,
            one.company.label if one.company else "",
            one.host.name,
            one.resource.code if one.resource else "",
            one.state.label,
            one.arrived_at,
            one.left_at,
            one.note,
        ]
        for one in rows
    )
    return sheet_response(form, _("visitors"), headers, lines)
