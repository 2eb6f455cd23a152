"""The long works of campaigns: writing to all whose figures are not known yet, and again to those who do not answer."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy, ngettext

from fondouk.companies.actions.campaigns import reachable, write_request
from fondouk.companies.models import FigureCampaign, FigureRequest
from fondouk.jobs.actions import start
from fondouk.jobs.kinds import register
from fondouk.jobs.models import Job
from fondouk.jobs.work import Work
from fondouk.people.models import Person

ASK, REMIND = "companies.ask_figures", "companies.remind_figures"
DETAILS: dict[str, Any] = {
    "permission": "companies.campaigns",
    "result_route": "campaign",
    "result_key": "campaign",
    "unit": gettext_lazy("letters"),
    "has_download": False,
}


def ask(campaign: FigureCampaign, *, by: Person | None) -> Job:
    return start(ASK, {"campaign": campaign.pk}, label=str(campaign.year), by=by)


def remind(campaign: FigureCampaign, *, by: Person | None) -> Job:
    return start(REMIND, {"campaign": campaign.pk}, label=str(campaign.year), by=by)


def _tell(job: Job) -> str:
    written = job.outcome.result.get("written", 0)
    return ngettext("%(n)s letter was written.", "%(n)s letters were written.", written) % {"n": written}


@register(ASK, gettext_lazy("Asking for figures"), tell=_tell, **DETAILS)
def _ask(work: Work) -> dict[str, Any]:
    return _write(
        work,
        FigureRequest.objects.unanswered().filter(campaign=work.parameters["campaign"], sent_at=None),
        again=False,
    )


@register(REMIND, gettext_lazy("Reminding of figures"), tell=_tell, **DETAILS)
def _remind(work: Work) -> dict[str, Any]:
    campaign = FigureCampaign.objects.get(pk=work.parameters["campaign"])
    return _write(work, FigureRequest.objects.unanswered().filter(reachable(campaign)), again=True)


def _write(work: Work, requests: Any, *, again: bool) -> dict[str, Any]:
    wanted = list(requests)
    written = 0
    for done, request in enumerate(wanted, start=1):
        written += write_request(request, again=again)
        work.advance(done, len(wanted))
    return {"campaign": work.parameters["campaign"], "written": written}
