"""What the park has billed to the company: invoices, what was paid, the account as it went."""

from __future__ import annotations

import io
import zipfile

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from fondouk.billing.models import Invoice
from fondouk.billing.papers import data_response, kept_or_made, paper_response
from fondouk.billing.queries import account_of, customer_of_company, listed, state_of, statement
from fondouk.portal.web.mine import Mine, render_mine, with_company
from fondouk.ui.downloads import sheet_response

PER_PAGE = 24
OWN = "billing.own"


def _issued(mine: Mine):  # type: ignore[no-untyped-def]
    return Invoice.objects.issued().filter(customer__company=mine.company)


@require_safe
@with_company
def page(request: HttpRequest, mine: Mine) -> HttpResponse:
    mine.need(OWN)
    customer = customer_of_company(mine.company)
    shown = Paginator(listed(_issued(mine)), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "account": account_of(customer, mine.day),
        "page": shown,
        "rows": [(one, state_of(one, mine.day)) for one in shown.object_list],
        "years": [
            day.year
            for day in _issued(mine).order_by("-year").values_list("issued_on", flat=True).distinct("year")
        ],
    }
    return render_mine(request, mine, "portal/invoices.html", context)


@require_safe
@with_company
def account(request: HttpRequest, mine: Mine) -> HttpResponse:
    """The account as it went, the latest first."""
    mine.need(OWN)
    customer = customer_of_company(mine.company)
    movements = statement(customer)[::-1] if customer else []
    context = {
        "account": account_of(customer, mine.day),
        "page": Paginator(movements, 50).get_page(request.GET.get("page")),
    }
    return render_mine(request, mine, "portal/account.html", context, below="member_invoices")


@require_safe
@with_company
def export(request: HttpRequest, mine: Mine, form: str) -> HttpResponse:
    mine.need(OWN)
    customer = customer_of_company(mine.company)
    headers = [_("Date"), _("What"), _("Reference"), _("Billed"), _("Paid"), _("Balance")]
    rows = (
        [one.on, one.what, one.reference, one.debit, one.credit, one.balance]
        for one in (statement(customer) if customer else [])
    )
    return sheet_response(form, f"{_('statement')}-{mine.company.label}", headers, rows)


def _own(mine: Mine, pk: int) -> Invoice:
    mine.need(OWN)
    rows = _issued(mine).select_related("customer__company", "operator", "site", "credits", "file__stored")
    return get_object_or_404(rows, pk=pk)


@require_safe
@with_company
def paper(request: HttpRequest, mine: Mine, pk: int) -> HttpResponse:
    return paper_response(_own(mine, pk))


@require_safe
@with_company
def data(request: HttpRequest, mine: Mine, pk: int, form: str) -> HttpResponse:
    return data_response(_own(mine, pk), form)


@require_safe
@with_company
def archive(request: HttpRequest, mine: Mine, year: int) -> HttpResponse:
    """Every paper of a year, in one file."""
    mine.need(OWN)
    rows = (
        _issued(mine)
        .filter(year=year)
        .select_related("customer__company", "operator", "site", "credits", "file__stored")
    )
    invoices = list(rows.prefetch_related("lines", "taxes").order_by("issued_on", "pk"))
    if not invoices:
        raise Http404
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_STORED) as bundle:
        for invoice in invoices:
            bundle.writestr(f"{invoice.reference}.pdf", kept_or_made(invoice))
    answer = HttpResponse(made.getvalue(), content_type="application/zip")
    name = f"{_('invoices')}-{mine.company.label}-{year}.zip"
    answer["Content-Disposition"] = content_disposition_header(True, name) or ""
    return answer
