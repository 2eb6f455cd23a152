"""Entering and correcting the figures of a year."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from fondouk.companies.actions import FigureRefused, declare_figures
from fondouk.companies.enums import FigureSource
from fondouk.companies.forms import FiguresForm
from fondouk.companies.queries import figures_of_year
from fondouk.companies.web.loading import visible_company
from fondouk.people.rules import required
from fondouk.ui.toasts import toast

FIRST_YEAR = 1990


@require_http_methods(["GET", "POST"])
@required("companies.figures")
def declare(request: HttpRequest, pk: int, year: int) -> HttpResponse:
    company = visible_company(request, pk, "companies.figures")
    this_year = timezone.localdate().year
    if not FIRST_YEAR <= year <= this_year:
        raise Http404
    form = FiguresForm(
        request.POST or None, known=figures_of_year(company, year), before=figures_of_year(company, year - 1)
    )
    if request.method == "POST" and form.is_valid():
        try:
            changed = declare_figures(
                company, year=year, values=form.values, source=FigureSource.STAFF, by=request.user.person
            )
        except FigureRefused as refused:
            form.refuse(refused)
        else:
            toast(
                request,
                _("Figures of %(year)d saved.") % {"year": year} if changed else _("Nothing has changed."),
            )
            return redirect("company_tab", pk, "figures")
    context = {
        "form": form,
        "company": company,
        "year": year,
        "years": range(this_year, max(this_year - 8, FIRST_YEAR), -1),
    }
    return render(request, "companies/company/figures.html", context)
