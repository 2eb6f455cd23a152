"""The sites of the network: cards, page, life, operator."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from fondouk.audit.queries import timeline, with_records
from fondouk.lib.formats import format_date
from fondouk.people.rules import required, verdict
from fondouk.sites.actions import assign_operator, change_site, create_site, enter_phase, remove_phase
from fondouk.sites.enums import Phase, Precision
from fondouk.sites.models import Grant, Site, SitePhase
from fondouk.sites.queries import holidays, is_open, runs_of, week_of
from fondouk.sites.web.forms.sites import NewSiteForm, OperatorshipForm, PhaseForm, SiteForm
from fondouk.sites.web.loading import me, site_at
from fondouk.ui.registry import registry
from fondouk.ui.toasts import toast
from fondouk.ui.undo import sent

PLACE = "sites.site"


@require_safe
@required("sites.staff")
def site_list(request: HttpRequest) -> HttpResponse:
    sites = Site.objects.visible_to(request.user).with_phase(timezone.localdate()).prefetch_related("phases")
    cards = [
        {
            "site": site,
            "is_planned": site.phase in (None, Phase.PLANNED, Phase.OPENING),  # type: ignore[attr-defined]
            "badge": Phase(site.phase).label if site.phase and site.phase != Phase.OPEN else "",  # type: ignore[attr-defined]
            "next": next_phase(site),
            "panels": registry.rendered_panels(request, f"{PLACE}:card", site),
            "plan": occupancy(request, site),
        }
        for site in sites
    ]
    context = {"cards": cards, "may_create": verdict(request.user, "sites.create")}
    return render(request, "sites/sites/list.html", context)


def occupancy(request: HttpRequest, site: Site) -> dict[str, Any]:
    """Occupied and total square metres of offices, from whoever registers them at "sites.site:plan": the card draws them."""
    for panel in registry.panels.get(f"{PLACE}:plan", []):
        found = panel.context(request, site)
        if found:
            return {"occupied": found["occupied"], "total": found["total"]}
    return {"occupied": 0, "total": 0}


def next_phase(site: Site) -> SitePhase | None:
    """The next phase already noted, None when none is."""
    today = timezone.localdate()
    return next((phase for phase in site.phases.all() if phase.starts_on and phase.starts_on > today), None)


@require_safe
@required("sites.staff")
def site_page(request: HttpRequest, code: str) -> HttpResponse:
    return render_site(request, code)


def render_site(request: HttpRequest, code: str, **given: object) -> HttpResponse:
    site = site_at(request, code)
    today = timezone.localdate()
    phases = list(site.phases.all())
    past = [phase for phase in phases if phase.starts_on is None or phase.starts_on <= today]
    current = past[-1] if past else None
    monday = today - timedelta(days=today.weekday())
    coming = [day for day in holidays(today.year, get_language() or "fr") if day.on >= today]
    if len(coming) < 4:
        coming += holidays(today.year + 1, get_language() or "fr")
    operatorship = site.operatorships.filter(period__contains=today).select_related("operator").first()
    here = reverse("site", args=[code])
    context = {
        "site": site,
        "today": today,
        "phase": current,
        "steps": [
            {
                "label": phase.get_phase_display(),
                "detail": _when(phase),
                "state": "now" if phase is current else ("done" if phase in past else "next"),
            }
            for phase in phases
        ],
        "has_hours": site.hours.exists() or site.overrides.exists(),
        "is_open_now": is_open(site, timezone.now()),
        "week": week_of(site, [monday + timedelta(days=n) for n in range(7)]),
        "overrides": [
            {"override": one, "last": one.period.upper - timedelta(days=1), "hours": runs_of(one.hours.all())}
            for one in site.overrides.filter(period__endswith__gt=today).prefetch_related("hours")
        ],
        "holidays": coming[:6],
        "operatorship": operatorship,
        "team": Grant.objects.on(today).filter(site=site).select_related("person").order_by("role", "pk"),
        "lines": [
            (line, [one for one in records if one["url"] != here])
            for line, records in with_records(timeline(site, limit=12))
        ],
        "main_panels": registry.rendered_panels(request, f"{PLACE}:main", site),
        "side_panels": registry.rendered_panels(request, f"{PLACE}:side", site),
        "may_edit": verdict(request.user, "sites.edit", site),
        "may_set": verdict(request.user, "sites.settings"),
        "phase_form": PhaseForm(),
        "phases": [(phase, _when(phase)) for phase in phases],
        "operator_form": OperatorshipForm(),
        **given,
    }
    return render(request, "sites/sites/page.html", context)


def _when(phase: SitePhase) -> str:
    """As exactly as it is known: books often give the year alone."""
    starts_on, precision = phase.starts_on, phase.precision
    if starts_on is None:
        return _("date unknown")
    language = (get_language() or "fr")[:2]
    if precision == Precision.YEAR:
        return str(starts_on.year)
    return format_date(starts_on, language, "month_year" if precision == Precision.MONTH else "medium")


@require_http_methods(["GET", "HEAD", "POST"])
@required("sites.create")
def site_new(request: HttpRequest) -> HttpResponseBase:
    form = NewSiteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            site = create_site(
                form.save(commit=False),
                phase=form.cleaned_data["phase"],
                starts_on=form.cleaned_data["starts_on"],
                by=me(request),
            )
        except (ValidationError, IntegrityError) as error:
            form.add_error(None, getattr(error, "messages", None) or _("Another site has this name."))
        else:
            toast(request, _("The site “%(name)s” is in the network.") % {"name": site.full_name})
            return redirect("site", site.code)
    return render(request, "sites/sites/form.html", {"form": form})


@require_http_methods(["GET", "HEAD", "POST"])
@required("sites.edit")
def site_edit(request: HttpRequest, code: str) -> HttpResponseBase:
    site = site_at(request, code)
    if not verdict(request.user, "sites.edit", site):
        return redirect("site", code)
    form = SiteForm(request.POST or None, instance=site)
    if request.method == "POST" and form.is_valid():
        try:
            if form.changed_data:
                change_site(form.save(commit=False), fields=form.changed_data, by=me(request))
        except (ValidationError, IntegrityError) as error:
            form.add_error(None, getattr(error, "messages", None) or _("Another site has this name."))
        else:
            toast(request, _("The site “%(name)s” is saved.") % {"name": form.instance.full_name})
            return redirect("site", code)
    # What is typed stays in the form: the page keeps speaking of the site as it is.
    return render(request, "sites/sites/form.html", {"form": form, "site": site_at(request, code)})


@require_POST
@required("sites.edit")
def site_phases(request: HttpRequest, code: str) -> HttpResponseBase:
    site = site_at(request, code)
    form = PhaseForm(sent(request, "phase"), site=site)
    if not verdict(request.user, "sites.edit", site):
        return redirect("site", code)
    if not form.is_valid():
        return render_site(request, code, phase_form=form)
    wanted = {name: form.cleaned_data[name] for name in ("phase", "starts_on")}
    try:
        entered = enter_phase(site, by=me(request), **wanted)
    except ValidationError as error:
        form.add_error("phase", error)
        return render_site(request, code, phase_form=form)
    toast(
        request,
        _("Noted: %(phase)s.") % {"phase": entered.get_phase_display()},
        undo=reverse("site_phase_removal", args=[code, entered.pk]),
    )
    return redirect("site", code)


@require_POST
@required("sites.edit")
def site_phase_removal(request: HttpRequest, code: str, pk: int) -> HttpResponseBase:
    site = site_at(request, code)
    if not verdict(request.user, "sites.edit", site):
        return redirect("site", code)
    phase = get_object_or_404(site.phases.select_related("site"), pk=pk)
    again = {"phase": phase.phase, "starts_on": f"{phase.starts_on:%d/%m/%Y}"} if phase.starts_on else {}
    try:
        remove_phase(phase, by=me(request))
    except ValidationError as error:
        toast(request, " ".join(error.messages), tone="warn")
    else:
        toast(
            request,
            _("The phase “%(phase)s” is removed.") % {"phase": phase.get_phase_display()},
            undo=f"{reverse('site_phases', args=[code])}?{urlencode(again)}" if again else "",
        )
    return redirect("site", code)


@require_POST
@required("sites.settings")
def site_operator(request: HttpRequest, code: str) -> HttpResponseBase:
    site = site_at(request, code)
    form = OperatorshipForm(request.POST)
    if not form.is_valid():
        return render_site(request, code, operator_form=form)
    try:
        assign_operator(site, form.cleaned_data["operator"], since=form.cleaned_data["since"], by=me(request))
    except ValidationError as error:
        form.add_error(None, error)
        return render_site(request, code, operator_form=form)
    toast(request, _("%(operator)s runs this site.") % {"operator": form.cleaned_data["operator"]})
    return redirect("site", code)
