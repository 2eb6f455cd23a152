"""Who may deal with the requests of a site, and what may be asked for."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.utils import timezone

from fondouk.people.models import Person
from fondouk.requests.models import Category
from fondouk.requests.rules import HANDLERS
from fondouk.sites.models import Grant


def handlers(site: int, besides: int | None = None) -> Any:
    """People of the staff who may deal with requests there today, by name; and whoever deals with one already."""
    grants = Grant.objects.on(timezone.localdate()).filter(role__in=HANDLERS)
    there = grants.filter(Q(site=site) | Q(site=None)).values("person")
    return Person.objects.filter(Q(pk__in=there) | Q(pk=besides)).order_by("name_folded")


def offered() -> Any:
    return Category.objects.filter(is_active=True)
