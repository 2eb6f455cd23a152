"""Loading the prospect of an address: only one that the account may see."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone

from fondouk.people.models import Person
from fondouk.prospects.models import Prospect, Tour
from fondouk.prospects.rules import HANDLERS
from fondouk.sites.enums import Role
from fondouk.sites.models import Grant, Site
from fondouk.sites.rules import reach


def prospect_at(request: HttpRequest, pk: int, permission: str = "prospects.edit") -> Prospect:
    found = Prospect.objects.visible_to(request.user).select_related(
        "site", "steward", "company", "closed_by"
    )
    prospect = get_object_or_404(found, pk=pk)
    if not request.user.has_perm(permission, prospect):
        raise Http404
    return prospect


def tour_at(request: HttpRequest, prospect: Prospect, pk: int) -> Tour:
    """One at a site where the account welcomes people: another's is theirs to plan and to end."""
    tour = get_object_or_404(prospect.tours.select_related("site", "prospect"), pk=pk)
    if not may_lead(request.user, tour):
        raise Http404
    return tour


def may_lead(account: Any, tour: Tour) -> bool:
    return reach(account, *HANDLERS).covers(tour.site_id)


def sites_of(account: Any) -> Any:
    """Sites where the account welcomes people."""
    return reach(account, *HANDLERS).limit(Site.objects.visible_to(account), "pk")


def welcomers(site: Site | None) -> Any:
    """Who may follow a prospect of that site, or guide a tour there: whoever holds a role for it today."""
    held = Grant.objects.on(timezone.localdate()).filter(role__in=[*HANDLERS, Role.ADMINISTRATOR])
    here = held.filter(Q(site=site) | Q(site=None)) if site is not None else held
    return Person.objects.living().filter(pk__in=here.values("person"))
