"""The member's own company: what everybody of the team sees, what an owner changes."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from fondouk.companies.actions import change_company
from fondouk.companies.models import Sector
from fondouk.portal import queries
from fondouk.portal.web.forms.company import DetailsForm
from fondouk.portal.web.mine import Mine, render_mine, with_company
from fondouk.sites.models import Network
from fondouk.ui.toasts import toast


@require_safe
@with_company
def page(request: HttpRequest, mine: Mine) -> HttpResponse:
    company, day = mine.company, mine.day
    stage = company.stage_assignments.on(day).first()
    network = Network.current()
    followers = queries.contacts(company, [], day)
    context: dict[str, Any] = {
        "standing": queries.standing(company, day),
        "identity": queries.identity(company, day),
        "sector": Sector.objects.filter(
            assignments__company=company, assignments__period__contains=day
        ).first(),
        "stage": stage.get_stage_display() if stage else "",
        "details": mine.may("portal.details"),
        "contacts": followers,
        "network": network,
        "tell_us": next((contact.email for contact in followers if contact.email), network.contact_email),
        "subject": _("Legal identity of %(company)s") % {"company": company.name},
    }
    return render_mine(request, mine, "portal/company.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@with_company
def details(request: HttpRequest, mine: Mine) -> HttpResponse:
    mine.need("portal.details")
    form = DetailsForm(request.POST or None, instance=mine.company)
    if request.method == "POST" and form.is_valid():
        if form.changed_data:
            change_company(form.instance, fields=form.changed_data, by=mine.person)
            toast(request, _("Details saved."))
        return redirect("member_company")
    status = 422 if form.is_bound else 200
    return render_mine(request, mine, "portal/details.html", {"form": form}, status=status)
