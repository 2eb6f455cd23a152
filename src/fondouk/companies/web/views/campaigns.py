"""Campaigns of figures, for the staff: opening, following, reminding, closing."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from fondouk.companies import campaigns
from fondouk.companies.actions import close_campaign, open_campaign, reopen_campaign, write_request
from fondouk.companies.actions.campaigns import reachable
from fondouk.companies.models import FigureCampaign, FigureRequest
from fondouk.companies.web.forms.campaigns import CampaignForm
from fondouk.jobs.queries import under_way
from fondouk.lib.text import fold
from fondouk.people.rules import required
from fondouk.ui.downloads import sheet_response
from fondouk.ui.toasts import toast
from fondouk.ui.undo import query_back

PER_PAGE = 50
STATES = {
    "answered": gettext_lazy("Answered"),
    "said": gettext_lazy("Known already from elsewhere"),
    "opened": gettext_lazy("Opened, not answered"),
    "sent": gettext_lazy("Sent"),
    "waiting": gettext_lazy("To be sent"),
    "unreachable": gettext_lazy("No address known"),
}
FILTERS = {
    "answered": Q(answered_at__isnull=False) | Q(has_figures=True),
    "missing": Q(answered_at=None, has_figures=False),
    "opened": Q(answered_at=None, has_figures=False, opened_at__isnull=False),
    "unreachable": Q(answered_at=None, has_figures=False, address=""),
}


@require_safe
@required("companies.campaigns")
def campaign_list(request: HttpRequest) -> HttpResponse:
    found = list(FigureCampaign.objects.annotate(asked=Count("requests")).select_related("opened_by"))
    missing = dict(
        FigureRequest.objects.unanswered().order_by().values_list("campaign").annotate(n=Count("pk"))
    )
    rows = [(one, one.asked, one.asked - missing.get(one.pk, 0)) for one in found]
    return render(request, "companies/campaign/list.html", {"rows": rows})


@require_http_methods(["GET", "HEAD", "POST"])
@required("companies.campaigns")
def campaign_new(request: HttpRequest) -> HttpResponse:
    form = CampaignForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        by = request.user.person
        try:
            campaign = open_campaign(FigureCampaign(**form.cleaned_data), by=by)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            campaigns.ask(campaign, by=by)
            toast(request, _("The campaign is open. The letters are being written."))
            return redirect("campaign", campaign.pk)
    status = 422 if request.method == "POST" else 200
    return render(request, "companies/campaign/form.html", {"form": form}, status=status)


def _requests(request: HttpRequest, campaign: FigureCampaign) -> Any:
    rows = campaign.requests.told().select_related("company", "person", "campaign").defer("company__vector")
    if chosen := FILTERS.get(request.GET.get("state", "")):
        rows = rows.filter(chosen)
    if words := fold(request.GET.get("q", "").replace("\x00", "")).strip():
        rows = rows.filter(company__name_folded__contains=words)
    return rows


@require_safe
@required("companies.campaigns")
def campaign_page(request: HttpRequest, pk: int) -> HttpResponse:
    campaign = get_object_or_404(FigureCampaign, pk=pk)
    counts = campaign.requests.told().aggregate(
        asked=Count("pk"), **{name: Count("pk", filter=chosen) for name, chosen in FILTERS.items()}
    )
    page = Paginator(_requests(request, campaign), PER_PAGE).get_page(request.GET.get("page"))
    chosen = request.GET.get("state", "")
    address = reverse("campaign", args=[pk])
    tabs = (
        ("", _("All"), counts["asked"]),
        ("answered", _("Answered"), counts["answered"]),
        ("missing", _("Not answered"), counts["missing"]),
        ("opened", _("Opened, not answered"), counts["opened"]),
        ("unreachable", _("No address known"), counts["unreachable"]),
    )
    context = {
        "campaign": campaign,
        "counts": counts,
        "page": page,
        "states": STATES,
        "tabs": [
            {
                "label": label,
                "count": count,
                "url": f"{address}?state={key}" if key else address,
                "active": chosen == key,
            }
            for key, label, count in tabs
        ],
        "remindable": campaign.requests.unanswered().filter(reachable(campaign)).count(),
        "jobs": [
            job
            for job in under_way(request.user)
            if job.kind in {campaigns.ASK, campaigns.REMIND}
            and job.parameters.get("campaign") == pk
            and not job.is_finished
        ],
        "query": request.GET.urlencode(),
    }
    return render(request, "companies/campaign/page.html", context)


@require_safe
@required("companies.campaigns")
def export(request: HttpRequest, pk: int, form: str) -> HttpResponse:
    campaign = get_object_or_404(FigureCampaign, pk=pk)
    headers = (_("Company"), _("State"), _("Address"), _("Sent on"), _("Reminders"), _("Answered on"))
    rows = (
        (one.company.name, str(STATES[one.state]), one.address, one.sent_at, one.reminders, one.answered_at)
        for one in _requests(request, campaign)
    )
    return sheet_response(form, _("figures-campaign-%(year)s") % {"year": campaign.year}, headers, rows)


@require_POST
@required("companies.campaigns")
def reminders(request: HttpRequest, pk: int) -> HttpResponse:
    """To everybody who has not answered and was not written to in the last two days."""
    campaign = get_object_or_404(FigureCampaign, pk=pk, closed_at=None)
    campaigns.remind(campaign, by=request.user.person)
    toast(request, _("The reminders are being written."))
    return redirect("campaign", pk)


@require_POST
@required("companies.campaigns")
def reminder(request: HttpRequest, pk: int, asked: int) -> HttpResponse:
    """To one company, the first letter where it has had none."""
    one = get_object_or_404(FigureRequest, pk=asked, campaign=pk, campaign__closed_at=None)
    if write_request(one, again=one.sent_at is not None):
        toast(request, _("%(company)s is written to.") % {"company": one.company})
    else:
        toast(
            request,
            _("They were written to less than two days ago, or nobody knows an address."),
            tone="warn",
        )
    # Back to the list as it was filtered; to nowhere else.
    query = query_back(request)
    address = reverse("campaign", args=[pk])
    return redirect(f"{address}?{query}" if query else address)


@require_POST
@required("companies.campaigns")
def closing(request: HttpRequest, pk: int) -> HttpResponse:
    campaign = close_campaign(get_object_or_404(FigureCampaign, pk=pk), by=request.user.person)
    toast(
        request,
        _("The campaign for %(year)s is closed: its links open nothing any more.") % {"year": campaign.year},
        undo=reverse("campaign_reopening", args=[pk]),
    )
    return redirect("campaign", pk)


@require_POST
@required("companies.campaigns")
def reopening(request: HttpRequest, pk: int) -> HttpResponse:
    try:
        reopen_campaign(get_object_or_404(FigureCampaign, pk=pk), by=request.user.person)
    except ValidationError as error:
        toast(request, " ".join(error.messages), tone="warn")
    else:
        toast(request, _("The campaign is open again."))
    return redirect("campaign", pk)
