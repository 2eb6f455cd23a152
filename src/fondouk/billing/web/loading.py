"""Records of billing as views load them: 404 for what is not there, or not for this person."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from fondouk.billing.models import BillingRun, Invoice
from fondouk.billing.rules import BILLERS, READERS
from fondouk.companies.models import Company
from fondouk.sites.models import Site
from fondouk.sites.rules import reach


def visible_invoice(request: HttpRequest, pk: int, permission: str = "billing.view") -> Invoice:
    rows = Invoice.objects.visible_to(request.user).select_related(
        "customer__company",
        "customer__person",
        "operator",
        "site",
        "credits",
        "run",
        "balance",
        "file__stored",
    )
    invoice = get_object_or_404(rows, pk=pk)
    if not request.user.has_perm(permission, invoice):
        raise Http404
    return invoice


def visible_run(request: HttpRequest, pk: int, permission: str = "billing.list") -> BillingRun:
    run = get_object_or_404(BillingRun.objects.visible_to(request.user).prefetch_related("sites"), pk=pk)
    if not request.user.has_perm(permission, run):
        raise Http404
    return run


def billed_company(request: HttpRequest, pk: int, permission: str) -> Company:
    """A company on whose site the person reads, or makes, invoices."""
    company = get_object_or_404(Company.objects.visible_to(request.user).defer("vector"), pk=pk)
    if not request.user.has_perm(permission, company):
        raise Http404
    return company


def sites_to_bill(request: HttpRequest) -> Any:
    """Those on which the person bills."""
    return _sites(request, *BILLERS)


def sites_to_read(request: HttpRequest) -> Any:
    return _sites(request, *READERS)


def _sites(request: HttpRequest, *roles: Any) -> Any:
    within = reach(request.user, *roles)
    return Site.objects.all() if within.network else Site.objects.filter(pk__in=within.sites)
