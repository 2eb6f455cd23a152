"""How operators bill, and the taxes that lines bear."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from fondouk.billing.actions import save_profile, save_usual, save_vat_code, save_vat_rate
from fondouk.billing.models import Counter, NatureTax, Profile, VatCode
from fondouk.billing.web.forms.settings import ProfileForm, RateForm, UsualForm, VatCodeForm
from fondouk.billing.web.tabs import tabs
from fondouk.lib.saving import say_beside
from fondouk.people.rules import required, verdict
from fondouk.sites.models import Operator
from fondouk.ui.toasts import toast


@require_safe
@required("billing.list")
def page(request: HttpRequest) -> HttpResponse:
    today = timezone.localdate()
    codes = VatCode.objects.prefetch_related("rates")
    context = {
        "tabs": tabs(request, "billing_settings"),
        "operators": [
            (one, getattr(one, "billing", None)) for one in Operator.objects.select_related("billing")
        ],
        "codes": [
            (code, next((rate for rate in code.rates.all() if rate.holds_on(today)), None)) for code in codes
        ],
        "usual": NatureTax.objects.select_related("code"),
        "counters": Counter.objects.select_related("operator").order_by("operator", "-year", "paper"),
        "may_set": verdict(request.user, "billing.settings"),
    }
    return render(request, "billing/settings/page.html", context)


def _form(request: HttpRequest, form: object, title: str, lead: str = "") -> HttpResponse:
    status = 422 if request.method == "POST" else 200
    context = {"form": form, "title": title, "lead": lead}
    return render(request, "billing/settings/form.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@required("billing.settings")
def profile(request: HttpRequest, pk: int) -> HttpResponseBase:
    operator = get_object_or_404(Operator, pk=pk)
    known = Profile.objects.filter(operator=operator).first()
    form = ProfileForm(request.POST or None, instance=known or Profile(operator=operator))
    if request.method == "POST" and form.is_valid():
        try:
            save_profile(form.save(commit=False), by=request.user.person)
        except ValidationError as error:
            say_beside(form, error)
        else:
            toast(request, _("Saved."))
            return redirect("billing_settings")
    return _form(request, form, _("How %(operator)s bills") % {"operator": operator})


@require_http_methods(["GET", "HEAD", "POST"])
@required("billing.settings")
def code(request: HttpRequest, pk: int | None = None) -> HttpResponseBase:
    known = get_object_or_404(VatCode, pk=pk) if pk else None
    form = VatCodeForm(request.POST or None, instance=known)
    if request.method == "POST" and form.is_valid():
        try:
            made = save_vat_code(form.save(commit=False), by=request.user.person)
        except ValidationError as error:
            say_beside(form, error)
        else:
            toast(request, _("Saved."))
            return redirect("billing_settings") if known else redirect("vat_rate", made.pk)
    return _form(request, form, str(known) if known else _("New VAT code"))


@require_http_methods(["GET", "HEAD", "POST"])
@required("billing.settings")
def rate(request: HttpRequest, pk: int) -> HttpResponseBase:
    found = get_object_or_404(VatCode, pk=pk)
    form = RateForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            save_vat_rate(found, said["rate"], since=said["since"], by=request.user.person)
        except ValidationError as error:
            say_beside(form, error)
        else:
            toast(request, _("The rate is saved. Invoices that were issued keep theirs."))
            return redirect("billing_settings")
    lead = _("From that day on. The rate before it ends the day before.")
    return _form(request, form, _("Rate of %(code)s") % {"code": found}, lead)


@require_http_methods(["GET", "HEAD", "POST"])
@required("billing.settings")
def usual(request: HttpRequest) -> HttpResponseBase:
    form = UsualForm(request.POST or None, usual=list(NatureTax.objects.select_related("code")))
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            save_usual(form.cleaned_data, by=request.user.person)
        toast(request, _("Saved. It holds for what is charged from now on."))
        return redirect("billing_settings")
    return _form(request, form, _("Usual VAT"), _("What a charge bears unless another code is named."))
