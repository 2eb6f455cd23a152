"""How a company is billed, and billing it outside the month."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from fondouk.billing.actions import customer_of, draft, save_customer
from fondouk.billing.models import Charge
from fondouk.billing.rules import BILLERS
from fondouk.billing.web.forms.settings import CustomerForm
from fondouk.billing.web.loading import billed_company
from fondouk.lib.saving import say_beside
from fondouk.people.rules import required
from fondouk.ui.toasts import toast


@require_http_methods(["GET", "HEAD", "POST"])
@required("billing.bill")
def edit(request: HttpRequest, pk: int) -> HttpResponseBase:
    company = billed_company(request, pk, "billing.bill")
    form = CustomerForm(request.POST or None, instance=customer_of(company))
    if request.method == "POST" and form.is_valid():
        try:
            save_customer(form.save(commit=False), by=request.user.person)
        except ValidationError as error:
            say_beside(form, error)
        else:
            toast(request, _("Saved. Invoices that were issued stay as they are."))
            return redirect("company_tab", pk, "invoices")
    status = 422 if request.method == "POST" else 200
    return render(request, "billing/customer/form.html", {"form": form, "company": company}, status=status)


@require_POST
@required("billing.bill")
def drafting(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Draft at once what is to be billed to this company."""
    company = billed_company(request, pk, "billing.bill")
    today = timezone.localdate()
    waiting = (
        Charge.objects.open()
        .visible_to(request.user, *BILLERS)
        .filter(customer__company=company, bill_on__lte=today)
    )
    made = draft(list(waiting.values_list("pk", flat=True)), day=today, by=request.user.person)
    if made.unrated:
        code = made.unrated[0].vat_code
        toast(request, _("Nobody has told the rate of « %(code)s » today.") % {"code": code}, tone="danger")
    if len(made.invoices) == 1:
        return redirect("invoice", made.invoices[0].pk)
    count = len(made.invoices)
    if count:
        toast(request, ngettext("%(n)s invoice drafted.", "%(n)s invoices drafted.", count) % {"n": count})
    elif not made.unrated:
        toast(request, _("Nothing is to be billed today."), tone="info")
    return redirect("company_tab", pk, "invoices")
