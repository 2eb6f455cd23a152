"""The hosted companies that agreed to be shown."""

from __future__ import annotations

from django.conf import settings
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_safe

from fondouk.companies.models import Sector
from fondouk.lib.text import fold
from fondouk.public import queries
from fondouk.public.web.addresses import company_slug
from fondouk.public.web.linked import linked, of_company
from fondouk.public.web.shell import render_public, without_cookies

ON_A_PAGE = 60


@require_safe
@without_cookies
def company_page(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """One of them. Another, or one that has withdrawn its agreement, has no page."""
    day = timezone.localdate()
    row = next(iter(queries.shown_companies(queries.public_companies(day).filter(pk=pk), day)), None)
    if row is None:
        raise Http404
    company = row.company
    if name != company_slug(company):
        return redirect("public_company", pk, company_slug(company), permanent=True)
    alike = (
        queries.public_companies(day)
        .exclude(pk=pk)
        .filter(sector_assignments__period__contains=day, sector_assignments__sector=row.sector)
    )
    context = {
        "row": row,
        "company": company,
        "alike": queries.shown_companies(alike.by_name()[:4], day) if row.sector else [],
        "linked": linked(of_company(row, settings.PUBLIC_URL + request.path)),
    }
    return render_public(request, "public/company.html", context, page="companies")


@require_safe
@without_cookies
def directory(request: HttpRequest) -> HttpResponse:
    """By name, by sector and by site: `?q=`, `?sector=` and `?site=`."""
    day = timezone.localdate()
    sites = [card.site for card in queries.site_cards(day) if card.companies]
    site = next((site for site in sites if site.code == request.GET.get("site", "")), None)
    companies = queries.public_companies(day, site=site)
    typed = request.GET.get("q", "").strip()[:100]
    sector = Sector.objects.filter(code=request.GET.get("sector", "")[:40]).first()
    if typed:
        companies = companies.filter(Q(name_folded__contains=fold(typed)) | Q(name_ar__icontains=typed))
    if sector:
        companies = companies.filter(
            sector_assignments__period__contains=day, sector_assignments__sector=sector
        )
    page = Paginator(companies.by_name(), ON_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "typed": typed,
        "sector": sector,
        "sectors": queries.sectors_of_public_companies(day),
        "page": page,
        "rows": queries.shown_companies(page.object_list, day),
        "is_filtered": bool(typed or sector or site),
        "sites": sites if len(sites) > 1 else [],
        "site": site,
    }
    return render_public(request, "public/companies.html", context, page="companies")
