"""Moving one time of a booking, or more; giving it back; taking that back."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from fondouk.bookings.actions import cancel, change_end, check_in, due_if_cancelled, move, restore
from fondouk.bookings.enums import Scope
from fondouk.bookings.forms import CancelForm, MoveForm, refuse
from fondouk.bookings.models import Occurrence
from fondouk.bookings.presentation import cancelled_said, moved_said, stays_cancelled, title_of
from fondouk.bookings.queries import audience_of
from fondouk.bookings.undoing import back_to, read_place, read_word, word_for
from fondouk.bookings.web.loading import booking_at, occurrence_at, spaces_for
from fondouk.bookings.wishes import Stale, TooLate, Unavailable
from fondouk.people.rules import required
from fondouk.ui.toasts import toast
from fondouk.ui.undo import query_back, sent


@require_http_methods(["GET", "HEAD", "POST"])
@required("bookings.view")
def move_time(request: HttpRequest, pk: int) -> HttpResponse:
    """A form; or, where `starts` is sent, what was dragged on the planning, or an undo."""
    one = occurrence_at(request, pk)
    if request.method == "POST" and "starts" in sent(request, "starts"):
        return _dragged(request, one)
    form = MoveForm.of(one, request.POST or None, spaces=spaces_for(request.user))
    if request.method == "POST" and form.is_valid():
        audience = audience_of(request.user, one.booking.resource.site_id)
        if moved := form.moved(one, audience=audience, by=request.user.person):
            is_apart = moved[0].booking_id != one.booking_id
            undo = back_to("booking_move", one, moved)
            toast(request, moved_said(len(moved), is_apart=is_apart), undo=undo)
            return redirect("booking", moved[0].booking_id)
    status = 422 if request.method == "POST" else 200
    context = {
        "form": form,
        "occurrence": one,
        "booking": one.booking,
        "title": title_of(one.booking, request.user),
    }
    return render(request, "bookings/booking/move.html", context, status=status)


def _dragged(request: HttpRequest, one: Occurrence) -> HttpResponse:
    """Alone, also of a series. Answers with the planning it came from, or with the booking; a toast says what has
    happened.
    """
    said = sent(request, "starts")
    place = read_place(said)
    on_planning = "back" in request.POST or "back" in request.GET
    planning = f"{reverse('planning')}?{query_back(request)}"
    there = planning if on_planning else reverse("booking", args=[one.booking_id])
    space = spaces_for(request.user).filter(pk=place.space or one.resource_id).first()
    if space is None:
        raise Http404
    by, audience = request.user.person, audience_of(request.user, one.booking.resource.site_id)
    try:
        if place.starts == one.starts and space.pk == one.resource_id:
            moved = change_end(one, ends=place.ends, audience=audience, by=by, sequence=place.stamp)
        else:
            moved = move(
                one,
                starts=place.starts,
                ends=place.ends,
                resource=space,
                audience=audience,
                by=by,
                sequence=place.stamp,
            )[0]
    except ValidationError as error:
        toast(request, " ".join(error.messages), tone="danger")
    except (Unavailable, Stale, TooLate) as error:
        toast(request, str(error), tone="danger")
    else:
        if "undo" in said:
            toast(request, _("It stands where it stood before."))
        else:
            more = {"back": planning} if on_planning else {}
            toast(request, moved_said(1), undo=back_to("booking_move", one, [moved], **more))
    return redirect(there)


@require_http_methods(["GET", "HEAD", "POST"])
@required("bookings.view")
def cancel_times(request: HttpRequest, pk: int) -> HttpResponse:
    """A question only for a series; one time goes at once, with its undo."""
    one = occurrence_at(request, pk)
    data: Any = request.POST or None
    if request.method == "POST" and "scope" not in request.POST:
        data = QueryDict(mutable=True)
        data.update({"scope": request.GET.get("scope", Scope.THIS), "reason": request.POST.get("reason", "")})
    due = due_if_cancelled(one)
    form = CancelForm(
        data,
        initial={"stamp": one.sequence, "scope": Scope.THIS, "due_seen": due},
        is_series=one.booking.is_series,
        may_waive=bool(due_if_cancelled(one, Scope.ALL)) and request.user.has_perm("bookings.book_for"),
    )
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        scope = Scope(said.get("scope") or Scope.THIS)
        due = due_if_cancelled(one, scope, said.get("until"))
    if request.method == "POST" and form.is_valid() and form.has_read(due):
        try:
            gone = cancel(
                one,
                scope=scope,
                until=said.get("until"),
                reason=said["reason"],
                by=request.user.person,
                is_waived=said.get("waive", False),
                sequence=said["stamp"],
            )
        except ValidationError as error:
            refuse(form, error)
        except (Stale, TooLate) as error:
            form.add_error(None, str(error))
        else:
            word = word_for(gone)
            undo = reverse("booking_return", args=[word]) if word else ""
            toast(request, cancelled_said(len(gone)), undo=undo)
            return redirect("booking", one.booking_id)
    status = 422 if request.method == "POST" else 200
    context = {
        "form": form,
        "occurrence": one,
        "booking": one.booking,
        "title": title_of(one.booking, request.user),
        "due": due,
    }
    return render(request, "bookings/booking/cancel.html", context, status=status)


@require_POST
@required("bookings.view")
def come(request: HttpRequest, pk: int) -> HttpResponse:
    """Somebody is there: the room stays theirs."""
    one = occurrence_at(request, pk)
    try:
        check_in(one, by=request.user.person)
    except ValidationError as error:
        toast(request, " ".join(error.messages), tone="danger")
    except (Stale, TooLate) as error:
        toast(request, str(error), tone="danger")
    else:
        toast(request, _("Noted: they are there."))
    return redirect("booking", one.booking_id)


@require_POST
@required("bookings.view")
def take_back(request: HttpRequest, signed: str) -> HttpResponse:
    gone = read_word(signed)
    booking = booking_at(request, gone.booking, "bookings.change")
    try:
        audience = audience_of(request.user, booking.resource.site_id)
        restore(booking, gone.before, audience=audience, by=request.user.person)
    except Unavailable as refused:
        toast(request, stays_cancelled(refused), tone="danger")
    except TooLate:
        toast(request, _("There is nothing to take back any more."), tone="warn")
    else:
        toast(request, _("Booked again."))
    return redirect("booking", booking.pk)
