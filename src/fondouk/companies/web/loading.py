"""Loading the company of an address: only one that the account may see, and may do this to."""

from __future__ import annotations

from django.db.models import Prefetch
from django.http import Http404, HttpRequest

from fondouk.companies.models import Company, Residency


def visible_company(request: HttpRequest, pk: int, permission: str = "companies.view") -> Company:
    """404 for what is not there, not visible, or not allowed: an outsider learns nothing."""
    company = (
        Company.objects.visible_to(request.user)
        .filter(pk=pk)
        .defer("vector")
        .prefetch_related(Prefetch("residencies", Residency.objects.select_related("site")))
        .first()
    )
    if company is None or not request.user.has_perm(permission, company):
        raise Http404
    return company
