"""Settings: the network, its public holidays, its operators."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from fondouk.people.models import Processing
from fondouk.people.rules import required, verdict
from fondouk.sites.actions import change_network, move_feast, plan_feasts, save_operator
from fondouk.sites.enums import FeastState
from fondouk.sites.models import Feast, Network, Operator
from fondouk.sites.queries import holidays
from fondouk.sites.web.forms.settings import HolidayForm, NetworkForm, OperatorForm
from fondouk.sites.web.loading import me
from fondouk.ui.registry import registry
from fondouk.ui.toasts import toast
from fondouk.ui.undo import sent

YEARS = range(2000, 2100)


@require_safe
@required("sites.staff")
def settings_page(request: HttpRequest) -> HttpResponse:
    """Every part of the settings, those out of reach with the reason. Other apps add cards at "settings:main"."""
    year = timezone.localdate().year
    expected = [day for day in holidays(year, "fr") if day.state == FeastState.PROVISIONAL]
    context = {
        "network": Network.current(),
        "holidays_expected": len(expected),
        "year": year,
        "operators": Operator.objects.count(),
        "processings": Processing.objects.count(),
        "undeclared": Processing.objects.filter(receipt="").count(),
        "may_set": verdict(request.user, "sites.settings"),
        "may_keep": verdict(request.user, "people.privacy"),
        "may_audit": verdict(request.user, "audit.view"),
        "may_mail": verdict(request.user, "mail.view"),
        "panels": registry.rendered_panels(request, "settings:main", None),
    }
    return render(request, "sites/settings/index.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@required("sites.settings")
def network(request: HttpRequest) -> HttpResponseBase:
    form = NetworkForm(request.POST or None, instance=Network.current())
    if request.method == "POST" and form.is_valid():
        change_network(form.save(commit=False), by=me(request))
        toast(request, _("The network is saved."))
        return redirect("settings")
    return render(request, "sites/settings/network.html", {"form": form})


@require_safe
@required("sites.staff")
def holiday_list(request: HttpRequest) -> HttpResponse:
    year = _year(request.GET.get("year", ""))
    context = {
        "year": year,
        "holidays": holidays(year, get_language() or "fr"),
        "today": timezone.localdate(),
        "may_set": verdict(request.user, "sites.settings"),
    }
    return render(request, "sites/settings/holidays.html", context)


def _year(typed: str) -> int:
    year = int(typed) if typed.isdecimal() and len(typed) <= 4 else timezone.localdate().year
    return min(max(year, YEARS.start), YEARS.stop - 1)


@require_POST
@required("sites.settings")
def holiday(request: HttpRequest, year: int, code: str) -> HttpResponseBase:
    """Confirm or move a holiday. The undo posts here too, with what it was in the address."""
    if year not in YEARS:
        raise Http404
    before = next((day for day in holidays(year, "fr") if day.code == code), None)
    if before is None:
        raise Http404
    form = HolidayForm(sent(request, "state"))
    there = f"{reverse('holidays')}?year={year}"
    if not form.is_valid():
        toast(
            request,
            " ".join(str(error) for errors in form.errors.values() for error in errors),
            tone="danger",
        )
        return redirect(there)
    if form.cleaned_data["on"].year != year:
        toast(
            request, _("This day is of %(year)d: give a date of that year.") % {"year": year}, tone="danger"
        )
        return redirect(there)
    plan_feasts(year)
    feast = get_object_or_404(Feast, year=year, code=code)
    move_feast(feast, on=form.cleaned_data["on"], state=form.cleaned_data["state"], by=me(request))
    again = urlencode({"on": f"{before.on:%d/%m/%Y}", "state": before.state})
    name = next(day.name for day in holidays(year, get_language() or "fr") if day.code == code)
    toast(
        request,
        _("%(name)s is noted.") % {"name": name},
        undo=f"{reverse('holiday', args=[year, code])}?{again}",
    )
    return redirect(there)


@require_safe
@required("sites.settings")
def operator_list(request: HttpRequest) -> HttpResponse:
    today = timezone.localdate()
    rows = [
        {"operator": one, "sites": [held.site for held in one.operatorships.all() if today in held.period]}
        for one in Operator.objects.prefetch_related("operatorships__site")
    ]
    return render(request, "sites/settings/operators.html", {"rows": rows})


@require_http_methods(["GET", "HEAD", "POST"])
@required("sites.settings")
def operator_form(request: HttpRequest, pk: int | None = None) -> HttpResponseBase:
    operator = get_object_or_404(Operator, pk=pk) if pk else None
    form = OperatorForm(request.POST or None, instance=operator)
    if request.method == "POST" and form.is_valid():
        saved = save_operator(form.save(commit=False), by=me(request))
        toast(request, _("%(name)s is saved.") % {"name": saved.name})
        return redirect("operators")
    return render(request, "sites/settings/operator.html", {"form": form, "operator": operator})
