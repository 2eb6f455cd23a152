"""The list of jobs, one job, and the fragments that keep both up to date."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from fondouk.jobs.actions import MayNotRepeat, cancel_job, repeat_job
from fondouk.jobs.enums import State
from fondouk.jobs.models import Job
from fondouk.jobs.queries import under_way, visible_jobs
from fondouk.jobs.web.forms.filters import JobFilters
from fondouk.people.rules import required
from fondouk.ui.toasts import toast

PER_PAGE = 25
ALERTS = {State.DONE: "ok", State.REFUSED: "warn", State.CANCELLED: "info", State.FAILED: "danger"}


def _job(request: HttpRequest, pk: UUID) -> Job:
    return get_object_or_404(visible_jobs(request.user).told(), pk=pk)


@require_safe
@never_cache
@required("jobs.view")
def job_list(request: HttpRequest) -> HttpResponse:
    whose = "all" if request.GET.get("whose") == "all" else "mine"
    jobs = visible_jobs(request.user).told()
    mine = jobs.filter(started_by=request.user.person_id)
    form = JobFilters(request.GET)
    found = form.narrow(jobs if whose == "all" else mine)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    total = page.paginator.count
    context: dict[str, Any] = {
        "form": form,
        "page": page,
        "whose": whose,
        "filtered": form.is_narrowing,
        "count": ngettext("%(n)s job", "%(n)s jobs", total) % {"n": total},
        "tabs": [
            {"label": _("Mine"), "url": "?whose=mine", "active": whose == "mine"},
            {"label": _("Everybody's"), "url": "?whose=all", "active": whose == "all"},
        ],
    }
    return render(request, "jobs/list.html", context)


@require_safe
@never_cache
@required("people.signed_in")
def job_page(request: HttpRequest, pk: UUID) -> HttpResponse:
    job = _job(request, pk)
    context = {
        "job": job,
        "alert": ALERTS.get(job.state, "info"),
        "may_list": request.user.has_perm("jobs.view"),
        "may_repeat": bool(
            job.known and job.known.is_repeatable and job.state in (State.FAILED, State.CANCELLED)
        ),
    }
    return render(request, "jobs/job.html", context)


@require_safe
@never_cache
@required("people.signed_in")
def job_progress(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The bar alone, for the page that asks every second. Once the work is over, the page is to be loaded anew."""
    job = _job(request, pk)
    then = "stay" if request.GET.get("then") == "stay" else "refresh"
    response = render(request, "jobs/parts/progress.html", {"job": job, "then": then})
    if job.is_finished and then == "refresh":
        response["HX-Refresh"] = "true"
    return response


@require_safe
@never_cache
@required("jobs.view")
def jobs_under_way(request: HttpRequest) -> HttpResponse:
    jobs = under_way(request.user)
    panel = {"jobs": jobs, "running": any(not job.is_finished for job in jobs)}
    return render(request, "jobs/panels/under_way.html", {"panel": panel})


@require_POST
@required("people.signed_in")
def cancel(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Whoever sees a job may stop it: there is nothing to lose but the time it took."""
    job = _job(request, pk)
    if not job.is_finished:
        cancel_job(job, by=request.user.person)
        toast(request, _("The work is asked to stop."), tone="info")
    target = request.POST.get("next", "")
    if url_has_allowed_host_and_scheme(
        target, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    ):
        return HttpResponseRedirect(target)
    return redirect("job", pk)


@require_POST
@required("people.signed_in")
def repeat(request: HttpRequest, pk: UUID) -> HttpResponse:
    job = _job(request, pk)
    try:
        again = repeat_job(job, by=request.user.person)
    except MayNotRepeat:
        raise Http404 from None
    return redirect("job", again.pk)
