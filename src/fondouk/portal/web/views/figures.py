"""The company's figures, year by year."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from fondouk.companies.actions import FigureRefused, declare_figures
from fondouk.companies.enums import MONEY_INDICATORS, FigureSource, Indicator
from fondouk.companies.forms import FiguresForm
from fondouk.companies.queries import figure_table, figures_of_year
from fondouk.portal.queries import year_to_declare
from fondouk.portal.web.mine import Mine, render_mine, with_company
from fondouk.ui.toasts import toast

DECLARE = "companies.figures"
YEARS_BACK = 3


@require_safe
@with_company
def page(request: HttpRequest, mine: Mine) -> HttpResponse:
    context = {
        "table": figure_table(list(mine.company.figures.standing()), years=5),
        "money": MONEY_INDICATORS,
        "due": year_to_declare(mine.company, mine.day),
        "declare": mine.may(DECLARE),
        "years": [mine.day.year - back for back in range(1, YEARS_BACK + 1)],
    }
    return render_mine(request, mine, "portal/figures.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@with_company
def declare(request: HttpRequest, mine: Mine, year: int) -> HttpResponse:
    """Last year, or a correction of one of the two before it: figures are those of a year that is over."""
    mine.need(DECLARE)
    if not mine.day.year - YEARS_BACK <= year < mine.day.year:
        raise Http404
    known = figures_of_year(mine.company, year)
    form = FiguresForm(
        request.POST or None,
        known=known,
        before=figures_of_year(mine.company, year - 1),
        needed={Indicator.HEADCOUNT},
    )
    if request.method == "POST" and form.is_valid():
        try:
            declared = declare_figures(
                mine.company, year=year, values=form.values, source=FigureSource.DECLARED, by=mine.person
            )
        except FigureRefused as refusal:
            form.refuse(refusal)
        else:
            sentence = _("Figures of %(year)s saved. Thank you.") if declared else _("Nothing has changed.")
            toast(request, sentence % {"year": year})
            return redirect("member_figures")
    status = 422 if form.is_bound else 200
    context = {"form": form, "year": year, "is_correction": bool(known)}
    return render_mine(request, mine, "portal/figures_year.html", context, status=status)
