"""The desk announces a visitor for somebody, or receives one whom nobody has announced."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from fondouk.companies.models import Company
from fondouk.companies.queries import hosted_at
from fondouk.lib.text import typed_key
from fondouk.people.rules import required
from fondouk.presence.queries import today_at
from fondouk.reception.actions import announce, walk_in
from fondouk.reception.forms import DeskAnnounceForm, WalkInForm, announced, refused
from fondouk.reception.queries import hosts_of
from fondouk.reception.rules import RECEIVERS
from fondouk.sites.current import current_site
from fondouk.sites.models import Site
from fondouk.sites.queries import sites_within
from fondouk.sites.rules import reach
from fondouk.spaces.queries import in_use_at
from fondouk.ui.toasts import toast


@dataclass(frozen=True)
class Whom:
    """Where somebody comes to, and whom they visit: a company, or the park itself."""

    site: Site
    sites: list[Site]
    companies: list[Company]
    company: Company | None


def _whom(request: HttpRequest) -> Whom:
    """`?site=` (a code) and `?company=`. 404 for whoever receives nobody anywhere, and for a company that is not there."""
    sites = list(sites_within(reach(request.user, *RECEIVERS)))
    if not sites:
        raise Http404
    chosen = current_site(request)
    site = next((one for one in sites if one.code == request.GET.get("site")), None)
    site = site or next((one for one in sites if one == chosen), sites[0])
    companies = list(hosted_at([site], today_at(site)))
    asked = request.GET.get("company", "")
    company = next((one for one in companies if one.pk == typed_key(asked)), None)
    return Whom(site, sites, companies, company)


@require_http_methods(["GET", "HEAD", "POST"])
@required("reception.receive")
def create(request: HttpRequest) -> HttpResponse:
    account: Any = request.user
    whom = _whom(request)
    hosts = hosts_of(whom.company, whom.site)
    form = DeskAnnounceForm(
        request.POST or None,
        sites=Site.objects.filter(pk=whom.site.pk),
        spaces=in_use_at([whom.site]),
        hosts=hosts,
        initial={
            "language": get_language(),
            "day": today_at(whom.site),
            "host": account.person_id if whom.company is None else None,
        },
    )
    if request.method == "POST" and form.is_valid():
        try:
            made = announce(
                form.guests(),
                host=form.cleaned_data["host"],
                company=whom.company,
                by=account.person,
                **form.when(),
            )
        except ValidationError as error:
            refused(form, error)
        else:
            toast(request, announced(len(made)))
            return redirect(f"{reverse('reception')}?site={whom.site.code}&day={made[0].day:%d/%m/%Y}")
    return _shown(request, "reception/visit/new.html", whom, form)


@require_http_methods(["GET", "HEAD", "POST"])
@required("reception.receive")
def receive(request: HttpRequest) -> HttpResponse:
    account: Any = request.user
    whom = _whom(request)
    form = WalkInForm(request.POST or None, hosts=hosts_of(whom.company, whom.site))
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            visit = walk_in(
                form.guest(),
                site=whom.site,
                host=said["host"],
                company=whom.company,
                note=said["note"],
                by=account.person,
            )
        except ValidationError as error:
            refused(form, error)
        else:
            toast(
                request,
                _("%(name)s is here, and %(host)s knows it.") % {"name": visit.name, "host": visit.host.name},
            )
            return redirect(f"{reverse('reception')}?site={whom.site.code}")
    return _shown(request, "reception/visit/walk_in.html", whom, form)


def _shown(request: HttpRequest, template: str, whom: Whom, form: Form) -> HttpResponse:
    status = 422 if request.method == "POST" else 200
    return render(request, template, {"form": form, "whom": whom}, status=status)
