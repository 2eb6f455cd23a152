"""Loading the company of an address: only one that the account may see, and may do this to."""

from __future__ import annotations

from typing import Any

from django.db.models import Prefetch
from django.http import Http404, HttpRequest

from fondouk.companies.models import Company, Residency
from fondouk.companies.rules import EDITORS
from fondouk.sites.models import Site
from fondouk.sites.rules import reach


def editable_sites(account: Any) -> Any:
    """Sites where this account may say who is hosted: seeing a site is not enough."""
    return reach(account, *EDITORS).limit(Site.objects.visible_to(account), "pk")


def visible_company(request: HttpRequest, pk: int, permission: str = "companies.view") -> Company:
    """404 for what is not there, not visible, or not allowed: an outsider learns nothing."""
    company = (
        Company.objects.visible_to(request.user)
        .filter(pk=pk)
        .defer("vector")
        .prefetch_related(Prefetch("residencies", Residency.objects.select_related("site")))
        .first()
    )
    # These are the console's pages: a company's own people have theirs in the portal.
    is_staff = request.user.has_perm("companies.list", company)
    if company is None or not is_staff or not request.user.has_perm(permission, company):
        raise Http404
    return company
