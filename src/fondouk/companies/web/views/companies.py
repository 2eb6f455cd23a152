"""The list of companies: filtered, sorted, saved, exported."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.db.models import Case, F, OuterRef, Subquery, When
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from fondouk.companies.enums import Indicator
from fondouk.companies.models import Company, Figure, Residency
from fondouk.companies.queries import possible_stewards, rows
from fondouk.companies.web.filters import CompanyFilter
from fondouk.lib.text import typed_key
from fondouk.people.models import SavedFilter
from fondouk.people.rules import required, verdict
from fondouk.sites.current import address_with_site
from fondouk.ui.downloads import sheet_response
from fondouk.ui.formatting import listed
from fondouk.ui.toasts import toast
from fondouk.ui.undo import sent

PER_PAGE = 50
LIST = "companies"
SORTS = ("name", "since", "headcount")


def filtered(request: HttpRequest, query: QueryDict | None = None) -> tuple[CompanyFilter, Any]:
    """The filters of the address (or of `query`), and the companies they leave, sorted."""
    data = request.GET if query is None else query
    found = CompanyFilter(data, queryset=Company.objects.visible_to(request.user), request=request)
    return found, _sorted(found.qs.defer("vector"), data.get("sort", ""))


def chosen(request: HttpRequest, sent: QueryDict) -> Any:
    """The companies ticked in the list or, with `everything`, all that its filters leave. `back` is its address."""
    found = filtered(request, QueryDict(sent.get("back", "").partition("?")[2]))[1]
    if sent.get("everything"):
        return found
    return found.filter(pk__in=[typed_key(pk) or 0 for pk in sent.getlist("selected")])


def _sorted(companies: Any, wanted: str) -> Any:
    name, descending = wanted.lstrip("-"), wanted.startswith("-")
    if name == "since":
        companies = companies.annotate(sorting=Subquery(_first_days().values("period__startswith")[:1]))
    elif name == "headcount":
        latest = Figure.objects.standing().filter(company=OuterRef("pk"), indicator=Indicator.HEADCOUNT)
        companies = companies.annotate(sorting=Subquery(latest.order_by("-period").values("value")[:1]))
    else:
        return (
            companies.order_by("-name_folded", "-pk")
            if wanted == "-name"
            else companies.order_by("name_folded", "pk")
        )
    order = F("sorting").desc(nulls_last=True) if descending else F("sorting").asc(nulls_last=True)
    return companies.order_by(order, "name_folded", "pk")


def _first_days() -> Any:
    """Of a company's stays the first to begin, among those of today, else those to come, else all: as a row shows it."""
    day = timezone.localdate()
    rank = Case(When(period__contains=day, then=0), When(period__startswith__gt=day, then=1), default=2)
    stays = Residency.objects.filter(company=OuterRef("pk"))
    return stays.order_by(rank, F("period__startswith").asc(nulls_last=True))


@require_safe
@required("companies.list")
def company_list(request: HttpRequest) -> HttpResponse:
    if elsewhere := address_with_site(request):
        return redirect(elsewhere)
    found, companies = filtered(request)
    page = Paginator(companies, PER_PAGE).get_page(request.GET.get("page"))
    sort = request.GET.get("sort", "name")
    context = {
        "filter": found,
        "page": page,
        "rows": rows(page.object_list, timezone.localdate()),
        "sorting": {
            name: {
                "next": f"-{name}" if sort == name else name,
                "direction": {name: "ascending", f"-{name}": "descending"}.get(sort, ""),
            }
            for name in SORTS
        },
        "is_filtered": any(value for key, value in request.GET.items() if key not in ("page", "sort")),
        "saved": request.user.person.saved_filters.filter(list=LIST),
        "query": _plain_query(request.GET),
        "may_edit": verdict(request.user, "companies.edit"),
        "stewards": possible_stewards(request.user),
        "may_import": request.user.has_perm("imports.run"),
    }
    return render(request, "companies/company/list.html", context)


def _plain_query(query: QueryDict) -> str:
    kept = query.copy()
    for name in ("page", "selected", "everything", "csrfmiddlewaretoken"):
        kept.pop(name, None)
    return kept.urlencode()


@require_safe
@required("companies.list")
def export(request: HttpRequest, form: str) -> HttpResponse:
    """Exactly what is filtered, in the order of the list; sent by the list's own form, only what is ticked in it."""
    companies = chosen(request, request.GET) if "back" in request.GET else filtered(request)[1]
    headers = [
        _("Company"), _("Status"), _("Sites"), _("Since"), _("Sector"), _("Stage"), _("ICE"),
        _("People employed"), _("Followed by"), _("E-mail"), _("Phone"),
    ]  # fmt: skip
    lines = (
        [
            row.company.name, str(row.status.label), listed(row.sites), row.since,
            str(row.sector or ""), row.stage, row.ice, row.headcount, str(row.steward or ""), row.company.email,
            row.company.phone,
        ]
        for row in rows(companies, timezone.localdate())
    )  # fmt: skip
    return sheet_response(form, _("companies"), headers, lines)


@require_POST
@required("companies.list")
def save_filter(request: HttpRequest) -> HttpResponse:
    """Under a name already used, the filters are replaced. The undo of removed ones posts here too."""
    given = sent(request, "name")
    name = given.get("name", "").replace("\x00", "").strip()[:80]
    query = given.get("query", "").replace("\x00", "")[:1000]
    if name:
        SavedFilter.objects.update_or_create(
            person=request.user.person, list=LIST, name=name, defaults={"query": query}
        )
        toast(request, _("Filters saved as “%(name)s”.") % {"name": name})
    else:
        toast(request, _("Give the filters a name."), tone="danger")
    return redirect(f"{reverse('companies')}?{query}")


@require_POST
@required("companies.list")
def remove_filter(request: HttpRequest, pk: int) -> HttpResponse:
    saved = get_object_or_404(SavedFilter, pk=pk, person=request.user.person, list=LIST)
    saved.delete()
    again = f"{reverse('company_filters')}?{urlencode({'name': saved.name, 'query': saved.query})}"
    toast(request, _("“%(name)s” is no longer saved.") % {"name": saved.name}, undo=again)
    return redirect("companies")
