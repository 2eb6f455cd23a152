"""A resident reports a fault or asks for a service, follows it, and says how satisfied they are."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from fondouk.companies.queries import sites_hosting
from fondouk.lib.saving import say_beside
from fondouk.portal.web.mine import Mine, render_mine, with_company
from fondouk.requests.actions import open_request, rate, say
from fondouk.requests.actions.handling import STILL, Meanwhile
from fondouk.requests.enums import DONE, OPEN, TONES, State
from fondouk.requests.forms import RatingForm, ReplyForm, RequestForm
from fondouk.requests.models import Request
from fondouk.spaces.queries import in_use_at
from fondouk.ui.toasts import toast

PER_PAGE = 30
STEPS = {"withdrawal": State.WITHDRAWN, "return": State.NEW}


def of_mine(mine: Mine) -> Any:
    """Those of the company that the member is looking at, and their own."""
    rows = Request.objects.filter(company=mine.company)
    return rows.select_related("category", "site", "resource", "reporter", "assignee")


@require_safe
@with_company
def page(request: HttpRequest, mine: Mine) -> HttpResponse:
    is_over = request.GET.get("show") == "over"
    rows = of_mine(mine).exclude(state__in=OPEN) if is_over else of_mine(mine).open()
    shown = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": shown,
        "rows": [(one, TONES[State(one.state)]) for one in shown.object_list],
        "is_over": is_over,
    }
    return render_mine(request, mine, "portal/requests.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@with_company
def create(request: HttpRequest, mine: Mine) -> HttpResponse:
    """On the sites where the company is hosted; a space that the address names is chosen already."""
    sites = sites_hosting(mine.company, mine.day)
    if not sites:
        return render_mine(request, mine, "portal/request_none.html", {}, below="member_requests")
    form = RequestForm(
        request.POST or None,
        request.FILES or None,
        sites=sites,
        spaces=in_use_at(sites),
        initial={"resource": request.GET.get("space")},
    )
    if request.method == "POST" and form.is_valid():
        wanted = form.made()
        wanted.company = mine.company
        try:
            made = open_request(wanted, by=mine.person, photos=form.cleaned_data["photos"])
        except ValidationError as error:
            say_beside(form, error)
        else:
            toast(request, _("Request #%(number)s is made: the park answers you.") % {"number": made.pk})
            return redirect("member_request", made.pk)
    status = 422 if request.method == "POST" else 200
    return render_mine(
        request, mine, "portal/request_new.html", {"form": form}, status=status, below="member_requests"
    )


@require_safe
@with_company
def request_page(request: HttpRequest, mine: Mine, pk: int) -> HttpResponse:
    return _shown(request, mine, _found(mine, pk))


@require_POST
@with_company
def reply(request: HttpRequest, mine: Mine, pk: int) -> HttpResponse:
    """A word more; what awaits an answer goes on with it."""
    found = _found(mine, pk)
    form = ReplyForm(request.POST)
    if not form.is_valid():
        return _shown(request, mine, found, reply=form, status=422)
    state = State.UNDERWAY if found.state == State.RESOLVED else None
    return _said(request, mine, found, form, form.cleaned_data["text"], state)


@require_POST
@with_company
def step(request: HttpRequest, mine: Mine, pk: int, step: str) -> HttpResponse:
    """Withdrawn, or made again after all."""
    if step not in STEPS:
        raise Http404
    undo = reverse("member_request_step", args=[pk, "return"]) if step == "withdrawal" else ""
    return _said(request, mine, _found(mine, pk), None, "", STEPS[step], undo=undo)


@require_POST
@with_company
def rating(request: HttpRequest, mine: Mine, pk: int) -> HttpResponse:
    found = _found(mine, pk)
    form = RatingForm(request.POST)
    if not form.is_valid():
        return _shown(request, mine, found, rating=form, status=422)
    try:
        rate(found, form.cleaned_data["rating"], note=form.cleaned_data["note"], by=mine.person)
    except Meanwhile as late:
        toast(request, str(late), tone="warn")
    else:
        toast(request, _("Thank you: it helps us to do better."))
    return redirect("member_request", pk)


def _said(
    request: HttpRequest,
    mine: Mine,
    found: Request,
    form: ReplyForm | None,
    text: str,
    state: State | None,
    *,
    undo: str = "",
) -> HttpResponse:
    try:
        say(found, by=mine.person, is_staff=False, text=text, state=state)
    except Meanwhile as late:
        if form is None:
            toast(request, str(late), tone="warn")
            return redirect("member_request", found.pk)
        form.add_error(None, str(late))
        return _shown(request, mine, _found(mine, found.pk), reply=form, status=422)
    toast(request, _("The request is withdrawn.") if undo else _("Saved."), undo=undo)
    return redirect("member_request", found.pk)


def _found(mine: Mine, pk: int) -> Request:
    found: Request = get_object_or_404(of_mine(mine), pk=pk)
    return found


def _shown(
    request: HttpRequest,
    mine: Mine,
    one: Request,
    *,
    reply: ReplyForm | None = None,
    rating: RatingForm | None = None,
    status: int = 200,
) -> HttpResponse:
    context = {
        "one": one,
        "tone": TONES[State(one.state)],
        "remarks": one.remarks.filter(is_internal=False).select_related("by")
        | one.remarks.exclude(became="").select_related("by"),
        "photos": one.photos.select_related("file"),
        "reply": reply or ReplyForm(),
        "can_reply": one.is_open or one.state == State.RESOLVED,
        "rating": rating or RatingForm(),
        "can_rate": one.state in DONE and one.rating is None,
        "days": STILL.days,
    }
    return render_mine(request, mine, "portal/request.html", context, status=status, below="member_requests")
