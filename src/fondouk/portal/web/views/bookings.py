"""A member's bookings: a room in three taps, what is booked, giving back and staying longer."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from fondouk.bookings.actions import book, cancel, change_end, describe, restore
from fondouk.bookings.enums import LIVE, Scope, Status
from fondouk.bookings.forms import CancelForm, DetailsForm, refuse
from fondouk.bookings.models import Booking, Occurrence
from fondouk.bookings.presentation import Way, cancelled_said, in_the_way, repeats, title_of
from fondouk.bookings.queries import Search, audience_of, bookable, clock_at, search
from fondouk.bookings.undoing import read_word, word_for
from fondouk.bookings.wishes import Stale, TooLate, Unavailable, Wish
from fondouk.lib.local import read_local
from fondouk.lib.text import typed_key
from fondouk.people.rules import Verdict, verdict
from fondouk.portal.queries import my_times
from fondouk.portal.web.forms.bookings import LENGTHS, WhatForm, WhenForm
from fondouk.portal.web.mine import Mine, render_mine, with_company
from fondouk.sites.models import Site
from fondouk.spaces.enums import SpaceKind
from fondouk.spaces.models import Resource
from fondouk.spaces.queries import taken_next
from fondouk.ui.toasts import toast

PER_PAGE, ROOMS = 30, 24
LONGER = timedelta(minutes=30)
QUARTER = timedelta(minutes=15)


@require_safe
@with_company
def page(request: HttpRequest, mine: Mine) -> HttpResponse:
    """What the company has booked: to come, or over."""
    is_past = request.GET.get("show") == "past"
    rows = my_times(mine.person, mine.company)
    now = timezone.now()
    if is_past:
        rows = rows.exclude(during__endswith__gt=now).order_by("-starts", "-pk")
    else:
        rows = rows.filter(during__endswith__gt=now, status__in=LIVE).order_by("starts", "pk")
    context = {
        "page": Paginator(rows, PER_PAGE).get_page(request.GET.get("page")),
        "is_past": is_past,
        "now": now,
    }
    return render_mine(request, mine, "portal/bookings.html", context, below="member_bookings")


@require_safe
@with_company
def choose(request: HttpRequest, mine: Mine) -> HttpResponse:
    """Rooms that are free then: the first tap is on one of them."""
    rooms = bookable(request.user)
    sites = list(Site.objects.filter(pk__in=rooms.values("site")).order_by("pk"))
    if not sites:
        return render_mine(request, mine, "portal/booking_none.html", {}, below="member_bookings")
    site = next((one for one in sites if one.code == request.GET.get("site")), sites[0])
    now = clock_at(site)
    form = WhenForm({**WhenForm.begun(now), **request.GET.dict()})
    found: list[dict[str, Any]] = []
    starts = ends = None
    if form.is_valid():
        starts, ends = form.times()
        found = _rooms(request, rooms.filter(site=site), site, form, starts, ends)
    context = {
        "form": form,
        "site": site,
        "sites": sites,
        "rooms": found,
        "starts": starts,
        "ends": ends,
        "lengths": LENGTHS,
        "is_past": starts is not None and starts < now,
    }
    return render_mine(request, mine, "portal/booking_new.html", context, below="member_bookings")


def _rooms(
    request: HttpRequest, rooms: Any, site: Site, form: WhenForm, starts: datetime, ends: datetime
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
    return [
        {
            "room": one.resource,
            "kind": SpaceKind(one.resource.kind).label,
            "needs_approval": one.terms.needs_approval,
            "until": clock_at(site, nexts[one.resource.pk]) if one.resource.pk in nexts else None,
        }
        for one in free
    ]


@require_http_methods(["GET", "HEAD", "POST"])
@with_company
def confirm(request: HttpRequest, mine: Mine) -> HttpResponse:
    """What for; then it is booked."""
    spaces = bookable(request.user).select_related("site", "floor__building")
    space = get_object_or_404(spaces, pk=typed_key(request.GET.get("space", "")) or 0)
    starts, ends = _local(request.GET.get("starts", "")), _local(request.GET.get("ends", ""))
    audience = audience_of(request.user, space.site_id)
    initial = {"title": _("Meeting"), "attendees": request.GET.get("people") or None}
    form = WhatForm(request.POST or None, initial=initial)
    way: Way | None = None
    if request.method == "POST" and form.is_valid():
        rule = form.rule(starts)
        if form.is_valid():
            wish = _wish(mine, space, starts, ends, form, rule)
            try:
                booking = book(wish, audience=audience, by=mine.person, skip=form.skipped())
            except ValidationError as error:
                refuse(form, error)
            except Unavailable as refused:
                way = in_the_way(request.user, wish, refused, bookable(request.user), audience)
            else:
                return _made(request, booking)
    status = 422 if request.method == "POST" else 200
    context = {"form": form, "space": space, "starts": starts, "ends": ends, "way": way}
    return render_mine(
        request, mine, "portal/booking_confirmation.html", context, status=status, below="member_bookings"
    )


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
    undo = f"{reverse('member_booking_cancellation', args=[first.pk])}?scope={Scope.ALL}"
    toast(request, said, undo=undo)
    return redirect("member_booking", booking.pk)


def _local(text: str) -> datetime:
    read = read_local(text)
    if read is None:
        raise Http404
    return read.replace(tzinfo=None)


def _mine(request: HttpRequest, mine: Mine, pk: int) -> Booking:
    rows = Booking.objects.filter(Q(company=mine.company) | Q(organiser=mine.person))
    rows = rows.select_related("resource__site", "resource__floor__building", "organiser", "company")
    return get_object_or_404(rows, pk=pk)


@require_safe
@with_company
def booking_page(request: HttpRequest, mine: Mine, pk: int) -> HttpResponse:
    booking = _mine(request, mine, pk)
    now = timezone.now()
    rows = booking.occurrences.select_related("resource__site").order_by("starts")
    coming = rows.filter(status__in=LIVE, during__endswith__gt=now)
    hides = not booking.tells(mine.person.pk)
    context = {
        "booking": booking,
        "title": title_of(booking, request.user),
        "hides": hides,
        "repeats": repeats(booking),
        "next": coming.first(),
        "last": rows.last(),
        "page": Paginator(coming, PER_PAGE).get_page(request.GET.get("page")),
        "decision": booking.decisions.order_by("-at").first(),
        "now": now,
        "may_change": _may(mine, booking),
    }
    return render_mine(request, mine, "portal/booking.html", context, below="member_bookings")


def _may(mine: Mine, booking: Booking) -> Verdict:
    return verdict(mine.account, "bookings.change", booking)


@require_http_methods(["GET", "HEAD", "POST"])
@with_company
def details(request: HttpRequest, mine: Mine, pk: int) -> HttpResponse:
    booking = _mine(request, mine, pk)
    if not _may(mine, booking):
        raise Http404
    form = DetailsForm.of(booking, request.POST or None, by=mine.person)
    if request.method == "POST" and form.is_valid():
        try:
            describe(booking, by=mine.person, mark=form.cleaned_data.pop("mark"), **form.cleaned_data)
        except ValidationError as error:
            refuse(form, error)
        except Stale as error:
            form.add_error(None, str(error))
        else:
            toast(request, _("Changes saved."))
            return redirect("member_booking", pk)
    status = 422 if request.method == "POST" else 200
    context = {"form": form, "booking": booking}
    return render_mine(
        request, mine, "portal/booking_details.html", context, status=status, below="member_bookings"
    )


def _time(request: HttpRequest, mine: Mine, pk: int) -> Occurrence:
    """One that the person may change."""
    one = get_object_or_404(Occurrence.objects.select_related("resource__site"), pk=pk)
    one.booking = _mine(request, mine, one.booking_id)
    if not _may(mine, one.booking):
        raise Http404
    return one


@require_http_methods(["GET", "HEAD", "POST"])
@with_company
def cancel_time(request: HttpRequest, mine: Mine, pk: int) -> HttpResponse:
    """One time goes at once, with its undo; of a series it is asked how many."""
    one = _time(request, mine, pk)
    data: Any = request.POST or None
    if request.method == "POST" and "scope" not in request.POST:
        data = {"scope": request.GET.get("scope", Scope.THIS)}
    form = CancelForm(data, initial={"stamp": one.sequence}, is_series=one.booking.is_series)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            gone = cancel(
                one,
                scope=Scope(said.get("scope") or Scope.THIS),
                until=said.get("until"),
                reason=said["reason"],
                by=mine.person,
                sequence=said["stamp"],
            )
        except ValidationError as error:
            refuse(form, error)
        except (Stale, TooLate) as error:
            form.add_error(None, str(error))
        else:
            word = word_for(gone)
            undo = reverse("member_booking_return", args=[word]) if word else ""
            toast(request, cancelled_said(len(gone)), undo=undo)
            return redirect("member_bookings")
    status = 422 if request.method == "POST" else 200
    hides = not one.booking.tells(mine.person.pk)
    context = {"form": form, "occurrence": one, "booking": one.booking, "hides": hides}
    return render_mine(
        request, mine, "portal/booking_cancellation.html", context, status=status, below="member_bookings"
    )


@require_POST
@with_company
def take_back(request: HttpRequest, mine: Mine, signed: str) -> HttpResponse:
    gone = read_word(signed)
    booking = _mine(request, mine, gone.booking)
    if not _may(mine, booking):
        raise Http404
    try:
        restore(booking, gone.before, by=mine.person)
    except Unavailable:
        toast(request, _("Somebody has taken the space meanwhile: it stays cancelled."), tone="danger")
    except TooLate:
        toast(request, _("There is nothing to take back any more."), tone="warn")
    else:
        toast(request, _("Booked again."))
    return redirect("member_booking", booking.pk)


@require_POST
@with_company
def end_time(request: HttpRequest, mine: Mine, pk: int) -> HttpResponse:
    """Half an hour longer, or over now."""
    one = _time(request, mine, pk)
    site = one.resource.site
    is_over = request.POST.get("end") == "now"
    if is_over and one.during.lower > timezone.now():
        raise Http404  # what has not begun is cancelled, not ended
    now = clock_at(site)
    ends = one.ends + LONGER
    if is_over:
        ends = max(now + QUARTER - timedelta(minutes=now.minute % 15), one.starts + QUARTER)
    try:
        change_end(one, ends=ends, audience=audience_of(request.user, site.pk), by=mine.person)
    except ValidationError as error:
        toast(request, " ".join(error.messages), tone="danger")
    except (Unavailable, Stale, TooLate) as error:
        toast(request, str(error), tone="danger")
    else:
        said = _("It ends at %(time)s now.")
        if is_over:
            said = _("It ends at %(time)s now: thank you for giving the room back.")
        toast(request, said % {"time": f"{ends:%H:%M}"})
    return redirect("member_booking", one.booking_id)
