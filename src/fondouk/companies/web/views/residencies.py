"""Where a company is hosted, from the console."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from fondouk.companies.actions import close_residency, open_residency
from fondouk.companies.web.forms.company import DepartureForm, ResidencyForm
from fondouk.companies.web.loading import editable_sites, visible_company
from fondouk.companies.web.views.records import refused_by
from fondouk.people.rules import required
from fondouk.ui.toasts import toast


@require_http_methods(["GET", "POST"])
@required("companies.edit")
def add(request: HttpRequest, pk: int) -> HttpResponse:
    company = visible_company(request, pk, "companies.edit")
    form = ResidencyForm(request.POST or None, sites=editable_sites(request.user))
    if request.method == "POST" and form.is_valid():
        try:
            open_residency(company, by=request.user.person, **form.cleaned_data)
        except ValidationError as error:
            refused_by(error, form)
        else:
            toast(
                request,
                _("%(company)s is hosted in %(site)s.")
                % {"company": company, "site": form.cleaned_data["site"]},
            )
            return redirect("company_tab", pk, "spaces")
    context = {"form": form, "company": company, "title": _("New stay")}
    return render(request, "companies/company/residency.html", context)


@require_http_methods(["GET", "POST"])
@required("companies.edit")
def end(request: HttpRequest, pk: int, residency: int) -> HttpResponse:
    company = visible_company(request, pk, "companies.edit")
    stays = company.residencies.filter(site__in=editable_sites(request.user)).select_related("site")
    stay = get_object_or_404(stays, pk=residency)
    form = DepartureForm(request.POST or None, initial={"last": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        last = form.cleaned_data["last"]
        if stay.period.lower and last < stay.period.lower:
            form.add_error("last", _("The leaving date comes before the entry date."))
        else:
            try:
                close_residency(stay, last=last, by=request.user.person)
            except ValidationError as error:
                refused_by(error, form)
            else:
                toast(request, _("The stay in %(site)s ends on that day.") % {"site": stay.site})
                return redirect("company_tab", pk, "spaces")
    context = {"form": form, "company": company, "title": _("Departure from %(site)s") % {"site": stay.site}}
    return render(request, "companies/company/residency.html", context)
