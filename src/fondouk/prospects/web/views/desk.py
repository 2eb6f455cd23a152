"""Noting a prospect at the desk, and correcting one."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from fondouk.people.rules import required
from fondouk.prospects.actions import change_prospect, note_prospect
from fondouk.prospects.forms import DeskForm
from fondouk.prospects.web.forms import ProspectForm
from fondouk.prospects.web.loading import prospect_at, sites_of
from fondouk.sites.current import current_site
from fondouk.ui.toasts import toast


@require_http_methods(["GET", "HEAD", "POST"])
@required("prospects.edit")
def note(request: HttpRequest) -> HttpResponse:
    sites = list(sites_of(request.user)[:2])
    # Whoever works at one site notes those who come to it.
    here = current_site(request) or (sites[0] if len(sites) == 1 else None)
    form = DeskForm(request.POST or None, sites=sites_of(request.user), initial={"site": here})
    if request.method == "POST" and form.is_valid():
        prospect = form.prospect()
        prospect.language = request.user.person.language
        prospect.steward = request.user.person
        try:
            note_prospect(prospect, tour=form.wished_tour(), by=request.user.person)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            toast(request, _("The prospect is noted; you follow it."))
            return redirect("prospect", prospect.pk)
    status = 422 if request.method == "POST" else 200
    return render(request, "prospects/prospect/new.html", {"form": form}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@required("prospects.edit")
def change(request: HttpRequest, pk: int) -> HttpResponse:
    prospect = prospect_at(request, pk)
    form = ProspectForm(request.POST or None, instance=prospect, sites=sites_of(request.user))
    if request.method == "POST" and form.is_valid():
        try:
            change_prospect(form.instance, fields=form.changed_data, by=request.user.person)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            toast(request, _("Saved."))
            return redirect("prospect", pk)
    status = 422 if request.method == "POST" else 200
    return render(
        request, "prospects/prospect/change.html", {"form": form, "prospect": prospect}, status=status
    )
