"""What is to be billed."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import Sum
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from fondouk.billing.actions import cancel_charge, charge, customer_of
from fondouk.billing.models import Charge
from fondouk.billing.queries import operated, usual_codes
from fondouk.billing.rules import READERS
from fondouk.billing.web.filters import ChargeFilter
from fondouk.billing.web.forms.charges import ChargeForm, ReasonForm
from fondouk.billing.web.loading import sites_to_bill
from fondouk.billing.web.tabs import tabs
from fondouk.companies.models import Company
from fondouk.lib.saving import say_beside
from fondouk.people.rules import required, verdict
from fondouk.sites.current import address_with_site, current_site
from fondouk.ui.downloads import sheet_response
from fondouk.ui.toasts import toast

PER_PAGE = 50


def _filtered(request: HttpRequest) -> tuple[ChargeFilter, Any]:
    rows = Charge.objects.visible_to(request.user, *READERS)
    found = ChargeFilter(request.GET, queryset=rows, request=request)
    shown = found.qs.select_related(
        "customer__company", "customer__person", "site", "vat_code", "cancellation"
    ).prefetch_related("lines__invoice")
    return found, shown.defer("customer__company__vector", "site__vector")


def _company(request: HttpRequest) -> int | None:
    typed = request.GET.get("company", "")
    return int(typed) if typed.isdecimal() and len(typed) < 18 else None


@require_safe
@required("billing.list")
def charge_list(request: HttpRequest) -> HttpResponseBase:
    if elsewhere := address_with_site(request):
        return redirect(elsewhere)
    found, rows = _filtered(request)
    kept = request.GET.copy()
    kept.pop("page", None)
    context = {
        "tabs": tabs(request, "charges"),
        "filter": found,
        "page": Paginator(rows, PER_PAGE).get_page(request.GET.get("page")),
        "sum": found.qs.order_by().aggregate(net=Sum("net"))["net"],
        "query": kept.urlencode(),
        "is_filtered": any(value for key, value in request.GET.items() if key not in ("page", "site")),
        "may_bill": verdict(request.user, "billing.bill"),
        "today": timezone.localdate(),
    }
    return render(request, "billing/charge/list.html", context)


@require_safe
@required("billing.list")
def export(request: HttpRequest, form: str) -> HttpResponse:
    _found, rows = _filtered(request)
    headers = [
        _("Customer"), _("Site"), _("Nature"), _("Label"), _("Quantity"), _("Unit price"), _("Discount"),
        _("Before tax"), _("VAT"), _("To be billed from"), _("Invoice"),
    ]  # fmt: skip
    lines = (
        [
            one.customer.label,
            str(one.site),
            one.get_nature_display(),
            str(one),
            one.quantity,
            one.unit_price,
            one.discount,
            one.net,
            str(one.vat_code),
            one.bill_on,
            next((str(line.invoice) for line in one.lines.all()), ""),
        ]
        for one in rows
    )
    return sheet_response(form, _("charges"), headers, lines)


@require_http_methods(["GET", "HEAD", "POST"])
@required("billing.bill")
def create(request: HttpRequest) -> HttpResponseBase:
    site = current_site(request)
    form = ChargeForm(
        request.POST or None,
        sites=sites_to_bill(request),
        companies=Company.objects.visible_to(request.user).defer("vector").by_name(),
        initial={"site": site and site.pk, "company": _company(request)},
    )
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        bills = [one for one in operated([said["site"].pk])[said["site"].pk] if one.on(said["bill_on"])]
        if not bills:
            form.add_error("site", _("Nobody bills on this site on that day: see how operators bill."))
        else:
            try:
                wanted = form.wanted(
                    operator=bills[0].operator, customer=customer_of(said["company"]).pk, usual=usual_codes()
                )
                made = charge(wanted, by=request.user.person)
            except ValidationError as error:
                say_beside(form, error)
            else:
                toast(request, _("“%(label)s” will be billed.") % {"label": made})
                return redirect("charges")
    status = 422 if request.method == "POST" else 200
    return render(request, "billing/charge/form.html", {"form": form}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@required("billing.bill")
def cancellation(request: HttpRequest, pk: int) -> HttpResponseBase:
    rows = Charge.objects.visible_to(request.user, *READERS).select_related(
        "customer__company", "customer__person", "site"
    )
    row = get_object_or_404(rows, pk=pk)
    if not request.user.has_perm("billing.bill", row):
        raise Http404
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            cancel_charge(row, reason=form.cleaned_data["reason"], by=request.user.person)
        except ValidationError as error:
            say_beside(form, error)
        else:
            toast(request, _("It will not be billed."))
            return redirect("charges")
    status = 422 if request.method == "POST" else 200
    return render(request, "billing/charge/cancellation.html", {"form": form, "charge": row}, status=status)
