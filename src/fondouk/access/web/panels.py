"""What access brings to menus, to the page of a company, and to the search."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fondouk.access.models import Credential, InternetService
from fondouk.companies.models import Company
from fondouk.lib.db import counts
from fondouk.people.rules import verdict
from fondouk.search import registry as search
from fondouk.ui.registry import MenuEntry, Panel, register


def of_company(request: HttpRequest, company: Company) -> dict[str, Any]:
    services = (
        InternetService.objects.visible_to(request.user).on(timezone.localdate()).filter(company=company)
    )
    held = Credential.objects.visible_to(request.user).held().filter(company=company)
    some, in_hands = counts([services, held])
    return {
        "company": company,
        "services": services.select_related("site") if some else [],
        "held": in_hands,
        "may_keep": verdict(request.user, "access.keep", company),
        "may_issue": verdict(request.user, "access.issue", company),
    }


register(
    Panel(
        place="companies.company:spaces",
        template="access/panels/company.html",
        context=of_company,
        order=40,
        permission="access.view",
    ),
    MenuEntry(
        shell="staff",
        group="residents",
        label=_("Badges and keys"),
        route="badges",
        icon="id-badge-2",
        order=42,
        permission="access.view",
    ),
    MenuEntry(
        shell="staff",
        group="residents",
        label=_("Internet and Wi-Fi"),
        route="internet_services",
        icon="wifi",
        order=44,
        permission="access.view",
    ),
    MenuEntry(
        shell="staff",
        group="settings",
        label=_("Doors"),
        route="doors",
        icon="door",
        order=48,
        permission="access.view",
    ),
)

search.register(
    search.Action(
        label=_("Badges and keys"),
        route="badges",
        icon="id-badge-2",
        words=_("cards tokens locks"),
        permission="access.view",
    ),
    search.Action(
        label=_("Internet and Wi-Fi"),
        route="internet_services",
        icon="wifi",
        words=_("network VLAN RADIUS bandwidth"),
        permission="access.view",
    ),
    search.Action(
        label=_("Doors"), route="doors", icon="door", words=_("locks readers"), permission="access.view"
    ),
)
