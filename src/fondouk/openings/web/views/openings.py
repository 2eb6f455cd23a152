"""The plan of a site's opening: its page, its day, its spaces, the simulation of its filling."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from fondouk.lib.periods import add_months
from fondouk.openings.actions import (
    assume,
    drop_opening,
    move_opening,
    plan_opening,
    restore_opening,
    set_capacity,
    spaces_kept,
)
from fondouk.openings.models import Opening, PlannedSpace
from fondouk.openings.queries import Outlook, outlook
from fondouk.openings.usual import USUAL
from fondouk.openings.web.forms import AssumptionsForm, DayForm, MoveForm, PlannedSpaceForm
from fondouk.openings.web.loading import opening_at, site_at
from fondouk.people.rules import required, verdict
from fondouk.spaces.enums import SpaceKind
from fondouk.ui import charts
from fondouk.ui.downloads import sheet_response
from fondouk.ui.toasts import toast
from fondouk.ui.undo import CHANGED, sent, sign, still, unsign

UNDO = "openings.plan"


@require_safe
@required("openings.view")
def page(request: HttpRequest, code: str) -> HttpResponse:
    """`?demand=` and `?years=` try other assumptions without keeping them."""
    site = site_at(request, code)
    opening = Opening.objects.filter(site=site).select_related("site").first()
    if opening is None:
        context: dict[str, Any] = {
            "site": site,
            "usual": USUAL.values(),
            "form": DayForm(),
            "may_edit": verdict(request.user, "sites.edit", site),
        }
        return render(request, "openings/opening/none.html", context)
    return _page(request, opening)


def _page(request: HttpRequest, opening: Opening) -> HttpResponse:
    today = timezone.localdate()
    tried = AssumptionsForm(
        request.GET if "demand" in request.GET else None, initial=AssumptionsForm.known(opening)
    )
    demand, years = opening.demand, opening.years
    is_tried = tried.is_bound and tried.is_valid()
    if is_tried:
        demand, years = tried.cleaned_data["demand"], tried.cleaned_data["years"]
    found = outlook(opening, today, demand=demand, years=years)
    steps = list(opening.steps.in_order().select_related("owner", "done_by"))
    context = {
        "site": opening.site,
        "opening": opening,
        "opens_on": opening.opens_on(),
        "today": today,
        "steps": [
            {
                "step": step,
                "is_late": step.is_late(today),
                "is_met": step.done_on is None and _is_met(step.code, opening),
            }
            for step in steps
        ],
        "done": sum(step.done_on is not None for step in steps),
        "total": len(steps),
        "spaces": opening.spaces.all(),
        "outlook": found,
        "chart": _chart(found, years) if found else None,
        "tried": tried,
        "is_tried": is_tried and (demand, years) != (opening.demand, opening.years),
        "demand": demand,
        "years": years,
        "may_edit": verdict(request.user, "openings.edit", opening),
        "query": request.GET.urlencode() if is_tried else "",
    }
    status = 422 if tried.is_bound and not is_tried else 200
    return render(request, "openings/opening/page.html", context, status=status)


def _is_met(code: str, opening: Opening) -> bool:
    usual = USUAL.get(code)
    return bool(usual and usual.is_met and usual.is_met(opening.site))


def _chart(found: Outlook, years: int) -> charts.Chart:
    rows = [
        {"years": (month + 1) / 12, "median": band.median, "low": band.low, "high": band.high}
        for month, band in enumerate(found.filling.hosted)
    ]
    start = {"years": 0, "median": 0, "low": 0, "high": 0}
    return charts.band([start, *rows], time="years", value="median", low="low", high="high", most=years)


@require_http_methods(["GET", "HEAD", "POST"])
@required("openings.edit")
def plan(request: HttpRequest, code: str) -> HttpResponse:
    """Begin the plan of a site that is still to open."""
    site = site_at(request, code)
    may_edit = verdict(request.user, "sites.edit", site)
    if not may_edit:
        raise Http404
    form = DayForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            plan_opening(site, form.cleaned_data["opens_on"], by=request.user.person)
        except ValidationError as error:
            form.add_error("opens_on", error)
        else:
            toast(request, _("The plan begins, with the usual steps counted back from the day."))
            return redirect("opening", code)
    context = {"site": site, "usual": USUAL.values(), "form": form, "may_edit": may_edit}
    return render(
        request, "openings/opening/none.html", context, status=422 if request.method == "POST" else 200
    )


@require_http_methods(["GET", "HEAD", "POST"])
@required("openings.edit")
def day(request: HttpRequest, code: str) -> HttpResponse:
    opening = opening_at(request, code)
    before = opening.opens_on()
    typed = sent(request, "opens_on") if request.method == "POST" else None
    form = MoveForm(typed, initial={"opens_on": before, "with_steps": True})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            move_opening(opening, given["opens_on"], with_steps=given["with_steps"], by=request.user.person)
        except ValidationError as error:
            form.add_error("opens_on", error)
        else:
            back = {"opens_on": f"{before:%d/%m/%Y}", **({"with_steps": "on"} if given["with_steps"] else {})}
            undo = f"{reverse('opening_day', args=[code])}?{urlencode(back)}" if before else ""
            toast(request, _("The opening is moved."), undo=undo)
            return redirect("opening", code)
    context = {"site": opening.site, "form": form, "title": _("Day of the opening")}
    status = 422 if request.method == "POST" else 200
    return render(request, "openings/opening/form.html", context, status=status)


@require_POST
@required("openings.edit")
def removal(request: HttpRequest, code: str) -> HttpResponse:
    """Drop the plan; its undo, signed, brings it back."""
    here = reverse("opening_removal", args=[code])
    if signed := request.GET.get("signed"):
        site = site_at(request, code)
        kept = unsign(signed, salt=UNDO)
        if kept.get("site") != site.pk or not verdict(request.user, "sites.edit", site):
            raise Http404
        try:
            restore_opening(site, kept["plan"], by=request.user.person)
        except ValidationError as error:
            toast(request, " ".join(error.messages), tone="warn")
        return redirect("opening", code)
    opening = opening_at(request, code)
    kept = {"site": opening.site_id, "plan": drop_opening(opening, by=request.user.person)}
    toast(request, _("The plan is dropped."), undo=f"{here}?signed={sign(kept, salt=UNDO)}")
    return redirect("site", code)


@require_http_methods(["GET", "HEAD", "POST"])
@required("openings.edit")
def assumptions(request: HttpRequest, code: str) -> HttpResponse:
    opening = opening_at(request, code)
    before = AssumptionsForm.known(opening)
    form = AssumptionsForm(sent(request, "demand") if request.method == "POST" else None, initial=before)
    if request.method == "POST" and form.is_valid():
        try:
            assume(opening, **form.cleaned_data, by=request.user.person)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            undo = f"{reverse('opening_assumptions', args=[code])}?{urlencode(before)}"
            toast(request, _("The simulation assumes this from now on."), undo=undo)
            return redirect("opening", code)
    context = {"site": opening.site, "form": form, "title": _("What the simulation assumes")}
    status = 422 if request.method == "POST" else 200
    return render(request, "openings/opening/form.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@required("openings.edit")
def capacity(request: HttpRequest, code: str) -> HttpResponse:
    """How many spaces of every kind. Its undo, signed, writes those that were planned before."""
    opening = opening_at(request, code)
    if request.method == "POST" and (signed := request.GET.get("signed")):
        kept = unsign(signed, salt=UNDO)
        if kept.get("opening") != opening.pk:
            raise Http404
        if still(spaces_kept(opening), kept["after"]):
            set_capacity(opening, [PlannedSpace(**space) for space in kept["spaces"]], by=request.user.person)
            toast(request, _("The planned spaces are as they were."))
        else:
            toast(request, CHANGED, tone="warn")
        return redirect("opening", code)
    known = {space.kind: space for space in opening.spaces.all()}
    forms = [
        PlannedSpaceForm(
            request.POST or None,
            kind=kind,
            prefix=kind.value,
            initial={
                name: getattr(known[kind], name) if kind in known else None
                for name in ("count", "places", "area")
            },
        )
        for kind in SpaceKind
    ]
    before = {"opening": opening.pk, "spaces": spaces_kept(opening)}
    status = 200
    if request.method == "POST":
        status = 422
        answers = [form.is_valid() for form in forms]  # of all of them: each says what it refuses
        if all(answers):
            planned = [space for form in forms if (space := form.planned()) is not None]
            try:
                set_capacity(opening, planned, by=request.user.person)
            except ValidationError as error:
                forms[0].add_error(None, error)
            else:
                kept = {**before, "after": spaces_kept(opening)}
                undo = f"{reverse('opening_capacity', args=[code])}?signed={sign(kept, salt=UNDO)}"
                toast(request, _("The planned spaces are saved."), undo=undo)
                return redirect("opening", code)
    context = {"site": opening.site, "forms": forms}
    return render(request, "openings/opening/capacity.html", context, status=status)


@require_safe
@required("openings.view")
def export(request: HttpRequest, code: str, form: str) -> HttpResponse:
    """Every month of the simulation, with the assumptions of the address."""
    opening = opening_at(request, code, "openings.view")
    tried = AssumptionsForm(request.GET)
    given = tried.cleaned_data if tried.is_valid() else AssumptionsForm.known(opening)
    found = outlook(opening, timezone.localdate(), **given)
    if found is None:
        raise Http404
    headers = [
        _("Month"), _("Companies: lowest tenth"), _("Companies: median"), _("Companies: highest tenth"),
        _("Offices taken: median"), _("Chance that the offices have been full"), _("Turned away by then: median"),
    ]  # fmt: skip
    offices = found.filling.by_room.get("office")
    full = found.filling.full.get("office")
    rows = (
        [
            add_months(found.first, month + 1),
            band.low,
            band.median,
            band.high,
            offices[month].median if offices else None,
            full[month] if full else None,
            found.filling.turned_away[month].median,
        ]
        for month, band in enumerate(found.filling.hosted)
    )
    name = _("filling-%(site)s") % {"site": opening.site.code}
    return sheet_response(form, name, headers, rows)
