"""What credits bring to the pages of companies."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from fondouk.companies.models import Company
from fondouk.credits.models import Lot
from fondouk.credits.queries import balance
from fondouk.people.rules import verdict
from fondouk.ui.registry import Panel, register


def company_panel(request: HttpRequest, company: Company) -> dict[str, Any]:
    return {
        "company": company,
        "balance": balance(company.pk, timezone.localdate()),
        "is_empty": not Lot.objects.filter(company=company).exists(),
        "may_grant": verdict(request.user, "credits.grant", company),
    }


register(
    Panel(
        place="companies.company:spaces",
        template="credits/panels/company.html",
        context=company_panel,
        order=30,
        permission="credits.view",
    ),
)
