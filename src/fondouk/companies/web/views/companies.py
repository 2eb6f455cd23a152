"""The list of companies: filtered, sorted, saved, exported."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.db.models import F, Min, OuterRef, Subquery
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from fondouk.companies.enums import Indicator
from fondouk.companies.models import Company, Figure
from fondouk.companies.queries import rows
from fondouk.companies.web.filters import CompanyFilter
from fondouk.lib.sheets import XLSX, to_csv, to_xlsx
from fondouk.people.models import Person, SavedFilter
from fondouk.people.rules import required, verdict
from fondouk.sites.current import current_site
from fondouk.sites.models import Grant
from fondouk.ui.toasts import toast

PER_PAGE = 50
LIST = "companies"
EXPORTS = {"csv": ("text/csv; charset=utf-8", to_csv), "xlsx": (XLSX, to_xlsx)}
SORTS = ("name", "since", "headcount")


def filtered(request: HttpRequest) -> tuple[CompanyFilter, Any]:
    """The filters of the address, and the companies they leave, sorted. The site looked at is one of them."""
    data = request.GET.copy()
    site = current_site(request)
    if site and "site" not in data:
        data["site"] = site.code
    found = CompanyFilter(data, queryset=Company.objects.visible_to(request.user), request=request)
    return found, _sorted(found.qs.defer("vector"), request.GET.get("sort", ""))


def _sorted(companies: Any, wanted: str) -> Any:
    name, descending = wanted.lstrip("-"), wanted.startswith("-")
    if name == "since":
        companies = companies.annotate(sorting=Min("residencies__period__startswith"))
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


@require_safe
@required("companies.list")
def company_list(request: HttpRequest) -> HttpResponse:
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
        "stewards": Person.objects.living().filter(pk__in=Grant.objects.values("person")),
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
    """Exactly what is filtered, in the order of the list; with `selected`, only those."""
    if form not in EXPORTS:
        raise Http404
    content_type, write = EXPORTS[form]
    _found, companies = filtered(request)
    selected = [pk for pk in request.GET.getlist("selected") if pk.isdigit()]
    if selected and not request.GET.get("everything"):
        companies = companies.filter(pk__in=selected)
    headers = [
        _("Company"), _("Status"), _("Sites"), _("Since"), _("Sector"), _("Stage"), _("ICE"),
        _("People employed"), _("Followed by"), _("E-mail"), _("Phone"),
    ]  # fmt: skip
    day = timezone.localdate()
    lines = (
        [
            row.company.name, str(row.status.label), ", ".join(str(site) for site in row.sites), row.since,
            str(row.sector or ""), row.stage, row.ice, row.headcount, str(row.steward or ""), row.company.email,
            row.company.phone,
        ]
        for row in rows(companies, day)
    )  # fmt: skip
    response = HttpResponse(write(headers, lines), content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="{_("companies")}-{day:%Y-%m-%d}.{form}"'
    return response


@require_POST
@required("companies.list")
def save_filter(request: HttpRequest) -> HttpResponse:
    """Under a name already used, the filters are replaced."""
    name = request.POST.get("name", "").strip()[:80]
    query = request.POST.get("query", "")[:1000]
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
    toast(request, _("“%(name)s” is no longer saved.") % {"name": saved.name})
    return redirect("companies")
