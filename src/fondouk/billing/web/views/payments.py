"""Payments: the list, one of them, receiving one, taking one back."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import Sum
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from fondouk.audit.queries import timeline
from fondouk.billing.actions import customer_of, receive, reverse, settle_oldest, unsettle
from fondouk.billing.enums import Means
from fondouk.billing.models import Balance, Payment, Settlement
from fondouk.billing.queries import operated
from fondouk.billing.web.filters import PaymentFilter
from fondouk.billing.web.forms.payments import PaymentForm, ReversalForm
from fondouk.billing.web.loading import billed_company, sites_to_bill
from fondouk.billing.web.tabs import tabs
from fondouk.lib.saving import say_beside
from fondouk.people.rules import required, verdict
from fondouk.sites.current import address_with_site
from fondouk.ui.downloads import sheet_response
from fondouk.ui.toasts import toast

PER_PAGE = 50


def _filtered(request: HttpRequest) -> tuple[PaymentFilter, Any]:
    found = PaymentFilter(request.GET, queryset=Payment.objects.visible_to(request.user), request=request)
    shown = found.qs.select_related("customer__company", "customer__person", "site", "reversal")
    return found, shown.defer("customer__company__vector", "site__vector")


@require_safe
@required("billing.list")
def payment_list(request: HttpRequest) -> HttpResponseBase:
    if elsewhere := address_with_site(request):
        return redirect(elsewhere)
    found, rows = _filtered(request)
    kept = request.GET.copy()
    kept.pop("page", None)
    standing = found.qs.standing().order_by()
    context = {
        "tabs": tabs(request, "payments"),
        "filter": found,
        "page": Paginator(rows, PER_PAGE).get_page(request.GET.get("page")),
        "sums": standing.aggregate(amount=Sum("amount"), left=Sum("unsettled")),
        "query": kept.urlencode(),
        "is_filtered": any(value for key, value in request.GET.items() if key not in ("page", "site")),
    }
    return render(request, "billing/payment/list.html", context)


@require_safe
@required("billing.list")
def export(request: HttpRequest, form: str) -> HttpResponse:
    _found, rows = _filtered(request)
    headers = [
        _("Received on"), _("Customer"), _("Payer"), _("Site"), _("Means"), _("Reference"), _("Amount"),
        _("Stamp duty"), _("Not used"), _("Taken back"),
    ]  # fmt: skip
    lines = (
        [
            one.received_on,
            one.customer.label if one.customer else "",
            one.payer,
            str(one.site),
            one.get_means_display(),
            one.reference,
            one.amount,
            one.duty,
            one.unsettled,
            one.reversal.on if hasattr(one, "reversal") else None,
        ]
        for one in rows
    )
    return sheet_response(form, _("payments"), headers, lines)


def _visible(request: HttpRequest, pk: int, permission: str) -> Payment:
    rows = Payment.objects.visible_to(request.user).select_related(
        "customer__company", "customer__person", "site", "operator", "reversal__by", "made_by"
    )
    payment = get_object_or_404(rows, pk=pk)
    if not request.user.has_perm(permission, payment):
        raise Http404
    return payment


@require_safe
@required("billing.list")
def page(request: HttpRequest, pk: int) -> HttpResponse:
    payment = _visible(request, pk, "billing.list")
    context = {
        "payment": payment,
        "is_reversed": hasattr(payment, "reversal"),
        "settlements": payment.settlements.select_related("invoice", "undone_by").order_by("pk"),
        "may_bill": verdict(request.user, "billing.bill", payment),
        "activity": timeline(payment, limit=20),
    }
    return render(request, "billing/payment/page.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@required("billing.bill")
def create(request: HttpRequest, pk: int) -> HttpResponseBase:
    """A payment of a company's: what of it pays which invoice, or the oldest first."""
    company = billed_company(request, pk, "billing.bill")
    customer = customer_of(company)
    sites = list(sites_to_bill(request))
    balances = list(
        Balance.objects.unpaid()
        .filter(customer=customer, site__in=sites)
        .select_related("invoice", "site")
        .order_by("due_on", "pk")
    )
    form = PaymentForm(request.POST or None, balances=balances)
    if request.method == "POST" and form.is_valid():
        try:
            payment = _received(request, form, customer, balances, sites, company)
        except ValidationError as error:
            say_beside(form, error)
        else:
            toast(request, _("Payment of %(amount)s received.") % {"amount": payment})
            return redirect("payment", payment.pk)
    status = 422 if request.method == "POST" else 200
    context = {"form": form, "company": company}
    return render(request, "billing/payment/form.html", context, status=status)


def _received(
    request: HttpRequest,
    form: PaymentForm,
    customer: Any,
    balances: list[Balance],
    sites: list[Any],
    company: Any,
) -> Payment:
    said, parts = form.cleaned_data, form.parts()
    paid = [one for one in balances if one.pk in parts]
    if len({one.operator_id for one in paid}) > 1:
        raise ValidationError(_("These are invoices of two operators: enter a payment for each."))
    first = next(iter(paid or balances), None)
    site, operator = (first.site_id, first.operator_id) if first else _where(company, sites)
    payment = Payment(
        operator_id=operator,
        site_id=site,
        customer=customer,
        means=said["means"],
        received_on=said["received_on"],
        amount=said["amount"],
        reference=said["reference"].strip(),
    )
    with transaction.atomic():
        receive(payment, parts, by=request.user.person)
        if not parts and payment.means != Means.WITHHELD:
            settle_oldest(payment, on=payment.received_on, by=request.user.person)
    return payment


def _where(company: Any, sites: list[Any]) -> tuple[int, int]:
    """The site and operator of a payment in advance: where the company is hosted. Raises `ValidationError`."""
    here = set(company.site_ids())
    today = timezone.localdate()
    for site in sorted(sites, key=lambda site: site.pk not in here):
        for bills in operated([site.pk])[site.pk]:
            if bills.on(today):
                return site.pk, bills.operator
    raise ValidationError(_("Nobody bills on the company’s site yet."))


@require_http_methods(["GET", "HEAD", "POST"])
@required("billing.bill")
def reversal(request: HttpRequest, pk: int) -> HttpResponseBase:
    payment = _visible(request, pk, "billing.bill")
    form = ReversalForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            reverse(payment, reason=said["reason"], on=said["on"], by=request.user.person)
        except ValidationError as error:
            say_beside(form, error)
        else:
            toast(request, _("Taken back. What it had paid is due again."))
            return redirect("payment", pk)
    status = 422 if request.method == "POST" else 200
    return render(request, "billing/payment/reversal.html", {"form": form, "payment": payment}, status=status)


@require_POST
@required("billing.bill")
def undoing(request: HttpRequest, pk: int) -> HttpResponseBase:
    rows = Settlement.objects.select_related("invoice", "payment")
    row = get_object_or_404(rows, pk=pk)
    if not request.user.has_perm("billing.bill", row.invoice):
        raise Http404
    try:
        unsettle(row, on=timezone.localdate(), by=request.user.person)
    except ValidationError as error:
        toast(request, " ".join(error.messages), tone="danger")
    else:
        toast(request, _("Taken back: this part of the invoice is due again."))
    return redirect("payment", row.payment_id) if row.payment_id else redirect("invoice", row.invoice_id)
