"""A member announces visitors of the company, and follows them."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from fondouk.bookings.models import Occurrence
from fondouk.companies.queries import sites_hosting
from fondouk.lib.text import typed_key
from fondouk.portal.web.mine import Mine, render_mine, with_company
from fondouk.reception.actions import announce
from fondouk.reception.forms import AnnounceForm, announced, change_form, changed, refused
from fondouk.reception.models import Visit
from fondouk.reception.steps import OF_HOSTS, taken
from fondouk.spaces.queries import in_use_at
from fondouk.ui.toasts import toast

PER_PAGE = 30


def of_mine(mine: Mine) -> Any:
    rows = Visit.objects.filter(company=mine.company).select_related("site", "host", "resource", "company")
    return rows.defer("site__vector", "resource__vector", "company__vector")


@require_safe
@with_company
def page(request: HttpRequest, mine: Mine) -> HttpResponse:
    """Those to come, whom anybody of the company expects; or those that are over, the last first."""
    is_over = request.GET.get("show") == "over"
    rows = of_mine(mine)
    if is_over:
        rows = rows.filter(day__lt=mine.day).order_by("-day", "-clock")
    else:
        rows = rows.filter(day__gte=mine.day)
    shown = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    return render_mine(
        request,
        mine,
        "portal/visitors.html",
        {"page": shown, "is_over": is_over},
        below="member_home",
    )


@require_http_methods(["GET", "HEAD", "POST"])
@with_company
def create(request: HttpRequest, mine: Mine) -> HttpResponse:
    """`?time=` names a booking of theirs: its day, hour and room are filled in."""
    sites = sites_hosting(mine.company, mine.day)
    if not sites:
        return render_mine(request, mine, "portal/visitors_none.html", {}, below="member_home")
    form = AnnounceForm(
        request.POST or None, sites=sites, spaces=in_use_at(sites), initial=_of_booking(request, mine)
    )
    if request.method == "POST" and form.is_valid():
        try:
            made = announce(
                form.guests(), host=mine.person, company=mine.company, by=mine.person, **form.when()
            )
        except ValidationError as error:
            refused(form, error)
        else:
            toast(request, announced(len(made)))
            return redirect("member_visitors")
    status = 422 if request.method == "POST" else 200
    return render_mine(
        request, mine, "portal/visitors_new.html", {"form": form}, status=status, below="member_home"
    )


def _of_booking(request: HttpRequest, mine: Mine) -> dict[str, Any]:
    initial: dict[str, Any] = {"language": get_language(), "day": mine.day}
    key = typed_key(request.GET.get("time", "")) or 0
    one = Occurrence.objects.visible_to(request.user).filter(pk=key).select_related("resource").first()
    if one is not None:
        initial |= {
            "day": one.starts.date(),
            "clock": one.starts.time(),
            "resource": one.resource,
            "site": one.resource.site_id,
        }
    return initial


@require_safe
@with_company
def visit_page(request: HttpRequest, mine: Mine, pk: int) -> HttpResponse:
    return render_mine(request, mine, "portal/visitor.html", {"visit": _found(mine, pk)}, below="member_home")


@require_http_methods(["GET", "HEAD", "POST"])
@with_company
def edit(request: HttpRequest, mine: Mine, pk: int) -> HttpResponse:
    visit = _found(mine, pk)
    form = change_form(visit, request.POST or None)
    if request.method == "POST" and form.is_valid() and changed(form, visit, by=mine.person):
        toast(request, _("Saved."))
        return redirect("member_visitor", pk)
    status = 422 if request.method == "POST" else 200
    context = {"visit": visit, "form": form}
    return render_mine(
        request, mine, "portal/visitor_change.html", context, status=status, below="member_home"
    )


@require_POST
@with_company
def take_step(request: HttpRequest, mine: Mine, pk: int, step: str) -> HttpResponse:
    """Cancelled, expected after all, the invitation sent again: by anybody of the company."""
    if step not in OF_HOSTS:
        raise Http404

    def undo(back: str) -> str:
        return reverse("member_visitor_step", args=[pk, back])

    taken(request, _found(mine, pk), OF_HOSTS[step], by=mine.person, undo=undo)
    return redirect("member_visitor", pk)


def _found(mine: Mine, pk: int) -> Visit:
    found: Visit = get_object_or_404(of_mine(mine), pk=pk)
    return found
