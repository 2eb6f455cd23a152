"""Where a member arrives: what concerns them today."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from fondouk.billing.queries import account_of, customer_of_company
from fondouk.companies.queries import figure_table, team
from fondouk.credits.queries import balance
from fondouk.portal import queries
from fondouk.portal.web.mine import Mine, render_mine, with_company
from fondouk.sites.models import Network

SHOWN = 4


@require_safe
@with_company
def home(request: HttpRequest, mine: Mine) -> HttpResponse:
    day = mine.day
    standing = queries.standing(mine.company, day)
    members = list(team(mine.company, day))
    documents = queries.documents(mine.company)
    context = {
        "standing": standing,
        "year": queries.year_to_declare(mine.company, day),
        "figures": mine.may("companies.figures"),
        "table": figure_table(list(mine.company.figures.standing()), years=2),
        "team": members[:SHOWN],
        "team_count": len(members),
        "documents": documents[:SHOWN],
        "documents_count": documents.count(),
        "expiring": queries.expiring_documents(mine.company, day),
        "contacts": queries.contacts(mine.company, standing.sites, day),
        "hours": [(site, queries.hours_on(site, day)) for site in standing.sites if site.hours.exists()],
        "next_time": queries.next_time(mine.person, mine.company),
        "credits": balance(mine.company.pk, day),
        "owed": account_of(customer_of_company(mine.company), day) if mine.may("billing.own") else None,
        "network": Network.current(),
    }
    return render_mine(request, mine, "portal/home.html", context)
