"""Hosting contracts: the list and the page of one."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from fondouk.audit.queries import timeline
from fondouk.contracts.models import Contract
from fondouk.contracts.web.filters import ContractFilter
from fondouk.contracts.web.lines import told
from fondouk.people.rules import required, verdict
from fondouk.sites.current import address_with_site
from fondouk.ui.downloads import sheet_response

PER_PAGE = 50


def filtered(request: HttpRequest) -> tuple[ContractFilter, Any]:
    found = ContractFilter(request.GET, queryset=Contract.objects.visible_to(request.user), request=request)
    contracts = found.qs.select_related("company", "site", "termination")
    return found, contracts.defer("company__vector", "site__vector").prefetch_related("lines__resource")


@require_safe
@required("contracts.list")
def contract_list(request: HttpRequest) -> HttpResponse:
    if elsewhere := address_with_site(request):
        return redirect(elsewhere)
    found, contracts = filtered(request)
    page = Paginator(contracts, PER_PAGE).get_page(request.GET.get("page"))
    day = timezone.localdate()
    kept = request.GET.copy()
    kept.pop("page", None)
    context = {
        "filter": found,
        "page": page,
        "rows": [
            (contract, contract.state_on(day), list(contract.lines.all())) for contract in page.object_list
        ],
        "query": kept.urlencode(),
        "is_filtered": any(value for key, value in request.GET.items() if key not in ("page", "site")),
        "day": day,
    }
    return render(request, "contracts/contract/list.html", context)


@require_safe
@required("contracts.list")
def export(request: HttpRequest, form: str) -> HttpResponse:
    _found, contracts = filtered(request)
    day = timezone.localdate()
    headers = [
        _("Reference"), _("Company"), _("Site"), _("Space"), _("Start"), _("End"), _("Monthly rent before tax"),
        _("Deposit"), _("State"),
    ]  # fmt: skip
    lines = (
        [
            contract.reference,
            contract.company.name,
            str(contract.site),
            line.resource.code if line else "",
            contract.starts_on,
            contract.last_day,
            line.rent if line else None,
            contract.deposit,
            str(contract.state_on(day).label),
        ]
        for contract in contracts
        for line in contract.lines.all() or [None]
    )
    return sheet_response(form, _("contracts"), headers, lines)


@require_safe
@required("contracts.list")
def page(request: HttpRequest, pk: int) -> HttpResponse:
    contracts = Contract.objects.visible_to(request.user).select_related(
        "company", "site", "identity", "termination"
    )
    contract = get_object_or_404(contracts, pk=pk)
    if not request.user.has_perm("contracts.view", contract):
        raise Http404
    lines = contract.lines.select_related("resource__floor__building").prefetch_related("resource__parts")
    day = timezone.localdate()
    context = {
        "contract": contract,
        "state": contract.state_on(day),
        "stay": contract.company.residencies.on(day).filter(site=contract.site).first(),
        "may_close": verdict(request.user, "companies.edit", contract.company),
        "may_import": verdict(request.user, "imports.run"),
        "panel": {"lines": told(lines, day), "with_contracts": True},
        "activity": timeline(contract, limit=20),
    }
    return render(request, "contracts/contract/page.html", context)
