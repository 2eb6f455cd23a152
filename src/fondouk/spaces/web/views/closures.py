"""Closures: works and cleanings, in the same calendar as everything else."""

from __future__ import annotations

from datetime import time, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from fondouk.audit.queries import timeline
from fondouk.lib.formats import format_date, format_moment, format_time
from fondouk.lib.text import typed_key
from fondouk.people.rules import required, verdict
from fondouk.sites.current import address_with_site
from fondouk.spaces import claims
from fondouk.spaces.actions import Taken, close_spaces, lift_closure, reinstate_closure
from fondouk.spaces.models import Claim, Closure, Resource
from fondouk.spaces.web.forms.closure import ClosureForm
from fondouk.ui.toasts import toast

PER_PAGE = 50
SHOWN = 20
"""Of what is in the way, as many as fit."""


@require_safe
@required("spaces.view")
def closure_list(request: HttpRequest) -> HttpResponse:
    if elsewhere := address_with_site(request):
        return redirect(elsewhere)
    is_past = request.GET.get("show") == "past"
    rows: Any = Closure.objects.visible_to(request.user).select_related("site")
    rows = rows.annotate(spaces=Count("resources"))
    if request.GET.get("site"):
        rows = rows.filter(site__code=request.GET["site"])
    now = timezone.localtime().replace(tzinfo=None)
    if is_past:
        rows = rows.exclude(lifted_at=None, ends__gt=now).order_by("-starts", "-pk")
    else:
        rows = rows.standing().filter(ends__gt=now).order_by("starts", "pk")
    context = {
        "page": Paginator(rows, PER_PAGE).get_page(request.GET.get("page")),
        "is_past": is_past,
        "now": now,
        "may_edit": verdict(request.user, "spaces.edit"),
    }
    return render(request, "spaces/closure/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@required("spaces.edit")
def create(request: HttpRequest) -> HttpResponse:
    spaces = Resource.objects.visible_to(request.user).in_use().select_related("site")
    spaces = spaces.defer("vector", "site__vector").order_by("site", "code_folded")
    key = typed_key(request.GET.get("space", ""))
    initial = {"day": timezone.localdate(), "resources": [key] if key else []}
    form = ClosureForm(request.POST or None, initial=initial, spaces=spaces)
    way: list[dict[str, Any]] = []
    if request.method == "POST" and form.is_valid():
        closure = form.closure()
        if not request.user.has_perm("spaces.edit", closure):
            form.add_error("resources", _("You may not change the inventory of this site."))
        else:
            try:
                close_spaces(closure, resources=list(form.cleaned_data["resources"]), by=request.user.person)
            except ValidationError as error:
                for name, errors in error.update_error_dict({}).items():
                    form.add_error({"ends": "closes"}.get(name, name), errors)
            except Taken as taken:
                way = in_the_way(request.user, taken)
                form.add_error(None, _("Something stands in the way: move it or cancel it first."))
            else:
                toast(request, _("Closed."), undo=reverse("closure_lifting", args=[closure.pk]))
                return redirect("closure", closure.pk)
    status = 422 if request.method == "POST" else 200
    context = {"form": form, "way": way[:SHOWN], "count": len(way)}
    return render(request, "spaces/closure/form.html", context, status=status)


def in_the_way(account: Any, taken: Taken) -> list[dict[str, Any]]:
    """What holds these spaces then, each once and the earliest first, as far as the person may know."""
    once: dict[tuple[str, int], Claim] = {}
    for claim in taken.conflicts:
        once.setdefault((claim.kind, claim.owner), claim)
    found = list(once.values())
    told = claims.shown(account, found)
    return [
        {
            "space": claim.resource or claim.part,
            "label": told[claim.pk].label if claim.pk in told else _("Taken"),
            "url": told[claim.pk].url if claim.pk in told else "",
            "when": _when(claim),
        }
        for claim in found
    ]


def _when(claim: Claim) -> str:
    """From when to when, on the clock of the reader; whole days without hours, the last one included."""
    language = (get_language() or "fr")[:2]
    first, last = (moment and timezone.localtime(moment) for moment in (claim.start, claim.end))
    if all(moment is None or moment.time() == time(0) for moment in (first, last)):
        begins = format_date(first.date(), language) if first else "…"
        ends = format_date(last.date() - timedelta(days=1), language) if last else "…"
        return begins if begins == ends else f"{begins} – {ends}"
    begins = format_moment(first.replace(tzinfo=None), language) if first else "…"
    if first and last and first.date() == last.date():
        return f"{begins} – {format_time(last, language)}"
    return f"{begins} – {format_moment(last.replace(tzinfo=None), language) if last else '…'}"


def _closure(request: HttpRequest, pk: int) -> Closure:
    return get_object_or_404(
        Closure.objects.visible_to(request.user).select_related("site", "made_by"), pk=pk
    )


@require_safe
@required("spaces.view")
def page(request: HttpRequest, pk: int) -> HttpResponse:
    closure = _closure(request, pk)
    context = {
        "closure": closure,
        "spaces": closure.resources.order_by("code_folded"),
        "is_over": closure.ends <= timezone.localtime().replace(tzinfo=None),
        "activity": timeline(closure, limit=20),
        "may_edit": verdict(request.user, "spaces.edit", closure),
    }
    return render(request, "spaces/closure/page.html", context)


@require_POST
@required("spaces.edit")
def lift(request: HttpRequest, pk: int) -> HttpResponse:
    closure = _closure(request, pk)
    if not request.user.has_perm("spaces.edit", closure):
        raise Http404
    lift_closure(closure, by=request.user.person)
    toast(request, _("The spaces are open again."), undo=reverse("closure_reinstatement", args=[pk]))
    return redirect("closure", pk)


@require_POST
@required("spaces.edit")
def reinstate(request: HttpRequest, pk: int) -> HttpResponse:
    closure = _closure(request, pk)
    if not request.user.has_perm("spaces.edit", closure):
        raise Http404
    try:
        reinstate_closure(closure, by=request.user.person)
    except Taken:
        toast(
            request, _("Somebody holds one of the spaces meanwhile: the closure stays lifted."), tone="danger"
        )
    else:
        toast(request, _("The closure stands again."))
    return redirect("closure", pk)
