"""The report as a PDF and as a workbook, and the records of a figure as a list: the numbers of the page."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from fondouk.impact.enums import Measure
from fondouk.impact.papers import report_response
from fondouk.impact.queries import records, report
from fondouk.impact.web.forms.scope import ScopeForm
from fondouk.people.rules import required
from fondouk.ui.downloads import sheet_response
from fondouk.ui.formatting import listed


@require_safe
@required("impact.view")
def report_export(request: HttpRequest, form: str) -> HttpResponse:
    return report_response(form, report(ScopeForm(request).scope))


@require_safe
@required("impact.view")
def records_export(request: HttpRequest, measure: str, form: str) -> HttpResponse:
    if measure not in Measure.values:
        raise Http404
    scope = ScopeForm(request).scope
    is_counted = measure == Measure.HOSTED  # a company is there: nothing was said, and there is no value
    headers = [_("Company"), _("Site"), _("Sector"), _("Stage")]
    if not is_counted:
        headers += [str(Measure(measure).label), _("Said on"), _("Source"), _("Carried forward from")]
    rows = (
        [
            record.company.name,
            listed(record.sites),
            str(record.sector or ""),
            record.stage,
            *([] if is_counted else [record.value, record.said_at, record.source, record.carried_from]),
        ]
        for record in records(scope, measure)
    )
    return sheet_response(form, f"{Measure(measure).label}-{scope.year}", headers, rows)
