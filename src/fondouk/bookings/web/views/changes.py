"""Moving one time of a booking, or more; giving it back; taking that back."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from fondouk.bookings.actions import cancel, change_end, check_in, due_if_cancelled, move, restore
from fondouk.bookings.enums import Scope
from fondouk.bookings.forms import CancelForm, MoveForm, refuse
from fondouk.bookings.models import Occurrence
from fondouk.bookings.presentation import cancelled_said, stays_cancelled, title_of
from fondouk.bookings.queries import audience_of
from fondouk.bookings.undoing import read_word, word_for
from fondouk.bookings.web.loading import booking_at, occurrence_at, spaces_for
from fondouk.bookings.wishes import Stale, TooLate, Unavailable
from fondouk.lib.local import read_local
from fondouk.lib.text import typed_key
from fondouk.people.rules import required
from fondouk.ui.formatting import listed
from fondouk.ui.toasts import toast
from fondouk.ui.undo import query_back, sent


@require_http_methods(["GET", "HEAD", "POST"])
@required("bookings.view")
def move_time(request: HttpRequest, pk: int) -> HttpResponse:
    """A form; or, where `starts` is sent, what was dragged on the planning, or an undo."""
    one = occurrence_at(request, pk)
    if request.method == "POST" and "starts" in sent(request, "starts"):
        return _dragged(request, one)
    spaces = spaces_for(request.user).filter(site=one.booking.resource.site_id)
    initial = {
        "space": one.resource_id,
        "day": one.starts.date(),
        "begins": one.starts.time(),
        "ends": one.ends.time(),
        "last_day": one.ends.date() if one.ends.date() != one.starts.date() else None,
        "stamp": one.sequence,
        "scope": Scope.THIS,
    }
    form = MoveForm(request.POST or None, initial=initial, spaces=spaces, is_series=one.booking.is_series)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            moved = move(
                one,
                starts=form.starts,
                ends=form.ends_at,
                resource=said["space"],
                scope=Scope(said.get("scope", Scope.THIS)),
                until=said.get("until"),
                audience=audience_of(request.user, one.booking.resource.site_id),
                by=request.user.person,
                sequence=said["stamp"],
            )
        except ValidationError as error:
            refuse(form, error)
        except Unavailable as refused:
            form.add_error(None, _in_words(refused))
        except (Stale, TooLate) as error:
            form.add_error(None, str(error))
        else:
            toast(request, _moved(len(moved)))
            return redirect("booking", moved[0].booking_id)
    status = 422 if request.method == "POST" else 200
    context = {
        "form": form,
        "occurrence": one,
        "booking": one.booking,
        "title": title_of(one.booking, request.user),
    }
    return render(request, "bookings/booking/move.html", context, status=status)


def _moved(times: int) -> str:
    return ngettext("Moved.", "%(count)d times moved.", times) % {"count": times}


def _in_words(refused: Unavailable) -> str:
    days = listed(f"{clash.span.starts:%d/%m/%Y}" for clash in refused.clashes[:5])
    return f"{refused} ({days})" if len(refused.clashes) > 1 else str(refused)


def _dragged(request: HttpRequest, one: Occurrence) -> HttpResponse:
    """Alone, also of a series. Answers with the planning, where a toast says what has happened."""
    said = sent(request, "starts")
    back = f"{reverse('planning')}?{query_back(request)}"
    starts, ends = _local(said, "starts"), _local(said, "ends")
    space = spaces_for(request.user).filter(pk=_key(said, "space") or one.resource_id).first()
    if space is None:
        raise Http404
    before = {
        "starts": one.starts.isoformat(),
        "ends": one.ends.isoformat(),
        "space": one.resource_id,
        "back": back,
    }
    by, stamp = request.user.person, _key(said, "stamp")
    audience = audience_of(request.user, one.booking.resource.site_id)
    try:
        if starts == one.starts and space.pk == one.resource_id:
            moved = change_end(one, ends=ends, audience=audience, by=by, sequence=stamp)
        else:
            moved = move(
                one, starts=starts, ends=ends, resource=space, audience=audience, by=by, sequence=stamp
            )[0]
    except ValidationError as error:
        toast(request, " ".join(error.messages), tone="danger")
    except (Unavailable, Stale, TooLate) as error:
        toast(request, str(error), tone="danger")
    else:
        undo = {**before, "stamp": moved.sequence}
        toast(request, _moved(1), undo=f"{reverse('booking_move', args=[one.pk])}?{urlencode(undo)}")
    return redirect(back)


def _local(said: QueryDict, name: str) -> datetime:
    read = read_local(said.get(name, ""))
    if read is None:
        raise Http404
    return read.replace(tzinfo=None)


def _key(said: QueryDict, name: str) -> int | None:
    return typed_key(said.get(name, ""))


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
