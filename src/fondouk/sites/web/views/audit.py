"""The journal of the network: who did what, and when."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from fondouk.audit.queries import actors, journal, kinds, lines, with_records
from fondouk.people.rules import required
from fondouk.sites.web.forms.settings import AuditFilter

PER_PAGE = 50


@require_safe
@required("audit.view")
def audit_log(request: HttpRequest) -> HttpResponse:
    form = AuditFilter(request.GET, actors=actors(), kinds=kinds())
    form.is_valid()
    chosen = form.cleaned_data
    entries = journal(
        actor=chosen.get("person"),
        verb=chosen.get("verb", ""),
        first=chosen.get("first"),
        last=chosen.get("last"),
    )
    page = Paginator(entries, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "page": page,
        "lines": with_records(lines(page.object_list)),
        "is_filtered": any(value for value in chosen.values()),
        "title": _("Journal"),
    }
    return render(request, "sites/settings/audit.html", context)
