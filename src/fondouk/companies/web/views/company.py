"""The page of a company: its head, its journey, and tabs that apps fill with panels."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from fondouk.companies.attention import points
from fondouk.companies.enums import Status
from fondouk.companies.journey import steps
from fondouk.companies.models import Company
from fondouk.companies.queries import facts, modes_on
from fondouk.companies.web.loading import visible_company
from fondouk.people.rules import required, verdict
from fondouk.ui.registry import registry

PLACE = "companies.company"
TONES = {Status.HOSTED: "ok", Status.EXPECTED: "info", Status.ALUMNI: "neutral", Status.OUTSIDE: "neutral"}


@require_safe
@required("companies.list")
def page(request: HttpRequest, pk: int, tab: str = "summary") -> HttpResponse:
    """A company that became part of another one is shown as that one: addresses in mails and bookmarks stay good."""
    try:
        company = visible_company(request, pk)
    except Http404:
        into = Company.objects.filter(pk=pk).values_list("merged_into", flat=True).first()
        if not into:
            raise
        there = visible_company(request, into).pk
        return redirect("company", there) if tab == "summary" else redirect("company_tab", there, tab)
    return shown(request, company, tab)


def shown(request: HttpRequest, company: Company, tab: str) -> HttpResponse:
    tabs = [
        one
        for one in registry.tabs[PLACE]
        if not one.permission or request.user.has_perm(one.permission, company)
    ]
    if tab not in {one.key for one in tabs}:
        raise Http404
    context = {
        **head(request, company),
        "tab": tab,
        "tabs": [
            {
                "label": one.label,
                "url": reverse("company", args=[company.pk])
                if one.key == "summary"
                else reverse("company_tab", args=[company.pk, one.key]),
                "count": one.count(request, company) if one.count else None,
                "active": one.key == tab,
            }
            for one in tabs
        ],
        "panels": registry.rendered_panels(request, f"{PLACE}:{tab}", company),
        "side": registry.rendered_panels(request, f"{PLACE}:side", company) if tab == "summary" else [],
        "points": points(company, timezone.localdate()) if tab == "summary" else [],
    }
    return render(request, "companies/company/page.html", context)


def head(request: HttpRequest, company: Company) -> dict[str, Any]:
    """What stands above the tabs, and which of its buttons this person may press."""
    day = timezone.localdate()
    stays = list(company.residencies.all())
    now = [stay for stay in stays if day in stay.period]
    coming = [stay for stay in stays if stay.period.lower and stay.period.lower > day]
    here = now or coming or stays
    status = company.status_on(day)
    known = facts(company, day)
    return {
        "company": company,
        "day": day,
        "status": status,
        "status_tone": TONES[status],
        "sites": [stay.site for stay in here],
        "modes": [str(mode.label) for mode in modes_on(company, day)],
        "since": min((stay.period.lower for stay in here if stay.period.lower), default=None),
        "stays_now": bool(now),
        "is_coming": bool(coming) and not now,
        "until": max((stay.last_day for stay in here if stay.last_day), default=None)
        if here and all(stay.last_day for stay in here)
        else None,
        "identity": known.identity,
        "sector": known.sector,
        "stage": known.stage,
        "steward": known.steward,
        "kinds": known.kinds,
        "journey": [
            {"label": step.label, "detail": step.detail, "state": step.state} for step in steps(company, day)
        ],
        "may_edit": verdict(request.user, "companies.edit", company),
        "may_merge": verdict(request.user, "companies.merge", company),
        "may_figures": verdict(request.user, "companies.figures", company),
    }
