"""A member moves a time, gives it back, stays longer, has finished, or says that they are there."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from fondouk.bookings.actions import cancel, check_in, due_if_cancelled, end_now, move, restore, stay_longer
from fondouk.bookings.enums import Audience, Scope
from fondouk.bookings.forms import CancelForm, MoveForm, refuse
from fondouk.bookings.models import Occurrence
from fondouk.bookings.presentation import cancelled_said, ends_said, moved_said, stays_cancelled
from fondouk.bookings.queries import audience_of, bookable
from fondouk.bookings.undoing import back_to, read_place, read_word, word_for
from fondouk.bookings.wishes import Stale, TooLate, Unavailable
from fondouk.portal.web.mine import Mine, render_mine, with_company
from fondouk.ui.toasts import toast

from .bookings import may_change, my_booking


def _time(request: HttpRequest, mine: Mine, pk: int) -> Occurrence:
    """One that the person may change."""
    one = get_object_or_404(Occurrence.objects.select_related("resource__site"), pk=pk)
    one.booking = my_booking(request, mine, one.booking_id)
    if not may_change(mine, one.booking):
        raise Http404
    return one


@require_http_methods(["GET", "HEAD", "POST"])
@with_company
def move_time(request: HttpRequest, mine: Mine, pk: int) -> HttpResponse:
    """A form; or, where `starts` is sent, an undo."""
    one = _time(request, mine, pk)
    audience = audience_of(request.user, one.booking.resource.site_id)
    spaces = bookable(request.user).order_by("code_folded")
    if request.method == "POST" and "starts" in request.GET:
        _put_back(request, mine, one, spaces, audience)
        return redirect("member_booking", one.booking_id)
    form = MoveForm.of(one, request.POST or None, spaces=spaces)
    if (
        request.method == "POST"
        and form.is_valid()
        and (moved := form.moved(one, audience=audience, by=mine.person))
    ):
        is_apart = moved[0].booking_id != one.booking_id
        undo = back_to("member_booking_move", one, moved)
        toast(request, moved_said(len(moved), is_apart=is_apart), undo=undo)
        return redirect("member_booking", moved[0].booking_id)
    status = 422 if request.method == "POST" else 200
    hides = not one.booking.tells(mine.person.pk)
    context = {"form": form, "occurrence": one, "booking": one.booking, "hides": hides}
    return render_mine(
        request, mine, "portal/booking_move.html", context, status=status, below="member_booking_new"
    )


def _put_back(request: HttpRequest, mine: Mine, one: Occurrence, spaces: Any, audience: Audience) -> None:
    place = read_place(request.GET)
    space = get_object_or_404(spaces, pk=place.space or one.resource_id)
    try:
        move(
            one, starts=place.starts, ends=place.ends, resource=space, audience=audience, by=mine.person,
            sequence=place.stamp,
        )  # fmt: skip
    except ValidationError as error:
        toast(request, " ".join(error.messages), tone="danger")
    except (Unavailable, Stale, TooLate) as error:
        toast(request, str(error), tone="danger")
    else:
        toast(request, _("It stands where it stood before."))


@require_http_methods(["GET", "HEAD", "POST"])
@with_company
def cancel_time(request: HttpRequest, mine: Mine, pk: int) -> HttpResponse:
    """One time goes at once, with its undo; of a series it is asked how many."""
    one = _time(request, mine, pk)
    data: Any = request.POST or None
    if request.method == "POST" and "scope" not in request.POST:
        data = QueryDict(mutable=True)
        data.update({**request.POST.dict(), "scope": request.GET.get("scope", Scope.THIS)})
    due = due_if_cancelled(one)
    initial = {"stamp": one.sequence, "due_seen": due}
    form = CancelForm(data, initial=initial, is_series=one.booking.is_series)
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
            left = one.booking.occurrences.live().filter(during__endswith__gt=timezone.now())
            return redirect("member_booking", one.booking_id) if left else redirect("member_bookings")
    status = 422 if request.method == "POST" else 200
    hides = not one.booking.tells(mine.person.pk)
    context = {"form": form, "occurrence": one, "booking": one.booking, "hides": hides, "due": due}
    return render_mine(
        request, mine, "portal/booking_cancellation.html", context, status=status, below="member_booking_new"
    )


@require_POST
@with_company
def take_back(request: HttpRequest, mine: Mine, signed: str) -> HttpResponse:
    gone = read_word(signed)
    booking = my_booking(request, mine, gone.booking)
    if not may_change(mine, booking):
        raise Http404
    try:
        audience = audience_of(request.user, booking.resource.site_id)
        restore(booking, gone.before, audience=audience, by=mine.person)
    except Unavailable as refused:
        toast(request, stays_cancelled(refused), tone="danger")
    except TooLate:
        toast(request, _("There is nothing to take back any more."), tone="warn")
    else:
        toast(request, _("Booked again."))
    return redirect("member_booking", booking.pk)


@require_POST
@with_company
def come(request: HttpRequest, mine: Mine, pk: int) -> HttpResponse:
    """They are there: the room stays theirs."""
    one = _time(request, mine, pk)
    try:
        check_in(one, by=mine.person)
    except ValidationError as error:
        toast(request, " ".join(error.messages), tone="danger")
    except (Stale, TooLate) as error:
        toast(request, str(error), tone="danger")
    else:
        toast(request, _("Noted. The room is yours until the end."))
    return redirect("member_booking", one.booking_id)


@require_POST
@with_company
def end_time(request: HttpRequest, mine: Mine, pk: int) -> HttpResponse:
    """Half an hour longer, or over now."""
    one = _time(request, mine, pk)
    site = one.resource.site
    is_over = request.POST.get("end") == "now"
    if is_over and one.during.lower > timezone.now():
        raise Http404  # what has not begun is cancelled, not ended
    audience = audience_of(request.user, site.pk)
    try:
        if is_over:
            one = end_now(one, audience=audience, by=mine.person)
        else:
            one = stay_longer(one, audience=audience, by=mine.person)
    except ValidationError as error:
        toast(request, " ".join(error.messages), tone="danger")
    except (Unavailable, Stale, TooLate) as error:
        toast(request, str(error), tone="danger")
    else:
        toast(request, ends_said(one, is_over=is_over))
    return redirect("member_booking", one.booking_id)
