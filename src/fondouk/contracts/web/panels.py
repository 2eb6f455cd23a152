"""What contracts brings to menus, to the pages of companies and spaces, to search and to *À traiter*."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from fondouk.companies import attention, journey
from fondouk.companies.enums import SPACELESS
from fondouk.companies.models import Company
from fondouk.companies.queries import modes_on
from fondouk.contracts.models import Contract
from fondouk.contracts.queries import (
    ENDS_SOON,
    contracts_of,
    ending_soon,
    lines_of,
    occupations_by_contract,
    office_occupancy,
    over_but_hosted,
)
from fondouk.contracts.web.lines import told
from fondouk.lib.addresses import record_address
from fondouk.lib.formats import format_date
from fondouk.search import registry as search
from fondouk.search.queries import Terms
from fondouk.sites.models import Site
from fondouk.sites.rules import reach
from fondouk.spaces import occupation
from fondouk.spaces.models import Resource
from fondouk.todos import registry as todos
from fondouk.todos.registry import Item
from fondouk.ui.formatting import listed
from fondouk.ui.registry import MenuEntry, Panel, register

occupation.register(occupations_by_contract)


def company_panel(request: HttpRequest, company: Company) -> dict[str, Any]:
    lines = reach(request.user).limit(lines_of(company), "contract__site")
    return {
        "lines": told(lines, timezone.localdate()),
        "company": company,
        "spaceless": _spaceless(company),
        "with_contracts": request.user.has_perm("contracts.list"),
    }


def _spaceless(company: Company) -> str:
    """How the company is hosted, where that needs no space; "" where one is waited for."""
    modes = modes_on(company, timezone.localdate())
    return listed(mode.label for mode in modes) if modes and set(modes) <= SPACELESS else ""


def space_panel(request: HttpRequest, resource: Resource) -> dict[str, Any]:
    lines = (
        resource.contract_lines.binding()
        .select_related("contract__company", "resource__floor__building")
        .prefetch_related("resource__parts")
        .order_by("-period")
    )
    return {
        "lines": told(lines, timezone.localdate()),
        "by_company": True,
        "with_contracts": request.user.has_perm("contracts.list"),
    }


register(
    MenuEntry(
        shell="staff",
        group="residents",
        label=gettext_lazy("Contracts"),
        route="contracts",
        icon="file-text",
        order=30,
        permission="contracts.list",
    ),
    Panel(
        place="companies.company:summary",
        template="contracts/panels/lines.html",
        context=company_panel,
        order=20,
    ),
    Panel(
        place="companies.company:spaces",
        template="contracts/panels/lines.html",
        context=company_panel,
        order=10,
    ),
    Panel(place="spaces.space:main", template="contracts/panels/lines.html", context=space_panel, order=10),
)


def plan_of(request: HttpRequest, site: Site) -> dict[str, Any] | None:
    """How full the offices of a site are, for the small plan on its card."""
    found = office_occupancy(timezone.localdate(), {site.pk})
    return {"occupied": found.held, "total": found.total} if found.total else None


def occupancy_of(request: HttpRequest, site: Site) -> dict[str, Any] | None:
    """Square metres and offices held today; nothing where the inventory has no office."""
    found = office_occupancy(timezone.localdate(), {site.pk})
    if found.ratio is None:
        return None
    return {
        "site": site,
        "held": found.held,
        "total": found.total,
        "ratio": found.ratio,
        "offices": found.offices,
        "offices_held": found.offices_held,
        "free": found.free,
    }


register(
    Panel(place="sites.site:plan", template="", context=plan_of),
    Panel(
        place="sites.site:main",
        template="contracts/panels/occupancy.html",
        context=occupancy_of,
        order=8,
        permission="spaces.view",
    ),
)


@journey.register
def contract_step(company: Company, day: date) -> journey.Step | None:
    contracts = contracts_of(company)
    latest = next(iter(contracts), None)
    if latest is None:
        is_awaited = set(modes_on(company, day)) - SPACELESS
        return journey.Step(40, _("Contract"), journey.NEXT) if is_awaited else None
    language = (get_language() or "fr")[:2]
    if latest.last_day and latest.last_day < day:
        detail = _("ended on %(day)s") % {"day": format_date(latest.last_day, language)}
        return journey.Step(40, _("Contract"), journey.DONE, detail)
    first = format_date(contracts[-1].starts_on, language)
    detail = (
        ngettext("%(n)s contract since %(day)s", "%(n)s contracts since %(day)s", len(contracts))
        % {"n": len(contracts), "day": first}
        if len(contracts) > 1
        else first
    )
    return journey.Step(40, _("Contract"), journey.NOW, detail)


@attention.register
def contract_points(company: Company, day: date) -> Iterable[Item]:
    here = {stay.site_id for stay in company.residencies.all() if day in stay.period}
    for site in here:
        latest = max(
            (contract for contract in contracts_of(company) if contract.site_id == site),
            key=lambda contract: contract.last_day or date.max,
            default=None,
        )
        if latest is None or latest.last_day is None or latest.starts_on > day:
            continue
        if latest.last_day < day:
            yield _over(latest, _("The company is still hosted: renew the contract, or note the departure."))
        elif latest.last_day <= day + ENDS_SOON:
            yield _ending(latest, _("Prepare the renewal or the departure."))


def _over(contract: Contract, subject: str) -> Item:
    return Item(
        _("Contract over"),
        record_address("contract", contract.pk),
        subject,
        contract.reference,
        contract.last_day,
        _("See the contract"),
        "danger",
    )


def _ending(contract: Contract, subject: str) -> Item:
    return Item(
        _("Contract ending"),
        record_address("contract", contract.pk),
        subject,
        contract.reference,
        contract.last_day,
        _("See the contract"),
        "warn",
    )


def _visible(rows: Any, account: Any, site: int | None) -> Any:
    found = rows.visible_to(account)
    return found if site is None else found.filter(site=site)


def over_rows(account: Any, site: int | None) -> Any:
    rows = _visible(over_but_hosted(timezone.localdate()), account, site)
    return rows.select_related("company", "termination").order_by("last", "pk")


def ending_rows(account: Any, site: int | None) -> Any:
    rows = _visible(ending_soon(timezone.localdate()), account, site)
    return rows.select_related("company", "termination").order_by("last", "pk")


todos.register(
    todos.Source(
        code="contracts-over",
        label=gettext_lazy("Contracts over"),
        rows=over_rows,
        item=lambda contract: replace(_over(contract, contract.company.label), status=_("late")),
        order=10,
        permission="contracts.edit",
        is_dated=True,
    )
)
todos.register(
    todos.Source(
        code="contracts-ending",
        label=gettext_lazy("Contracts ending"),
        rows=ending_rows,
        item=lambda contract: replace(_ending(contract, contract.company.label), status=_("soon")),
        order=20,
        permission="contracts.edit",
        is_dated=True,
    )
)


def find_contracts(account: Any, terms: Terms, limit: int) -> Iterable[search.Hit]:
    if not account.has_perm("contracts.list"):
        return  # the pages it would lead to are the staff's
    found = Contract.objects.visible_to(account).filter(reference_folded__contains=terms.folded)
    for contract in found.select_related("company")[:limit]:
        yield search.Hit(
            contract.reference, record_address("contract", contract.pk), contract.company.label, "file-text"
        )


search.register(
    search.Source(code="contracts", label=gettext_lazy("Contracts"), find=find_contracts, order=30),
    search.Action(
        label=gettext_lazy("Contracts"),
        route="contracts",
        icon="file-text",
        words=gettext_lazy("hosting leases"),
        permission="contracts.list",
    ),
)
