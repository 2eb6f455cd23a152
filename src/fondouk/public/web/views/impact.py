"""The figures that were published, as they were published."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from fondouk.impact import presentation
from fondouk.impact.models import Edition
from fondouk.impact.papers import report_response
from fondouk.public.queries import kept
from fondouk.public.web.shell import render_public, without_cookies


def _edition(year: int | None) -> Edition:
    """The latest edition that the public may read, of that year or of the latest one."""
    editions = Edition.objects.public().defer("content", "shown")
    found = (editions if year is None else editions.filter(year=year)).first()
    if found is None:
        raise Http404
    return found


@require_safe
@without_cookies
def impact(request: HttpRequest, year: int | None = None) -> HttpResponse:
    edition, asked = _edition(year), request.GET.get("definition", "")
    years = list(Edition.objects.public().values_list("year", flat=True))
    if asked:
        report = presentation.shown(edition.shown, asked)
    else:
        name = f"impact-{edition.pk}-{get_language()}"
        report = kept(name, timezone.localdate(), lambda: presentation.shown(edition.shown, ""))
    context: dict[str, Any] = {
        **report,
        "edition": edition,
        "years": list(dict.fromkeys(years)),
    }
    return render_public(request, "public/impact.html", context, page="impact")


@require_safe
@without_cookies
def paper(request: HttpRequest, year: int, form: str) -> HttpResponse:
    """Kept by its address alone: whatever is added to it leads to the same paper."""
    if request.GET:
        return redirect(request.path)
    edition = _edition(year)
    return report_response(form, edition.shown, note=edition.note)
