"""The planning: who holds which room when, a day or a week at a time; rooms and times are booked by drawing them."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from fondouk.bookings.queries import Line, bookable, clock_at, lines
from fondouk.bookings.terms import LET
from fondouk.bookings.web.grid import Grid, day_grid, local, mark_of
from fondouk.lib.calendars import week_start
from fondouk.lib.dates import UnreadableDate, parse_date
from fondouk.lib.fields import TypedCountField
from fondouk.lib.zones import local_range
from fondouk.people.rules import required
from fondouk.sites.current import address_with_site, current_site, sites_within_reach
from fondouk.sites.models import Site
from fondouk.sites.queries.hours import Day, week_of
from fondouk.spaces.enums import Equipment, SpaceKind

PER_PAGE = 60
DAY = timedelta(days=1)
WEEK = timedelta(days=7)
AHEAD = timedelta(days=3660)
KINDS = [(kind.value, kind.label) for kind in SpaceKind if kind not in LET]


class PlanningFilter(forms.Form):
    """Which rooms; all of it in the address."""

    site = forms.ChoiceField(label=gettext_lazy("Site"), required=False)
    kind = forms.ChoiceField(
        label=gettext_lazy("Kind"), required=False, choices=[("", gettext_lazy("All")), *KINDS]
    )
    people = TypedCountField(label=gettext_lazy("Capacity from"), required=False)
    equipment = forms.ChoiceField(
        label=gettext_lazy("Equipment"),
        required=False,
        choices=[("", gettext_lazy("Any")), *Equipment.choices],
    )
    day = forms.CharField(required=False, widget=forms.HiddenInput)
    view = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, sites: Sequence[Site], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["site"].choices = [(site.code, str(site)) for site in sites]  # type: ignore[attr-defined]
        self.fields["people"].widget.attrs["size"] = 4
        if len(sites) < 2:
            self.fields["site"].widget = forms.HiddenInput()

    def narrow(self, rooms: Any) -> Any:
        if not self.is_valid():
            return rooms.none()
        said = self.cleaned_data
        if said.get("kind"):
            rooms = rooms.filter(kind=said["kind"])
        if said.get("people"):
            rooms = rooms.filter(capacity__gte=int(said["people"]))
        if said.get("equipment"):
            rooms = rooms.filter(equipment__contains=[said["equipment"]])
        return rooms


@require_safe
@required("bookings.view")
def planning(request: HttpRequest) -> HttpResponse:
    if elsewhere := address_with_site(request):
        return redirect(elsewhere)
    sites = sites_within_reach(request)
    site = next((one for one in sites if one.code == request.GET.get("site")), None)
    site = site or current_site(request) or next(iter(sites), None)
    if site is None:
        return render(request, "bookings/planning/none.html")
    data = request.GET.copy()
    data["site"] = site.code
    found = PlanningFilter(data, sites=sites)
    now = clock_at(site)
    day = _day(request, now.date())
    shown, first, last = one_day, day, day
    if request.GET.get("view") == "week":
        shown, first, last = week, week_start(day), week_start(day) + WEEK - DAY
    there = bookable(request.user).in_use_between(first, last).filter(site=site)
    rooms = found.narrow(there).order_by("code_folded")
    page = Paginator(rooms.select_related("floor").defer("vector"), PER_PAGE).get_page(
        request.GET.get("page")
    )
    context = shown(request, site, list(page.object_list), day, now)
    mark = hashlib.sha256("\n".join(map(str, context["known"])).encode()).hexdigest()[:20]
    if request.headers.get("Planner-Known") == mark:
        return HttpResponse(status=204)  # nothing has changed: the page stays as it is
    context |= {
        "filter": found,
        "site": site,
        "page": page,
        "mark": mark,
        "today": now.date(),
        "has_zones": any(room.is_pool for room in page.object_list),
        "is_filtered": any(request.GET.get(name) for name in ("kind", "people", "equipment")),
        "query": request.GET.urlencode(),
    }
    return render(request, "bookings/planning/page.html", context)


def _day(request: HttpRequest, today: date) -> date:
    try:
        asked = parse_date(request.GET.get("day", ""))
    except UnreadableDate:
        return today
    return min(max(asked, today - AHEAD), today + AHEAD)


def one_day(request: HttpRequest, site: Site, rooms: Any, day: date, now: datetime) -> dict[str, Any]:
    start, end = local_range(day, site.zone)
    found = lines(request.user, rooms, start, end)
    hours = week_of(site, [day])[0]
    grid: Grid = day_grid(found, day, hours, site.zone, now)
    return {
        "grid": grid,
        "hours": hours,
        "day": day,
        "before": day - DAY,
        "after": day + DAY,
        "known": [*map(mark_of, found), day, now.replace(minute=now.minute // 15 * 15)],
    }


def week(request: HttpRequest, site: Site, rooms: Any, day: date, now: datetime) -> dict[str, Any]:
    """Days beside each other, with what stands in each room that day."""
    first = week_start(day)
    days = [first + DAY * number for number in range(7)]
    start, end = local_range(days[0], site.zone)[0], local_range(days[-1], site.zone)[1]
    found = lines(request.user, rooms, start, end)
    hours = week_of(site, days)
    return {
        "week": [{"line": line, "cells": _cells(line, hours, site.zone)} for line in found],
        "days": hours,
        "day": day,
        "before": first - WEEK,
        "after": first + WEEK,
        "last": days[-1],
        "known": [*map(mark_of, found), first],
    }


def _cells(line: Line, hours: Sequence[Day], zone: str) -> list[dict[str, Any]]:
    cells = []
    for day in hours:
        begin, end = datetime.combine(day.on, time(0)), datetime.combine(day.on + DAY, time(0))
        blocks = [
            {"block": block, "starts": max(starts, begin), "ends": min(ends, end), "from": starts, "to": ends,
             "is_whole": starts <= begin and ends >= end}
            for block in line.blocks
            if (starts := local(block.first, zone)) < end and (ends := local(block.last, zone)) > begin
        ]  # fmt: skip
        cells.append({"day": day, "blocks": blocks})
    return cells
