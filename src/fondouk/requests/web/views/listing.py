"""The list of requests, how well promises are kept, and exactly what is filtered as a sheet."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from fondouk.people.rules import required, verdict
from fondouk.requests.enums import TONES, State
from fondouk.requests.models import Request
from fondouk.requests.queries import levels
from fondouk.requests.web.filters import RequestFilter
from fondouk.sites.current import address_with_site
from fondouk.ui.downloads import sheet_response
from fondouk.ui.sorting import headings, ordered

PER_PAGE = 50
LATELY = timedelta(days=90)
SORTS = {
    "number": "pk",
    "title": "title_folded",
    "company": "company__name_folded",
    "category": "category__name_fr",
    "assignee": "assignee__name_folded",
    "due": "resolve_due_at",
    "state": "state",
}


def filtered(request: HttpRequest) -> tuple[RequestFilter, Any]:
    mine = Request.objects.visible_to(request.user)
    found = RequestFilter(request.GET, queryset=mine, request=request)
    rows = ordered(found.qs, request.GET.get("sort", ""), SORTS)
    rows = rows.select_related("site", "category", "company", "assignee", "reporter", "resource")
    return found, rows.defer("site__vector", "company__vector", "resource__vector")


@require_safe
@required("requests.view")
def request_list(request: HttpRequest) -> HttpResponse:
    if elsewhere := address_with_site(request):
        return redirect(elsewhere)
    found, rows = filtered(request)
    kept = request.GET.copy()
    kept.pop("page", None)
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    seen = Request.objects.visible_to(request.user)
    if request.GET.get("site"):
        seen = seen.filter(site__code=request.GET["site"])
    context = {
        "filter": found,
        "page": page,
        "rows": [(one, TONES[State(one.state)]) for one in page.object_list],
        "query": kept.urlencode(),
        "is_filtered": any(value for key, value in kept.items() if key not in ("site", "sort")),
        "sorting": headings(request.GET.get("sort", "-number"), SORTS),
        "levels": levels(seen, timezone.now() - LATELY),
        "late": seen.late().count(),
        "may_handle": verdict(request.user, "requests.handle"),
        "may_keep": verdict(request.user, "requests.keep"),
    }
    return render(request, "requests/request/list.html", context)


@require_safe
@required("requests.view")
def export(request: HttpRequest, form: str) -> HttpResponse:
    _found, rows = filtered(request)
    headers = [
        _("Number"), _("Made at"), _("Site"), _("Category"), _("Subject"), _("Company"), _("Made by"), _("Space"),
        _("Stops work"), _("State"), _("Dealt with by"), _("Answer due"), _("Answered"), _("Resolution due"), _("Resolved"),
        _("Satisfaction"),
    ]  # fmt: skip
    lines = (
        [
            one.pk,
            one.made_at,
            str(one.site),
            one.category.label,
            one.title,
            one.company.label if one.company else "",
            one.reporter.name,
            one.resource.code if one.resource else "",
            _("yes") if one.is_blocking else "",
            one.get_state_display(),
            one.assignee.name if one.assignee else "",
            one.answer_due_at,
            one.answered_at,
            one.resolve_due_at,
            one.resolved_at,
            one.rating,
        ]
        for one in rows.iterator(chunk_size=2000)
    )
    return sheet_response(form, _("requests"), headers, lines)
