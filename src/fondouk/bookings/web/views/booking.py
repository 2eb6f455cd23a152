"""The page of a booking, the list of them, and what is decided or said of one."""

from __future__ import annotations

from datetime import datetime

from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from fondouk.audit.queries import timeline
from fondouk.bookings.actions import decide, describe, stamp_of
from fondouk.bookings.enums import LIVE, Status
from fondouk.bookings.forms import DetailsForm, refuse
from fondouk.bookings.presentation import lines_said, repeats, title_of
from fondouk.bookings.pricing import ZERO
from fondouk.bookings.queries import may_come
from fondouk.bookings.web.loading import booking_at
from fondouk.bookings.wishes import Stale, TooLate, Unavailable
from fondouk.bookings.wording import policy_said
from fondouk.lib.formats import format_date
from fondouk.lib.text import typed_key
from fondouk.people.rules import required, verdict
from fondouk.ui.toasts import toast

PER_PAGE = 50


@require_safe
@required("bookings.view")
def page(request: HttpRequest, pk: int) -> HttpResponse:
    booking = booking_at(request, pk)
    rows = booking.occurrences.select_related("resource", "part", "cancellation__by", "check_in").order_by(
        "starts"
    )
    now = timezone.now()
    coming = rows.filter(status__in=LIVE, during__endswith__gt=now)
    shown = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    counted = dict.fromkeys(Status.values, 0)
    for status in rows.order_by().values_list("status", flat=True):
        counted[status] += 1
    hides = not booking.tells(request.user.person_id)
    next_time = coming.first()
    shown_time = next_time or rows.last()
    settled = rows.filter(cancellation__due__gt=0)
    context = {
        "booking": booking,
        "title": title_of(booking, request.user),
        "repeats": repeats(booking),
        "page": shown,
        "now": now,
        "next": next_time,
        "first": rows.first(),
        "last_written": rows.last().starts if booking.goes_on_at else None,
        "coming": coming.count(),
        "hides": hides,
        "live": LIVE,
        "stamp": stamp_of([one for one in coming if one.status == Status.REQUESTED]),
        "asked": counted[Status.REQUESTED],
        "counted": counted,
        "decisions": booking.decisions.select_related("by").order_by("-at"),
        "skipped": [_day(one.recurs_at) for one in booking.skipped.all()[:PER_PAGE]],
        "activity": timeline(booking, limit=20),
        "price": lines_said(shown_time.cost) if shown_time else [],
        "policy": policy_said(shown_time.cost) if shown_time and shown_time.cost else [],
        "time": shown_time,
        "due": sum((one.cancellation.due for one in settled), ZERO),
        "check_in": may_come(next_time, now),
        "may_change": verdict(request.user, "bookings.change", booking),
        "may_decide": verdict(request.user, "bookings.decide", booking),
    }
    return render(request, "bookings/booking/page.html", context)


def _day(when: datetime) -> str:
    return format_date(when, (get_language() or "fr")[:2], "medium")


@require_http_methods(["GET", "HEAD", "POST"])
@required("bookings.view")
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    booking = booking_at(request, pk, "bookings.change")
    form = DetailsForm.of(booking, request.POST or None, by=request.user.person)
    if request.method == "POST" and form.is_valid():
        try:
            describe(booking, by=request.user.person, mark=form.cleaned_data.pop("mark"), **form.cleaned_data)
        except ValidationError as error:
            refuse(form, error)
        except Stale as error:
            form.add_error(None, str(error))
        else:
            toast(request, _("Changes saved."))
            return redirect("booking", pk)
    status = 422 if request.method == "POST" else 200
    context = {"form": form, "booking": booking, "title": title_of(booking, request.user)}
    return render(request, "bookings/booking/edit.html", context, status=status)


@require_POST
@required("bookings.decide")
def decision(request: HttpRequest, pk: int) -> HttpResponse:
    booking = booking_at(request, pk, "bookings.decide")
    said = request.POST.get("decision", "")
    if said not in ("grant", "decline"):
        raise Http404
    try:
        decide(
            booking,
            is_granted=said == "grant",
            reason=request.POST.get("reason", "").replace("\x00", "")[:300].strip(),
            by=request.user.person,
            stamp=typed_key(request.POST.get("stamp", "")) or 0,
        )
    except Unavailable as refused:
        when = refused.clashes[0].span.starts if refused.clashes else booking.starts
        toast(
            request,
            _("Another booking holds this space on %(day)s: nothing has been decided.")
            % {"day": f"{when:%d/%m/%Y}"},
            tone="danger",
        )
    except Stale as error:
        toast(request, str(error), tone="danger")
    except TooLate:
        toast(request, _("Somebody has decided meanwhile."), tone="warn")
    else:
        toast(request, _("Approved.") if said == "grant" else _("Declined."))
    return redirect("booking", pk)
