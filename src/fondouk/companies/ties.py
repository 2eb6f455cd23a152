"""Persons belong to the sites where the companies they work for are hosted, and are kept while those are."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from fondouk.companies.models import Company, Membership, Residency
from fondouk.lib.db import lasts_beyond


def team_of_site(sites: frozenset[int] | None) -> Q:
    """Whoever is in the team of a company that was ever hosted on `sites`; on any site when None."""
    stays = Residency.objects.filter(company=OuterRef("company"))
    if sites is not None:
        stays = stays.filter(site__in=sites)
    today = timezone.localdate()
    teams = Membership.objects.on(today).filter(person=OuterRef("pk"))
    return Q(Exists(teams.filter(Exists(stays))))


def companies_of_person(account: Any) -> QuerySet[Any]:
    """The names of the companies, of those that `account` may see, in whose team the outer person is today."""
    teams = Membership.objects.on(timezone.localdate()).filter(
        person=OuterRef(OuterRef("pk")), company=OuterRef("pk")
    )
    return Company.objects.visible_to(account).filter(Exists(teams)).order_by("name").values("name")


def teams_since(moment: datetime) -> Q:
    """Whoever was in a team after `moment`, of a company hosted after it, or that never was (a partner, a project)."""
    lasts = lasts_beyond(timezone.localdate(moment))
    stays = Residency.objects.filter(company=OuterRef("company"))
    teams = Membership.objects.filter(lasts, person=OuterRef("pk"))
    return Q(Exists(teams.filter(Exists(stays.filter(lasts)) | ~Exists(stays))))
