"""A member's bookings: what is to come and what is over, one of them, and what it says of itself."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from fondouk.bookings.actions import describe
from fondouk.bookings.enums import LIVE
from fondouk.bookings.forms import DetailsForm, refuse
from fondouk.bookings.models import Booking
from fondouk.bookings.presentation import lines_said, repeats, title_of
from fondouk.bookings.pricing import ZERO
from fondouk.bookings.queries import audience_of, longer_costs, may_come
from fondouk.bookings.wishes import Stale
from fondouk.bookings.wording import policy_said
from fondouk.people.rules import Verdict, verdict
from fondouk.portal.queries import my_times
from fondouk.portal.web.mine import Mine, render_mine, with_company
from fondouk.ui.toasts import toast

PER_PAGE = 30


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
    return render_mine(request, mine, "portal/bookings.html", context, below="member_booking_new")


def my_booking(request: HttpRequest, mine: Mine, pk: int) -> Booking:
    rows = Booking.objects.filter(Q(company=mine.company) | Q(organiser=mine.person))
    rows = rows.select_related("resource__site", "resource__floor__building", "organiser", "company")
    return get_object_or_404(rows, pk=pk)


@require_safe
@with_company
def booking_page(request: HttpRequest, mine: Mine, pk: int) -> HttpResponse:
    booking = my_booking(request, mine, pk)
    now = timezone.now()
    rows = booking.occurrences.select_related("resource__site", "part").order_by("starts")
    coming = rows.filter(status__in=LIVE, during__endswith__gt=now)
    hides = not booking.tells(mine.person.pk)
    next_time = coming.first()
    shown = next_time or rows.last()
    audience = audience_of(request.user, booking.resource.site_id)
    context = {
        "booking": booking,
        "title": title_of(booking, request.user),
        "hides": hides,
        "repeats": repeats(booking),
        "next": next_time,
        "time": shown,
        "price": lines_said(shown.cost) if shown else [],
        "policy": policy_said(shown.cost) if shown and shown.cost else [],
        "due": sum((one.cancellation.due for one in rows.filter(cancellation__due__gt=0)), ZERO),
        "longer": longer_costs(next_time, audience) if next_time else None,
        "check_in": may_come(next_time, now),
        "last": rows.last(),
        "page": Paginator(coming, PER_PAGE).get_page(request.GET.get("page")),
        "decision": booking.decisions.order_by("-at").first(),
        "now": now,
        "may_change": may_change(mine, booking),
    }
    return render_mine(request, mine, "portal/booking.html", context, below="member_booking_new")


def may_change(mine: Mine, booking: Booking) -> Verdict:
    return verdict(mine.account, "bookings.change", booking)


@require_http_methods(["GET", "HEAD", "POST"])
@with_company
def details(request: HttpRequest, mine: Mine, pk: int) -> HttpResponse:
    booking = my_booking(request, mine, pk)
    if not may_change(mine, booking):
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
        request, mine, "portal/booking_details.html", context, status=status, below="member_booking_new"
    )
