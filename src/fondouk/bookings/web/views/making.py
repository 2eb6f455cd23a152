"""Booking a space: a form, filled by what somebody dragged or found, and what stands in the way."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from fondouk.bookings.actions import book
from fondouk.bookings.enums import Status
from fondouk.bookings.forms import BookingForm, refuse
from fondouk.bookings.presentation import Way, in_the_way, quote_context
from fondouk.bookings.queries import audience_of, clock_at, quote, terms_for
from fondouk.bookings.web.loading import companies_for, spaces_for
from fondouk.bookings.wishes import PriceChanged, Unavailable, Wish
from fondouk.lib.local import read_local
from fondouk.lib.text import typed_key
from fondouk.people.rules import required
from fondouk.spaces.models import Resource
from fondouk.ui.toasts import toast
from fondouk.ui.undo import query_back

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
MORNING, EVENING = 9, 18
"""Between which a form that nobody has filled begins."""


@require_http_methods(["GET", "HEAD", "POST"])
@required("bookings.view")
def create(request: HttpRequest) -> HttpResponse:
    """For the staff. Asked for by htmx it is the panel of the planning."""
    spaces = spaces_for(request.user)
    form = BookingForm(
        request.POST or None,
        initial=begun(request, spaces),
        spaces=spaces,
        companies=companies_for(request.user),
    )
    way: Way | None = None
    if request.method == "POST" and form.is_valid():
        wish = form.wish(request.user.person)
        audience = audience_of(request.user, wish.resource.site_id)
        try:
            booking = book(
                wish,
                audience=audience,
                by=request.user.person,
                skip=form.skipped(),
                wait=form.waited(),
                price_seen=form.price_seen(),
            )
        except ValidationError as error:
            refuse(form, error)
        except PriceChanged as changed:
            form.add_error(None, str(changed))
        except Unavailable as refused:
            way = in_the_way(request.user, wish, refused, spaces, audience)
        else:
            return _made(request, booking)
    context = {"form": form, "way": way}
    # To htmx a form that is refused is an answer like any other: it is shown in its place.
    in_place = request.headers.get("HX-Request") == "true"
    status = 422 if request.method == "POST" and not in_place else 200
    return render(request, "bookings/booking/new.html", context, status=status)


@require_POST
@required("bookings.view")
def price(request: HttpRequest) -> HttpResponse:
    """What the form costs as it is filled at this moment; nothing as long as that cannot be told."""
    form = BookingForm(request.POST, spaces=spaces_for(request.user), companies=companies_for(request.user))
    form.is_valid()
    space = form.cleaned_data.get("space")
    if space is None or not hasattr(form, "starts") or form.ends_at <= form.starts:
        return render(request, "bookings/price/quote.html")
    said = Wish(space, form.starts, form.ends_at, "", request.user.person, rule=form.rule)
    terms = terms_for(said, audience_of(request.user, space.site_id))
    skip = set(form.skipped()) if "skip" in form.cleaned_data else set()
    spans = [span for span in said.spans() if span.recurs_at not in skip]
    found = quote(space, form.cleaned_data.get("company"), terms, spans)
    return render(request, "bookings/price/quote.html", quote_context(found))


def _made(request: HttpRequest, booking: Any) -> HttpResponse:
    first = booking.occurrences.order_by("starts")[0]
    asked = first.status == Status.REQUESTED
    said = _("Asked for: it takes place once it is approved.") if asked else _("Booked.")
    if first.status == Status.WAITING:
        said = _("On the waiting list: it is booked as soon as the space comes free.")
    toast(request, said, undo=reverse("booking_cancellation", args=[first.pk]) + "?scope=all")
    address = reverse("booking", args=[booking.pk])
    if request.headers.get("HX-Request") == "true":
        if "back" in request.POST:
            address = f"{reverse('planning')}?{query_back(request)}"
        return HttpResponse(status=204, headers={"HX-Redirect": address})
    return redirect(address)


def begun(request: HttpRequest, spaces: Any) -> dict[str, Any]:
    """What the address says of it already: `space`, `starts`, `ends` as a planner writes them."""
    asked = {name: request.GET.get(name, "") for name in ("space", "starts", "ends", "people")}
    key = typed_key(asked["space"])
    space = spaces.filter(pk=key).select_related("site").first() if key else None
    starts = _local(asked["starts"]) or _next_hour(space)
    ends = _local(asked["ends"]) or starts + HOUR
    found = {
        "space": space.pk if space else None,
        "day": starts.date(),
        "begins": starts.time(),
        "ends": ends.time(),
        "attendees": asked["people"] if asked["people"].isdecimal() else None,
    }
    if ends.date() != starts.date():
        found["last_day"] = ends.date()
    for name in ("repeat", "until", "title", "skip"):
        if request.GET.get(name):
            found[name] = request.GET[name]
    return found


def _local(text: str) -> datetime | None:
    read = read_local(text)
    return read and read.replace(tzinfo=None)


def _next_hour(space: Resource | None) -> datetime:
    now = clock_at(space.site) if space else timezone.localtime().replace(tzinfo=None)
    if now.hour >= EVENING:
        return now.replace(hour=MORNING, minute=0, second=0, microsecond=0) + DAY
    return now.replace(hour=max(now.hour, MORNING - 1), minute=0, second=0, microsecond=0) + HOUR
