"""The hosted companies that agreed to be shown."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from fondouk.companies.models import Sector
from fondouk.companies.queries import rows
from fondouk.lib.text import fold
from fondouk.public import queries
from fondouk.public.web.shell import render_public, without_cookies

ON_A_PAGE = 60


@require_safe
@without_cookies
def directory(request: HttpRequest) -> HttpResponse:
    """By name and by sector: `?q=` and `?sector=`."""
    day = timezone.localdate()
    companies = queries.public_companies(day)
    total = companies.count()
    typed = request.GET.get("q", "").strip()[:100]
    sector = Sector.objects.filter(code=request.GET.get("sector", "")[:40]).first()
    if typed:
        companies = companies.filter(name_folded__contains=fold(typed))
    if sector:
        companies = companies.filter(
            sector_assignments__period__contains=day, sector_assignments__sector=sector
        )
    page = Paginator(companies, ON_A_PAGE).get_page(request.GET.get("page"))
    used = Sector.objects.filter(
        assignments__period__contains=day, assignments__company__in=queries.public_companies(day).values("pk")
    ).distinct()
    context = {
        "typed": typed,
        "sector": sector,
        "sectors": used,
        "page": page,
        "rows": rows(page.object_list, day),
        "total": total,
    }
    return render_public(request, "public/companies.html", context, page="companies")
