"""The page of a tablet at a door, and what it asks for. Its secret address is the key: no session, no cookie."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import wraps
from pathlib import Path
from typing import Any

from django.contrib.staticfiles import finders
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from fondouk.bookings.actions import check_in, end_now
from fondouk.bookings.enums import Audience
from fondouk.bookings.models import Occurrence
from fondouk.bookings.wishes import Stale, TooLate, Unavailable
from fondouk.displays.actions import book_now, find_display
from fondouk.displays.models import Display
from fondouk.displays.papers import address_of
from fondouk.displays.web.said import key_of, state_said
from fondouk.displays.wording import facts_of, place_of
from fondouk.lib.local import read_local
from fondouk.lib.text import one_line, typed_key, writable
from fondouk.ui.qr import qr

REMEMBERED = timedelta(hours=12)
"""How old a check-in may be that a tablet kept while it had no network."""
KEY = 60
TITLE = 80

View = Callable[..., HttpResponse]


def of_display(view: View) -> View:
    """404 for an address that is not, or no longer, that of a display; in its language otherwise."""

    @wraps(view)
    def found(request: HttpRequest, secret: str) -> HttpResponse:
        display = find_display(secret)
        if display is None:
            raise Http404
        with translation.override(display.language):
            answer = view(request, display, secret)
        answer["X-Robots-Tag"] = "noindex, nofollow"
        answer["Cache-Control"] = "private, no-store"
        return answer

    return found


@require_safe
@of_display
def page(request: HttpRequest, display: Display, secret: str) -> HttpResponse:
    room = display.resource
    context = {
        "display": display,
        "room": room,
        "place": place_of(room),
        "facts": facts_of(room),
        "state": state_said(display),
        "code": qr(address_of(room), _("Address of this room")),
    }
    return render(request, "displays/door.html", context)


@require_safe
@of_display
def state(request: HttpRequest, display: Display, secret: str) -> HttpResponse:
    return JsonResponse(state_said(display))


@csrf_exempt
@require_POST
@of_display
def come(request: HttpRequest, display: Display, secret: str) -> HttpResponse:
    """Somebody has tapped "We are here", perhaps while there was no network."""
    one = _time(display, request)
    try:
        check_in(one, by=None, at=_tapped(request.POST.get("at", "")))
    except ValidationError as error:
        return _answer(display, " ".join(error.messages), 409)
    except (TooLate, Stale):
        return _answer(display, _("This time is over, or was given back because nobody had come."), 409)
    return _answer(display, _("Welcome."))


@csrf_exempt
@require_POST
@of_display
def take(request: HttpRequest, display: Display, secret: str) -> HttpResponse:
    """Take the free room from this minute on."""
    ends = read_local(request.POST.get("ends", ""))
    key = one_line(writable(request.POST.get("key", "")))[:KEY]
    if not display.may_book or ends is None or not key:
        raise Http404
    title = one_line(writable(request.POST.get("title", "")))[:TITLE] or _("Booked at the door")
    try:
        book_now(
            display.resource,
            ends=ends.replace(tzinfo=None),
            title=title,
            organiser=display.keeper,
            audience=Audience.RESIDENT,
            key=key_of(display, key),
        )
    except ValidationError as error:
        return _answer(display, " ".join(error.messages), 409)
    except Unavailable as refused:
        return _answer(display, str(refused), 409)
    return _answer(display, _("Booked: the room is yours."))


@csrf_exempt
@require_POST
@of_display
def leave(request: HttpRequest, display: Display, secret: str) -> HttpResponse:
    """Give back what was taken at this door."""
    one = _time(display, request)
    if not (one.booking.request_key or "").startswith(key_of(display)):
        raise Http404
    try:
        end_now(one, audience=Audience.RESIDENT, by=display.keeper)
    except (TooLate, Stale, ValidationError):
        return _answer(display, _("It is over already."), 409)
    return _answer(display, _("Thank you for giving the room back."))


@require_safe
def worker(request: HttpRequest) -> HttpResponse:
    """The script that keeps a door's page for the hours without a network. It stands here, and not among the static files,
    because a worker looks after the addresses below its own.
    """
    found: Any = finders.find("ui/built/door-worker.js")
    if found is None:
        raise Http404
    answer = HttpResponse(Path(found).read_bytes(), content_type="text/javascript; charset=utf-8")
    answer["Cache-Control"] = "no-cache"
    return answer


def _time(display: Display, request: HttpRequest) -> Occurrence:
    key = typed_key(request.POST.get("time", "")) or 0
    one = (
        Occurrence.objects.filter(pk=key, resource=display.resource)
        .select_related("booking", "resource__site")
        .first()
    )
    if one is None:
        raise Http404
    return one


def _tapped(text: str) -> datetime | None:
    """When somebody tapped, of milliseconds since 1970; None for what says nothing, or is too long ago to be believed."""
    now = timezone.now()
    if not text.isascii() or not text.isdecimal() or len(text) > 15 or int(text) / 1000 > now.timestamp():
        return None
    at = datetime.fromtimestamp(int(text) / 1000, UTC)
    return at if now - at < REMEMBERED else None


def _answer(display: Display, message: str, status: int = 200) -> HttpResponse:
    return JsonResponse({"message": message, "state": state_said(display)}, status=status)
