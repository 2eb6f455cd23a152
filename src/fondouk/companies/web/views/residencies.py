"""Where a company is hosted, from the console."""

from __future__ import annotations

from urllib.parse import urlencode

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from fondouk.companies.actions import change_residency, close_residency, open_residency, remove_residency
from fondouk.companies.models import Company, Residency
from fondouk.companies.web.forms.company import DepartureForm, ResidencyForm
from fondouk.companies.web.loading import editable_sites, visible_company
from fondouk.companies.web.views.records import refused_by
from fondouk.lib.formats import format_date
from fondouk.people.rules import required
from fondouk.ui.toasts import toast
from fondouk.ui.undo import sent


@require_http_methods(["GET", "POST"])
@required("companies.edit")
def add(request: HttpRequest, pk: int) -> HttpResponse:
    company = visible_company(request, pk, "companies.edit")
    form = ResidencyForm(
        sent(request, "first") if request.method == "POST" else None, sites=editable_sites(request.user)
    )
    if "site" in request.GET:  # an undo: the stay may have had no first day
        form.fields["first"].required = False
    if request.method == "POST" and form.is_valid():
        try:
            open_residency(company, by=request.user.person, **form.cleaned_data)
        except ValidationError as error:
            refused_by(error, form)
        else:
            toast(request, _("The stay in %(site)s is noted.") % {"site": form.cleaned_data["site"]})
            return redirect("company_tab", pk, "spaces")
    context = {"form": form, "company": company, "title": _("New stay"), "draft": f"stay-{pk}-new"}
    return render(request, "companies/company/residency.html", context)


def _stay(request: HttpRequest, company: Company, pk: int) -> Residency:
    stays = company.residencies.filter(site__in=editable_sites(request.user)).select_related("site")
    return get_object_or_404(stays, pk=pk)


def _as_sent(stay: Residency) -> dict[str, str]:
    """A stay as the forms take it: what an undo brings back stands in its address."""
    first, last = stay.period.lower, stay.last_day
    return {
        "site": str(stay.site_id),
        "mode": stay.mode,
        "first": f"{first:%d/%m/%Y}" if first else "",
        "last": f"{last:%d/%m/%Y}" if last else "",
    }


@require_http_methods(["GET", "POST"])
@required("companies.edit")
def change(request: HttpRequest, pk: int, residency: int) -> HttpResponse:
    company = visible_company(request, pk, "companies.edit")
    stay = _stay(request, company, residency)
    initial = {"site": stay.site_id, "mode": stay.mode, "first": stay.period.lower, "last": stay.last_day}
    form = ResidencyForm(
        sent(request, "first") if request.method == "POST" else None,
        sites=editable_sites(request.user),
        initial=initial,
    )
    # One that was imported without a first day: nobody has to invent it.
    form.fields["first"].required = stay.period.lower is not None
    if request.method == "POST" and form.is_valid():
        before = _as_sent(stay)
        try:
            change_residency(stay, by=request.user.person, **form.cleaned_data)
        except ValidationError as error:
            refused_by(error, form)
        else:
            again = f"{reverse('company_residency', args=[pk, residency])}?{urlencode(before)}"
            toast(request, _("The stay is corrected."), undo=again)
            return redirect("company_tab", pk, "spaces")
    context = {
        "form": form,
        "company": company,
        "draft": f"stay-{pk}-{stay.pk}",
        "title": _("Stay in %(site)s") % {"site": stay.site},
    }
    return render(request, "companies/company/residency.html", context)


@require_POST
@required("companies.edit")
def remove(request: HttpRequest, pk: int, residency: int) -> HttpResponse:
    company = visible_company(request, pk, "companies.edit")
    stay = _stay(request, company, residency)
    again = f"{reverse('company_residency_new', args=[pk])}?{urlencode(_as_sent(stay))}"
    remove_residency(stay, by=request.user.person)
    toast(request, _("The stay in %(site)s is removed.") % {"site": stay.site}, undo=again)
    return redirect("company_tab", pk, "spaces")


@require_http_methods(["GET", "POST"])
@required("companies.edit")
def end(request: HttpRequest, pk: int, residency: int) -> HttpResponse:
    company = visible_company(request, pk, "companies.edit")
    stay = _stay(request, company, residency)
    form = DepartureForm(request.POST or None, initial={"last": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        last, before = form.cleaned_data["last"], _as_sent(stay)
        if stay.period.lower and last < stay.period.lower:
            form.add_error("last", _("The leaving date comes before the entry date."))
        else:
            try:
                close_residency(stay, last=last, by=request.user.person)
            except ValidationError as error:
                refused_by(error, form)
            else:
                day = format_date(last, (get_language() or "fr")[:2])
                toast(
                    request,
                    _("The stay in %(site)s ends on %(day)s.") % {"site": stay.site, "day": day},
                    undo=f"{reverse('company_residency', args=[pk, residency])}?{urlencode(before)}",
                )
                return redirect("company_tab", pk, "spaces")
    context = {
        "form": form,
        "company": company,
        "title": _("Departure from %(site)s") % {"site": stay.site},
        "draft": f"departure-{pk}-{stay.pk}",
    }
    return render(request, "companies/company/residency.html", context)
