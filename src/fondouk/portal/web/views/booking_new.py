"""A member books: rooms that are free then, and three taps later one of them is theirs."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from fondouk.bookings.actions import book
from fondouk.bookings.enums import Scope, Status
from fondouk.bookings.forms import refuse
from fondouk.bookings.models import Booking
from fondouk.bookings.presentation import Way, in_the_way, quote_context
from fondouk.bookings.queries import (
    Search,
    audience_of,
    bookable,
    clock_at,
    closed_at,
    costs_of,
    quote,
    search,
    terms_for,
)
from fondouk.bookings.refusals import capacity, horizon
from fondouk.bookings.wishes import Clash, PriceChanged, Span, Unavailable, Wish
from fondouk.lib.local import read_local
from fondouk.lib.recurrence import Rule
from fondouk.lib.text import typed_key
from fondouk.portal.web.forms.bookings import LENGTHS, WhatForm, WhenForm
from fondouk.portal.web.mine import Mine, render_mine, with_company
from fondouk.sites.models import Site
from fondouk.sites.queries import week_of
from fondouk.spaces.enums import SpaceKind
from fondouk.spaces.models import Resource
from fondouk.spaces.queries import taken_next
from fondouk.ui.toasts import toast

ROOMS = 24
DAYS = 8
"""How far the next opening is looked for: the longest feasts are shorter."""


@require_safe
@with_company
def choose(request: HttpRequest, mine: Mine) -> HttpResponse:
    """Rooms that are free then: the first tap is on one of them."""
    rooms = bookable(request.user)
    sites = list(Site.objects.filter(pk__in=rooms.values("site")).order_by("pk"))
    if not sites:
        return render_mine(request, mine, "portal/booking_none.html", {}, below="member_booking_new")
    site = next((one for one in sites if one.code == request.GET.get("site")), sites[0])
    now = clock_at(site)
    days = week_of(site, [now.date() + timedelta(days=ahead) for ahead in range(DAYS)])
    form = WhenForm({**WhenForm.begun(now, days), **request.GET.dict()})
    found: list[dict[str, Any]] = []
    starts = ends = None
    if form.is_valid():
        starts, ends = form.times()
        found = _rooms(request, mine, rooms.filter(site=site), site, form, starts, ends)
    context = {
        "form": form,
        "site": site,
        "sites": sites,
        "rooms": found,
        "starts": starts,
        "ends": ends,
        "lengths": LENGTHS,
        "is_past": starts is not None and starts < now,
        "why": _why(request, rooms.filter(site=site), form) if starts and not found else "",
    }
    return render_mine(request, mine, "portal/booking_new.html", context, below="member_booking_new")


def _why(request: HttpRequest, rooms: Any, form: WhenForm) -> str:
    """What keeps every room from being had then, where it is the same for all; "" where they are just taken."""
    starts, ends = form.times()
    people = form.cleaned_data.get("people")
    largest = max((one.capacity or 0 for one in rooms), default=0)
    if people and largest and people > largest:
        return capacity(largest)
    some = rooms.select_related("site").order_by("pk").first()
    if some is None:
        return ""
    span = Span.of(starts, starts, ends, some.site.zone)
    wish = Wish(some, starts, ends, "", request.user.person)  # type: ignore[union-attr]
    terms = terms_for(wish, audience_of(request.user, some.site_id))
    if not span.is_real:
        return str(Clash(span, "jumped"))
    if terms.within_hours and closed_at(some.site, [span]):
        return str(Clash(span, "closed"))
    return horizon(terms.horizon_days) if starts > clock_at(some.site) + terms.horizon else ""


def _rooms(
    request: HttpRequest, mine: Mine, rooms: Any, site: Site, form: WhenForm, starts: datetime, ends: datetime
) -> list[dict[str, Any]]:
    said = form.cleaned_data
    wanted = Search(
        starts,
        ends,
        capacity=int(said.get("people") or 0),
        equipment=(said["equipment"],) if said.get("equipment") else (),
    )
    free = [one for one in search(rooms, wanted, audience_of(request.user, site.pk)) if one.is_free][:ROOMS]
    last = wanted.spans(site.zone)[0].last
    nexts = {}
    if last is not None and free:
        nexts = taken_next([one.resource.pk for one in free], last, last + timedelta(hours=8))
    costs = costs_of(free, mine.company.pk, wanted.spans(site.zone)[0])
    return [
        {
            "room": one.resource,
            "kind": SpaceKind(one.resource.kind).label,
            "needs_approval": one.terms.needs_approval,
            "price": costs[one.resource.pk],
            "until": clock_at(site, nexts[one.resource.pk]) if one.resource.pk in nexts else None,
        }
        for one in free
    ]


@require_http_methods(["GET", "HEAD", "POST"])
@with_company
def confirm(request: HttpRequest, mine: Mine) -> HttpResponse:
    """What for; then it is booked."""
    space, starts, ends = _asked(request)
    audience = audience_of(request.user, space.site_id)
    initial = {"title": _("Meeting"), "attendees": request.GET.get("people") or None}
    form = WhatForm(request.POST or None, initial=initial)
    way: Way | None = None
    rule: Rule | None = None
    if request.method == "POST" and form.is_valid():
        rule = form.rule(starts)
        if form.is_valid():
            wish = _wish(mine, space, starts, ends, form, rule)
            try:
                booking = book(
                    wish,
                    audience=audience,
                    by=mine.person,
                    skip=form.skipped(),
                    wait=form.waited(),
                    price_seen=form.price_seen(),
                )
            except ValidationError as error:
                refuse(form, error)
            except PriceChanged as changed:
                form.add_error(None, str(changed))
            except Unavailable as refused:
                way = in_the_way(request.user, wish, refused, bookable(request.user), audience)
            else:
                return _made(request, booking)
    status = 422 if request.method == "POST" else 200
    context = {
        "form": form,
        "space": space,
        "starts": starts,
        "ends": ends,
        "way": way,
        "query": request.GET.urlencode(),
        **_quoted(request, mine, space, starts, ends, rule, way),
    }
    return render_mine(
        request, mine, "portal/booking_confirmation.html", context, status=status, below="member_booking_new"
    )


def _quoted(
    request: HttpRequest,
    mine: Mine,
    space: Resource,
    starts: datetime,
    ends: datetime,
    rule: Rule | None,
    way: Way | None = None,
) -> dict[str, Any]:
    """What it costs, in all the times that the form asks for; without those that stand in the way."""
    said = Wish(space, starts, ends, "", mine.person, mine.company, rule=rule)
    if ends <= starts:
        return {}
    skip = set(way.skip.split(",")) if way else set()
    spans = [span for span in said.spans() if span.recurs_at.isoformat() not in skip]
    spans = spans or said.spans()
    terms = terms_for(said, audience_of(request.user, space.site_id))
    return quote_context(quote(space, mine.company, terms, spans))


@require_POST
@with_company
def price(request: HttpRequest, mine: Mine) -> HttpResponse:
    """What it costs as the form is filled at this moment."""
    space, starts, ends = _asked(request)
    form = WhatForm(request.POST)
    rule = form.rule(starts) if form.is_valid() else None
    return render(request, "bookings/price/quote.html", _quoted(request, mine, space, starts, ends, rule))


def _asked(request: HttpRequest) -> tuple[Resource, datetime, datetime]:
    """The space and the time that the address names."""
    spaces = bookable(request.user).select_related("site", "floor__building")
    space = get_object_or_404(spaces, pk=typed_key(request.GET.get("space", "")) or 0)
    return space, _local(request.GET.get("starts", "")), _local(request.GET.get("ends", ""))


def _wish(mine: Mine, space: Resource, starts: datetime, ends: datetime, form: WhatForm, rule: Any) -> Wish:
    said = form.cleaned_data
    return Wish(
        space,
        starts,
        ends,
        said["title"].strip(),
        mine.person,
        mine.company,
        rule=rule,
        attendees=said["attendees"],
        note=said["note"],
        is_private=said["is_private"],
    )


def _made(request: HttpRequest, booking: Booking) -> HttpResponse:
    first = booking.occurrences.order_by("starts")[0]
    asked = first.status == Status.REQUESTED
    said = _("Asked for: the park answers you.") if asked else _("Booked.")
    if first.status == Status.WAITING:
        said = _("On the waiting list: it is yours as soon as the room comes free.")
    undo = f"{reverse('member_booking_cancellation', args=[first.pk])}?scope={Scope.ALL}"
    toast(request, said, undo=undo)
    return redirect("member_booking", booking.pk)


def _local(text: str) -> datetime:
    read = read_local(text)
    if read is None:
        raise Http404
    return read.replace(tzinfo=None)
