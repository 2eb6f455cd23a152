"""The credits of a company: lots, ledger, granting and adjusting."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from fondouk.companies.models import Company
from fondouk.credits.actions import adjust, grant
from fondouk.credits.models import Lot
from fondouk.credits.queries import balance, lots_of, statement
from fondouk.credits.rules import KEEPERS
from fondouk.credits.web.forms import AdjustForm, GrantForm
from fondouk.lib.saving import say_beside
from fondouk.people.rules import required, verdict
from fondouk.sites.models import Site
from fondouk.sites.rules import reach
from fondouk.ui.downloads import sheet_response
from fondouk.ui.toasts import toast

PER_PAGE = 50


def _company(request: HttpRequest, pk: int, permission: str) -> Company:
    """404 where it is not to be seen, or where the person may not do this to it."""
    company = get_object_or_404(Company.objects.visible_to(request.user).defer("vector"), pk=pk)
    if not request.user.has_perm(permission, company):
        raise Http404
    return company


@require_safe
@required("sites.staff")
def page(request: HttpRequest, pk: int) -> HttpResponse:
    company = _company(request, pk, "credits.view")
    today = timezone.localdate()
    context = {
        "company": company,
        "balance": balance(company.pk, today),
        "lots": lots_of(company.pk),
        "page": Paginator(statement(company.pk), PER_PAGE).get_page(request.GET.get("page")),
        "today": today,
        "may_grant": verdict(request.user, "credits.grant", company),
    }
    return render(request, "credits/company/page.html", context)


@require_safe
@required("sites.staff")
def export(request: HttpRequest, pk: int, form: str) -> HttpResponse:
    company = _company(request, pk, "credits.view")
    headers = [_("When"), _("Entry"), _("Credits"), _("Lot"), _("Expires"), _("Reason"), _("By")]
    rows = (
        [
            timezone.localtime(entry.at).replace(tzinfo=None),
            entry.get_kind_display(),
            entry.quantity,
            entry.lot.reason,
            entry.lot.last_day,
            entry.reason,
            entry.by.name if entry.by else "",
        ]
        for entry in statement(company.pk)
    )
    return sheet_response(form, f"{_('credits')}-{company.label}", headers, rows)


@require_http_methods(["GET", "HEAD", "POST"])
@required("credits.grant")
def create(request: HttpRequest, pk: int) -> HttpResponse:
    company = _company(request, pk, "credits.grant")
    within = reach(request.user, *KEEPERS)
    sites = Site.objects.all() if within.network else Site.objects.filter(pk__in=within.sites)
    form = GrantForm(request.POST or None, sites=sites)
    if request.method == "POST" and form.is_valid():
        try:
            grant(form.lot(company), form.cleaned_data["quantity"], by=request.user.person)
        except ValidationError as error:
            _refuse(form, error)
        else:
            toast(request, _("Granted."))
            return redirect("company_credits", pk)
    status = 422 if request.method == "POST" else 200
    return render(request, "credits/company/grant.html", {"form": form, "company": company}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@required("credits.grant")
def adjustment(request: HttpRequest, pk: int) -> HttpResponse:
    lot = get_object_or_404(Lot.objects.select_related("site"), pk=pk)
    company = _company(request, lot.company_id, "credits.grant")
    form = AdjustForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            adjust(lot, said["quantity"], reason=said["reason"], by=request.user.person)
        except ValidationError as error:
            _refuse(form, error)
        else:
            toast(request, _("Adjusted."))
            return redirect("company_credits", company.pk)
    status = 422 if request.method == "POST" else 200
    context = {"form": form, "company": company, "lot": lot}
    return render(request, "credits/company/adjust.html", context, status=status)


def _refuse(form: Any, error: ValidationError) -> None:
    say_beside(form, error)
