"""The stays behind entries, departures, renewal and survival."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from fondouk.impact.definitions import DEFINITIONS
from fondouk.impact.enums import Stays
from fondouk.impact.queries import stay_records
from fondouk.impact.web.forms.scope import ScopeForm
from fondouk.people.rules import required
from fondouk.ui.downloads import sheet_response

from .figures import PER_PAGE, asked

RESTS_ON = {Stays.ENTRIES: "entries", Stays.DEPARTURES: "entries", Stays.ALL: "survival"}


def _of(word: str) -> Stays:
    try:
        return Stays(word)
    except ValueError:
        raise Http404 from None


@require_safe
@required("impact.view")
def stay_list(request: HttpRequest, of: str) -> HttpResponse:
    """`entries`, `departures`, or `all` that survival is estimated from."""
    which, form = _of(of), ScopeForm(request)
    found = stay_records(form.scope, which)
    context = {
        "which": which,
        "ways": [
            {
                "label": way.label,
                "url": f"{reverse('impact_stays', args=[way.value])}?{asked(request)}",
                "active": way == which,
            }
            for way in Stays
        ],
        "form": form,
        "scope": form.scope,
        "query": asked(request),
        "definition": DEFINITIONS[RESTS_ON[which]],
        "count": len(found),
        "page": Paginator(found, PER_PAGE).get_page(request.GET.get("page")),
    }
    return render(request, "impact/stays.html", context)


@require_safe
@required("impact.view")
def stays_export(request: HttpRequest, of: str, form: str) -> HttpResponse:
    which, scope = _of(of), ScopeForm(request).scope
    headers = [_("Company"), _("First day"), _("Last day")]
    rows = ([one.company.name, one.first, one.last] for one in stay_records(scope, which))
    return sheet_response(form, f"{which.label}-{scope.year}", headers, rows)
