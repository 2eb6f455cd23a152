"""A visit, for the desk."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from fondouk.audit.queries import timeline
from fondouk.people.rules import required
from fondouk.reception.enums import TONES
from fondouk.reception.forms import change_form, changed
from fondouk.reception.models import Visit
from fondouk.reception.steps import AT_DESK, OF_HOSTS, taken
from fondouk.ui.toasts import toast

STEPS = {**AT_DESK, **OF_HOSTS}


def _found(request: HttpRequest, pk: int) -> Visit:
    rows = Visit.objects.visible_to(request.user).select_related("site", "company", "host", "resource")
    found: Visit = get_object_or_404(rows.defer("company__vector", "site__vector", "resource__vector"), pk=pk)
    if not request.user.has_perm("reception.receive", found):
        raise Http404
    return found


@require_safe
@required("reception.receive")
def page(request: HttpRequest, pk: int) -> HttpResponse:
    visit = _found(request, pk)
    context = {"visit": visit, "tone": TONES[visit.state], "activity": timeline(visit, limit=20)}
    return render(request, "reception/visit/page.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@required("reception.receive")
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    account: Any = request.user
    visit = _found(request, pk)
    form = change_form(visit, request.POST or None)
    if request.method == "POST" and form.is_valid() and changed(form, visit, by=account.person):
        toast(request, _("Saved."))
        return redirect("visit", pk)
    status = 422 if request.method == "POST" else 200
    return render(request, "reception/visit/change.html", {"visit": visit, "form": form}, status=status)


@require_POST
@required("reception.receive")
def take_step(request: HttpRequest, pk: int, step: str) -> HttpResponse:
    """Arrived, gone, cancelled, …: see `steps`."""
    account: Any = request.user
    if step not in STEPS:
        raise Http404
    visit = _found(request, pk)
    taken(
        request,
        visit,
        STEPS[step],
        by=account.person,
        undo=lambda back: reverse("visit_step", args=[pk, back]),
    )
    if request.POST.get("from") == "page":
        return redirect("visit", pk)
    return redirect(f"{reverse('reception')}?site={visit.site.code}&day={visit.day:%d/%m/%Y}")
