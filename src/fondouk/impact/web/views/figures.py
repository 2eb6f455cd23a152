"""The page of the network's figures, and the records behind each."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from fondouk.impact import presentation
from fondouk.impact.definitions import DEFINITIONS
from fondouk.impact.enums import MONEY, Measure
from fondouk.impact.models import Edition
from fondouk.impact.queries import records, report
from fondouk.impact.web.forms.scope import ScopeForm
from fondouk.people.rules import required, verdict

PER_PAGE = 50


@require_safe
@required("impact.view")
def figures(request: HttpRequest) -> HttpResponse:
    form = ScopeForm(request)
    scope = form.scope
    made = report(scope)
    editions = Edition.objects.public().defer("shown")  # the public's own reading of it, as long as `content`
    edition = editions.filter(year=scope.year).first() if scope.sites is None else None
    context = {
        **presentation.shown(made, request.GET.get("definition", "")),
        "form": form,
        "scope": scope,
        "query": asked(request),
        "edition": edition,
        "is_before_edition": bool(edition and scope.as_of and scope.as_of < edition.known_on),
        "differences": presentation.differences(edition.content, made)
        if edition and not (scope.sector or scope.stage)
        else [],
        "may_publish": verdict(request.user, "impact.publish"),
        "may_note": verdict(request.user, "impact.official"),
        "may_ask": request.user.has_perm("companies.campaigns"),
    }
    return render(request, "impact/figures.html", context)


def asked(request: HttpRequest) -> str:
    """What the address asks for, but for the definition that is open."""
    query = request.GET.copy()
    query.pop("definition", None)
    return query.urlencode()


@require_safe
@required("impact.view")
def record_list(request: HttpRequest, measure: str) -> HttpResponse:
    """The companies behind a figure: what each said, and who has not."""
    if measure not in Measure.values:
        raise Http404
    form = ScopeForm(request)
    found = records(form.scope, measure)
    context = {
        "form": form,
        "scope": form.scope,
        "measure": Measure(measure),
        "definition": DEFINITIONS[measure],
        "worked_out": timezone.localdate(form.scope.as_of) if form.scope.as_of else form.scope.today,
        "page": Paginator(found, PER_PAGE).get_page(request.GET.get("page")),
        "said": sum(record.value is not None and record.carried_from is None for record in found),
        "carried": sum(record.carried_from is not None for record in found),
        "count": len(found),
        "query": asked(request),
        "is_money": measure in MONEY,
        "is_counted": measure == Measure.HOSTED,
    }
    return render(request, "impact/records.html", context)
