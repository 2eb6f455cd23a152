"""Who may expect visitors, and where."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Q
from django.utils import timezone

from fondouk.companies.models import Company, Membership
from fondouk.people.models import Person
from fondouk.sites.models import Grant, Site
from fondouk.spaces.models import Resource


def hosts_of(company: Company | None, site: Site) -> Any:
    """The people of a company; the park's staff at the site where there is none. By name."""
    if company is not None:
        held = Membership.objects.on(timezone.localdate()).filter(company=company)
        return Person.objects.filter(pk__in=held.values("person")).order_by("name_folded")
    grants = Grant.objects.on(timezone.localdate()).filter(Q(site=site) | Q(site=None))
    return Person.objects.filter(pk__in=grants.values("person")).order_by("name_folded")


def companies_at(site: Site, day: date) -> Any:
    """Those hosted there that day, by name."""
    rows = Company.objects.standing().hosted(day).filter(residencies__site=site)
    return rows.distinct().by_name().defer("vector")


def sites_of_company(company: Company, day: date) -> Any:
    return Site.objects.filter(pk__in=company.residencies.on(day).values("site")).order_by("pk")


def spaces_at(sites: Any) -> Any:
    """Where one may meet."""
    rows = Resource.objects.in_use().filter(site__in=sites).select_related("site")
    return rows.order_by("site", "code_folded").defer("vector", "site__vector")
