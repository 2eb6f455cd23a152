"""The billing of a month: begun, drafted, looked at, issued, sent."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import Count, Q, Sum
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from fondouk.billing import monthly
from fondouk.billing.actions import start_run
from fondouk.billing.models import BillingRun
from fondouk.billing.queries import Reviewed, operated, review
from fondouk.billing.web.forms.runs import RunForm
from fondouk.billing.web.loading import sites_to_bill, visible_run
from fondouk.billing.web.tabs import tabs
from fondouk.jobs.models import Job
from fondouk.lib.saving import say_beside
from fondouk.people.rules import required, verdict
from fondouk.sites.models import Site
from fondouk.ui.downloads import sheet_response
from fondouk.ui.toasts import toast

PER_PAGE = 50
SHOWN = {
    "odd": lambda one: bool(one.oddities),
    "changed": lambda one: bool(one.differences),
    "new": lambda one: one.before is None,
    "blocked": lambda one: one.blocks,
}


@require_http_methods(["GET", "HEAD", "POST"])
@required("billing.list")
def run_list(request: HttpRequest) -> HttpResponseBase:
    """The months that were billed, and the form that begins another."""
    may_bill = verdict(request.user, "billing.bill")
    form = RunForm(request.POST or None, sites=_billed(request), language=(get_language() or "fr")[:2])
    if request.method == "POST" and may_bill.allowed and form.is_valid():
        try:
            run = start_run(
                form.cleaned_data["month"], list(form.cleaned_data["sites"]), by=request.user.person
            )
        except ValidationError as error:
            say_beside(form, error)
        else:
            monthly.begin(monthly.DRAFT, run, by=request.user.person)
            return redirect("billing_run", run.pk)
    rows = BillingRun.objects.visible_to(request.user).prefetch_related("sites").annotate(
        papers=Count("invoices"),
        issued=Count("invoices", filter=Q(invoices__number__isnull=False)),
        net=Sum("invoices__net", filter=Q(invoices__number__isnull=False)),
    ).order_by("-month", "-pk")  # fmt: skip
    context = {
        "tabs": tabs(request, "billing_runs"),
        "form": form,
        "page": Paginator(rows, PER_PAGE).get_page(request.GET.get("page")),
        "may_bill": may_bill,
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "billing/run/list.html", context, status=status)


def _billed(request: HttpRequest) -> list[Site]:
    """Sites that somebody bills."""
    sites = list(sites_to_bill(request))
    bills = operated([site.pk for site in sites])
    return [site for site in sites if bills[site.pk]]


def _jobs(run: BillingRun) -> list[Job]:
    rows = Job.objects.filter(kind__startswith="billing.", parameters__run=run.pk)
    return list(rows.select_related("started_by").told().order_by("-created_at")[:3])


@require_safe
@required("billing.list")
def page(request: HttpRequest, pk: int) -> HttpResponse:
    run = visible_run(request, pk)
    rows = review(run)
    show = request.GET.get("show", "")
    chosen = [one for one in rows if SHOWN[show](one)] if show in SHOWN else rows
    jobs = _jobs(run)
    drafts = [one for one in rows if not one.invoice.is_issued]
    issued = [one for one in rows if one.invoice.is_issued]
    context = {
        "run": run,
        "jobs": jobs,
        "is_working": any(not job.is_finished for job in jobs),
        "page": Paginator(chosen, PER_PAGE).get_page(request.GET.get("page")),
        "show": show,
        "shown": [(code, sum(1 for one in rows if SHOWN[code](one))) for code in SHOWN],
        "count": len(rows),
        "drafts": len(drafts),
        "issued": len(issued),
        "unsent": run.invoices.issued().filter(sendings=None).count(),
        "net": sum(one.invoice.net for one in rows),
        "total": sum(one.invoice.total for one in rows),
        "before": sum(one.before or 0 for one in rows),
        "blocked": sum(1 for one in drafts if one.blocks),
        "may_bill": verdict(request.user, "billing.bill", run),
    }
    return render(request, "billing/run/page.html", context)


def _work(request: HttpRequest, pk: int, kind: str) -> HttpResponseBase:
    run = visible_run(request, pk, "billing.bill")
    if any(not job.is_finished for job in _jobs(run)):
        toast(
            request, _("Something is being done to this month already: wait until it is over."), tone="warn"
        )
    else:
        monthly.begin(kind, run, by=request.user.person)
    return redirect("billing_run", pk)


@require_POST
@required("billing.bill")
def again(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Draft what has come since."""
    return _work(request, pk, monthly.DRAFT)


@require_POST
@required("billing.bill")
def issue(request: HttpRequest, pk: int) -> HttpResponseBase:
    return _work(request, pk, monthly.ISSUE)


@require_POST
@required("billing.bill")
def sending(request: HttpRequest, pk: int) -> HttpResponseBase:
    return _work(request, pk, monthly.SEND)


@require_safe
@required("billing.list")
def export(request: HttpRequest, pk: int, form: str) -> HttpResponse:
    run = visible_run(request, pk)
    headers = [
        _("Customer"), _("Site"), _("Number"), _("Before tax"), _("VAT"), _("With tax"), _("Last month"),
        _("Difference"), _("Why"), _("To be looked at"),
    ]  # fmt: skip
    return sheet_response(
        form, f"{_('billing')}-{run.month:%Y-%m}", headers, (_row(one) for one in review(run))
    )


def _row(one: Reviewed) -> list[Any]:
    invoice = one.invoice
    return [
        invoice.customer.label,
        str(invoice.site),
        invoice.reference or "",
        invoice.net,
        invoice.vat,
        invoice.total,
        one.before,
        one.change,
        "; ".join(f"{each.label}: {each.reason}" for each in one.differences),
        "; ".join(each.sentence for each in one.oddities),
    ]
