"""Persons belong to the sites where the companies they work for are hosted."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from fondouk.companies.models import Membership, Residency


def team_of_site(sites: frozenset[int] | None) -> Q:
    """Whoever is in the team of a company that was ever hosted on `sites`; on any site when None."""
    stays = Residency.objects.filter(company=OuterRef("company"))
    if sites is not None:
        stays = stays.filter(site__in=sites)
    today = timezone.localdate()
    teams = Membership.objects.on(today).filter(person=OuterRef("pk"))
    return Q(Exists(teams.filter(Exists(stays))))
