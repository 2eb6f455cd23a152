"""A member reads what their company has left of its credits, and what became of them."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from fondouk.credits.queries import balance, lots_of, statement
from fondouk.portal.web.mine import Mine, render_mine, with_company

PER_PAGE = 50


@require_safe
@with_company
def page(request: HttpRequest, mine: Mine) -> HttpResponse:
    context = {
        "balance": balance(mine.company.pk, mine.day),
        "lots": lots_of(mine.company.pk),
        "page": Paginator(statement(mine.company.pk), PER_PAGE).get_page(request.GET.get("page")),
        "today": mine.day,
    }
    return render_mine(request, mine, "portal/credits.html", context, below="member_booking_new")
