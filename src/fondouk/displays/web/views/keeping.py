"""Displays as the staff keep them: hung up, listed, taken down; and signs for doors without one."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from fondouk.bookings.queries import bookable
from fondouk.displays.actions import add_display, revoke_display
from fondouk.displays.models import Display
from fondouk.displays.papers import signs
from fondouk.displays.web.forms import DisplayForm
from fondouk.people.rules import required, verdict
from fondouk.sites.rules import reach
from fondouk.spaces.models import Resource
from fondouk.ui.toasts import toast


@require_safe
@required("displays.view")
def display_list(request: HttpRequest) -> HttpResponse:
    shown = Display.objects.live().visible_to(request.user).select_related("resource__site", "keeper")
    rooms = reach(request.user).limit(bookable(request.user), "site")
    context = {
        "displays": shown.order_by("resource__site", "resource__code_folded", "pk"),
        "rooms": rooms.select_related("site").order_by("site", "code_folded"),
        "may_keep": verdict(request.user, "displays.keep"),
    }
    return render(request, "displays/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@required("displays.keep")
def create(request: HttpRequest, pk: int) -> HttpResponse:
    """The answer to a POST shows the address, and nothing keeps it."""
    account: Any = request.user
    room = _room(request, pk, "displays.keep")
    form = DisplayForm(request.POST or None, initial={"language": account.person.language})
    address = ""
    if request.method == "POST" and form.is_valid():
        display = form.save(commit=False)
        display.resource = room
        secret = add_display(display, by=account.person)
        address = settings.PUBLIC_URL.rstrip("/") + reverse("door", args=[secret])
    return render(request, "displays/new.html", {"form": form, "room": room, "address": address})


@require_POST
@required("displays.keep")
def revoke(request: HttpRequest, pk: int) -> HttpResponse:
    account: Any = request.user
    rows = Display.objects.live().visible_to(account).select_related("resource")
    display = get_object_or_404(rows, pk=pk)
    if not account.has_perm("displays.keep", display.resource):
        raise Http404
    revoke_display(display, by=account.person)
    toast(request, _("This display shows nothing any more."))
    return redirect("space", display.resource_id)


@require_safe
@required("displays.view")
def sign(request: HttpRequest, pk: int) -> HttpResponse:
    """The sign of a door, to be printed."""
    room = _room(request, pk, "displays.view")
    return _paper(signs([room]), f"{room.code}.pdf")


@require_safe
@required("displays.view")
def all_signs(request: HttpRequest) -> HttpResponse:
    """Those of all rooms that the reader looks after, a page each."""
    rooms = reach(request.user).limit(bookable(request.user), "site")
    rooms = rooms.select_related("site", "floor__building").order_by("site", "code_folded")
    if not rooms:
        raise Http404
    return _paper(signs(list(rooms)), _("signs.pdf"))


def _paper(content: bytes, name: str) -> HttpResponse:
    shown = {"Content-Disposition": content_disposition_header(False, name) or "inline"}
    return HttpResponse(content, content_type="application/pdf", headers=shown)


def _room(request: HttpRequest, pk: int, permission: str) -> Resource:
    """One that can be booked, where the person may do this."""
    rows = bookable(request.user).select_related("site", "floor__building")
    room: Resource = get_object_or_404(rows, pk=pk)
    if not request.user.has_perm(permission, room):
        raise Http404
    return room
