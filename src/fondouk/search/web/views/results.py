"""The results of Ctrl/Cmd+K, as a fragment for the palette or as a page of its own."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from fondouk.search.queries import PER_SOURCE, actions, search

ON_A_PAGE = 50


@require_safe
@login_required
def search_page(request: HttpRequest) -> HttpResponse:
    typed = request.GET.get("q", "")[:200]
    fragment = bool(request.htmx)  # type: ignore[attr-defined]
    context = {
        "layout": f"ui/layouts/{'staff' if request.user.has_perm('sites.staff') else 'plain'}.html",
        "typed": typed,
        "groups": search(request.user, typed, per_source=PER_SOURCE if fragment else ON_A_PAGE),
        "actions": actions(request.user, typed)[: 8 if fragment else 30],
    }
    return render(request, "search/results.html" if fragment else "search/page.html", context)
