"""Who may expect visitors."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.utils import timezone

from fondouk.companies.models import Company
from fondouk.companies.queries import people_of
from fondouk.people.models import Person
from fondouk.sites.models import Grant, Site


def hosts_of(company: Company | None, site: Site) -> Any:
    """The people of a company; the park's staff at the site where there is none. By name."""
    today = timezone.localdate()
    if company is not None:
        return people_of(company, today)
    grants = Grant.objects.on(today).filter(Q(site=site) | Q(site=None))
    return Person.objects.filter(pk__in=grants.values("person")).order_by("name_folded")
