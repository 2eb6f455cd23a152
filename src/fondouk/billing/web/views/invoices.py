"""Invoices, credit notes and calls for deposits: the list, one of them, and what can be done with it."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import Sum
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from fondouk.audit.queries import timeline
from fondouk.billing.actions import NotIssuable, Uncreditable, credit, discard, issue, send
from fondouk.billing.actions.crediting import left_to_credit
from fondouk.billing.enums import Paper
from fondouk.billing.models import Invoice
from fondouk.billing.papers import data_response, paper_of, paper_response
from fondouk.billing.queries import listed, state_of
from fondouk.billing.web.filters import InvoiceFilter
from fondouk.billing.web.forms.charges import CreditForm
from fondouk.billing.web.loading import visible_invoice
from fondouk.billing.web.tabs import tabs
from fondouk.billing.web.tones import TONES
from fondouk.lib.addresses import record_address
from fondouk.people.rules import required, verdict
from fondouk.sites.current import address_with_site
from fondouk.ui.downloads import sheet_response
from fondouk.ui.toasts import toast

PER_PAGE = 50


def _filtered(request: HttpRequest) -> tuple[InvoiceFilter, Any]:
    found = InvoiceFilter(request.GET, queryset=Invoice.objects.visible_to(request.user), request=request)
    return found, found.qs


@require_safe
@required("billing.list")
def invoice_list(request: HttpRequest) -> HttpResponseBase:
    if elsewhere := address_with_site(request):
        return redirect(elsewhere)
    found, rows = _filtered(request)
    page = Paginator(listed(rows), PER_PAGE).get_page(request.GET.get("page"))
    day = timezone.localdate()
    kept = request.GET.copy()
    kept.pop("page", None)
    sums = (
        rows.exclude(paper=Paper.CREDIT_NOTE)
        .order_by()
        .aggregate(total=Sum("total"), left=Sum("balance__remaining"))
    )
    context = {
        "tabs": tabs(request, "invoices"),
        "filter": found,
        "page": page,
        "rows": [(one, (state := state_of(one, day)), TONES[state]) for one in page.object_list],
        "sums": sums,
        "query": kept.urlencode(),
        "is_filtered": any(value for key, value in request.GET.items() if key not in ("page", "site")),
    }
    return render(request, "billing/invoice/list.html", context)


@require_safe
@required("billing.list")
def export(request: HttpRequest, form: str) -> HttpResponse:
    _found, rows = _filtered(request)
    day = timezone.localdate()
    headers = [
        _("Number"), _("Kind"), _("Customer"), _("ICE"), _("Site"), _("Date"), _("To be paid by"), _("Before tax"),
        _("VAT"), _("With tax"), _("Left to pay"), _("State"),
    ]  # fmt: skip
    lines = (
        [
            one.reference or "",
            one.get_paper_display(),
            (one.buyer or {}).get("name") or one.customer.label,
            (one.buyer or {}).get("ice", ""),
            str(one.site),
            one.issued_on,
            one.due_on,
            one.sign * one.net,
            one.sign * one.vat,
            one.sign * one.total,
            one.sign * one.balance.remaining if one.is_issued else None,
            str(state_of(one, day).label),
        ]
        for one in listed(rows).iterator(chunk_size=1000)
    )
    return sheet_response(form, _("invoices"), headers, lines)


@require_safe
@required("billing.list")
def page(request: HttpRequest, pk: int) -> HttpResponse:
    invoice = visible_invoice(request, pk)
    state = state_of(invoice, timezone.localdate())
    left = left_to_credit(invoice) if invoice.is_issued else {}
    lines = list(invoice.lines.select_related("charge", "credits"))
    context = {
        "invoice": invoice,
        "state": state,
        "tone": TONES[state],
        "lines": lines,
        "has_discount": any(line.discount for line in lines),
        "taxes": invoice.taxes.all(),
        "settlements": invoice.settlements.select_related("payment", "credit_note", "undone_by").order_by(
            "pk"
        ),
        "uses": invoice.uses.select_related("invoice").order_by("pk"),
        "notes": invoice.credit_notes.select_related("balance").order_by("pk"),
        "sendings": invoice.sendings.select_related("by").order_by("-at"),
        "is_credit": invoice.paper == Paper.CREDIT_NOTE,
        "is_creditable": invoice.is_issued and invoice.paper != Paper.CREDIT_NOTE and any(left.values()),
        "may_bill": verdict(request.user, "billing.bill", invoice),
        "activity": timeline(invoice, limit=20),
    }
    return render(request, "billing/invoice/page.html", context)


@require_safe
@required("billing.list")
def paper(request: HttpRequest, pk: int) -> HttpResponse:
    """The PDF: the one that was kept, or what it would be now."""
    return paper_response(visible_invoice(request, pk))


@require_safe
@required("billing.list")
def data(request: HttpRequest, pk: int, form: str) -> HttpResponse:
    return data_response(visible_invoice(request, pk), form)


@require_POST
@required("billing.bill")
def issuing(request: HttpRequest, pk: int) -> HttpResponseBase:
    invoice = visible_invoice(request, pk, "billing.bill")
    try:
        done = issue([invoice.pk], by=request.user.person)
    except NotIssuable as refusal:
        toast(request, " ".join(problem.sentence for problem in refusal.problems), tone="danger")
    else:
        for one in done:
            toast(request, _("Issued: %(reference)s.") % {"reference": one.reference})
    return redirect("invoice", pk)


@require_POST
@required("billing.bill")
def discarding(request: HttpRequest, pk: int) -> HttpResponseBase:
    invoice = visible_invoice(request, pk, "billing.bill")
    try:
        discard(invoice, by=request.user.person)
    except ValidationError as error:
        toast(request, " ".join(error.messages), tone="danger")
        return redirect("invoice", pk)
    toast(request, _("The draft is gone. What it would have billed is to be billed again."))
    return redirect("billing_run", invoice.run_id) if invoice.run_id else redirect("invoices")


@require_POST
@required("billing.bill")
def sending(request: HttpRequest, pk: int) -> HttpResponseBase:
    invoice = visible_invoice(request, pk, "billing.bill")
    try:
        sent = send(invoice, paper_of, by=request.user.person)
    except ValidationError as error:
        toast(request, " ".join(error.messages), tone="danger")
    else:
        toast(request, _("Sent to %(to)s.") % {"to": sent.to})
    return redirect("invoice", pk)


@require_http_methods(["GET", "HEAD", "POST"])
@required("billing.bill")
def crediting(request: HttpRequest, pk: int) -> HttpResponseBase:
    invoice = visible_invoice(request, pk, "billing.bill")
    if not invoice.is_issued or invoice.paper == Paper.CREDIT_NOTE:
        raise Http404
    form = CreditForm(request.POST or None, lines=list(invoice.lines.all()), left=left_to_credit(invoice))
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            note = credit(
                invoice,
                reason=said["reason"],
                amounts=form.amounts(),
                bills_again=said["bills_again"],
                by=request.user.person,
            )
        except Uncreditable as refusal:
            name = f"line-{refusal.line}"
            form.add_error(name if name in form.fields else None, str(refusal))
        else:
            toast(request, _("The credit note is drafted. Look at it, then issue it."))
            return redirect(record_address("invoice", note.pk))
    status = 422 if request.method == "POST" else 200
    context = {"form": form, "invoice": invoice, "back": reverse("invoice", args=[pk])}
    return render(request, "billing/invoice/credit.html", context, status=status)
