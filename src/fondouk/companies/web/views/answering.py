"""A company answers by the link it was sent: no account, no password, one year's figures."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from fondouk.companies.actions import CampaignClosed, FigureRefused, answer_request, note_opening
from fondouk.companies.enums import MONEY_INDICATORS, Indicator
from fondouk.companies.forms import FiguresForm
from fondouk.companies.models import FigureRequest
from fondouk.companies.queries import figures_of_year
from fondouk.sites.models import Network


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def answer(request: HttpRequest, token: str) -> HttpResponse:
    asked = FigureRequest.objects.all().of_token(token)
    if asked is None:
        raise Http404
    campaign, company = asked.campaign, asked.standing_company()
    context = {"asked": asked, "campaign": campaign, "company": company, "network": Network.current()}
    if not campaign.is_open:
        return _unlisted(render(request, "companies/campaign/closed.html", context, status=410))
    if asked.is_of_somebody_who_left():
        return _unlisted(
            render(request, "companies/campaign/closed.html", {**context, "has_left": True}, status=410)
        )
    if "done" in request.GET and asked.answered_at and request.method != "POST":
        told = [
            (Indicator(code).label, code in MONEY_INDICATORS, value)
            for code, value in figures_of_year(company, campaign.year).items()
        ]
        return _unlisted(render(request, "companies/campaign/thanks.html", {**context, "told": told}))
    note_opening(asked)
    form = FiguresForm(
        request.POST or None,
        known=figures_of_year(company, campaign.year),
        before=figures_of_year(company, campaign.year - 1),
        needed=[Indicator.HEADCOUNT],
    )
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                answer_request(asked, form.values)
            except FigureRefused as refused:
                form.refuse(refused)
            except CampaignClosed:
                return _unlisted(render(request, "companies/campaign/closed.html", context, status=410))
            else:
                return redirect(f"{request.path}?done")
    return _unlisted(
        render(request, "companies/campaign/answer.html", {**context, "form": form}, status=status)
    )


def _unlisted(answer: HttpResponse) -> HttpResponse:
    """Neither found by search engines nor told to the next site in a referrer: the address is a key."""
    answer["X-Robots-Tag"] = "noindex, nofollow"
    answer["Referrer-Policy"] = (
        "same-origin"  # with "no-referrer" a browser sends no origin, and its form is refused
    )
    return answer
