"""Doors: their locks, who passes, what happened."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from fondouk.access.actions import give_right, new_reader, open_from_here, save_door, take_right
from fondouk.access.locks import LOCKS
from fondouk.access.models import Door, DoorRight
from fondouk.access.rules import KEEPERS
from fondouk.access.web.forms import DAYS, DoorForm, RightForm
from fondouk.audit.queries import timeline
from fondouk.companies.queries import hosted_at
from fondouk.lib.saving import say_beside
from fondouk.people.rules import required, verdict
from fondouk.sites.current import address_with_site
from fondouk.sites.queries import sites_within
from fondouk.sites.rules import reach
from fondouk.spaces.queries import in_use_at
from fondouk.ui.toasts import toast

PER_PAGE = 25


@require_safe
@required("access.view")
def door_list(request: HttpRequest) -> HttpResponse:
    if elsewhere := address_with_site(request):
        return redirect(elsewhere)
    doors = Door.objects.visible_to(request.user).select_related("site", "resource")
    if request.GET.get("site"):
        doors = doors.filter(site__code=request.GET["site"])
    context = {
        "doors": doors.defer("site__vector", "resource__vector"),
        "may_keep": verdict(request.user, "access.keep"),
    }
    return render(request, "access/door/list.html", context)


@require_safe
@required("access.view")
def page(request: HttpRequest, pk: int) -> HttpResponse:
    return _shown(request, _door(request, pk, "access.view"))


def _shown(request: HttpRequest, door: Door, *, secret: str = "") -> HttpResponse:
    rights = door.rights.select_related("company").order_by("company__name_folded", "pk")
    events = door.passages.select_related("credential__person", "credential__company", "by")
    context = {
        "door": door,
        "lock": LOCKS[door.adapter].label if door.adapter in LOCKS else door.adapter,
        "rights": [(right, _days(right.weekdays)) for right in rights],
        "page": Paginator(events, PER_PAGE).get_page(request.GET.get("page")),
        "activity": timeline(door, limit=20),
        "secret": secret,
        "address": settings.PUBLIC_URL.rstrip("/") + reverse("door_reader"),
        "may_keep": verdict(request.user, "access.keep", door),
        "may_issue": verdict(request.user, "access.issue", door),
    }
    return render(request, "access/door/page.html", context)


def _days(mask: int) -> list[str]:
    return [] if mask == 127 else [str(name) for day, name in DAYS if mask >> day & 1]


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@required("access.keep")
def edit(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """The answer to a POST of a new one shows the secret of its reader, and nothing keeps it."""
    account: Any = request.user
    door = _door(request, pk, "access.keep") if pk else None
    sites = sites_within(reach(account, *KEEPERS))
    form = DoorForm(request.POST or None, instance=door, sites=sites, spaces=in_use_at(sites))
    if request.method == "POST" and form.is_valid():
        saved = form.save(commit=False)
        try:
            secret = save_door(saved, by=account.person)
        except ValidationError as error:
            say_beside(form, error)
        else:
            if secret:
                return _shown(request, saved, secret=secret)
            toast(request, _("Saved."))
            return redirect("door_page", saved.pk)
    status = 422 if request.method == "POST" else 200
    return render(request, "access/door/edit.html", {"form": form, "door": door}, status=status)


@require_POST
@never_cache
@required("access.keep")
def reader(request: HttpRequest, pk: int) -> HttpResponse:
    account: Any = request.user
    door = _door(request, pk, "access.keep")
    return _shown(request, door, secret=new_reader(door, by=account.person))


@require_POST
@required("access.issue")
def opening(request: HttpRequest, pk: int) -> HttpResponse:
    account: Any = request.user
    door = _door(request, pk, "access.issue")
    event = open_from_here(door, by=account.person)
    if event.refusal:
        toast(request, _("It did not open: %(why)s.") % {"why": event.get_refusal_display()}, tone="warn")
    else:
        toast(request, _("The lock was told to open."))
    return redirect("door_page", pk)


@require_http_methods(["GET", "HEAD", "POST"])
@required("access.keep")
def add_right(request: HttpRequest, pk: int) -> HttpResponse:
    account: Any = request.user
    door = _door(request, pk, "access.keep")
    form = RightForm(
        request.POST or None,
        companies=hosted_at([door.site_id], timezone.localdate()),
        initial={"first_day": timezone.localdate()},
    )
    form.instance.door = door
    if request.method == "POST" and form.is_valid():
        try:
            give_right(form.save(commit=False), by=account.person)
        except ValidationError as error:
            say_beside(form, error)
        else:
            toast(request, _("Saved."))
            return redirect("door_page", pk)
    status = 422 if request.method == "POST" else 200
    return render(request, "access/door/right.html", {"form": form, "door": door}, status=status)


@require_POST
@required("access.keep")
def remove_right(request: HttpRequest, pk: int) -> HttpResponse:
    account: Any = request.user
    rows = DoorRight.objects.filter(door__in=Door.objects.visible_to(account)).select_related(
        "door", "company"
    )
    right = get_object_or_404(rows, pk=pk)
    if not account.has_perm("access.keep", right.door):
        raise Http404
    door = right.door_id
    take_right(right, by=account.person)
    toast(request, _("The right is taken back."))
    return redirect("door_page", door)


def _door(request: HttpRequest, pk: int, permission: str) -> Door:
    rows = Door.objects.visible_to(request.user).select_related("site", "resource")
    found: Door = get_object_or_404(rows.defer("site__vector", "resource__vector"), pk=pk)
    if not request.user.has_perm(permission, found):
        raise Http404
    return found
