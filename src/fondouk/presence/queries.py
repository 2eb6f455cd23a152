"""Who is in today, for those whom it may concern."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.utils import timezone

from fondouk.companies.models import Membership, Residency
from fondouk.people.models import Person
from fondouk.presence.models import Presence
from fondouk.sites.models import Site


@dataclass(frozen=True)
class In:
    """Somebody who is in, and the companies they belong to."""

    person: Person
    companies: Sequence[str]


def today_at(site: Site, now: datetime | None = None) -> date:
    return (now or timezone.now()).astimezone(ZoneInfo(site.zone)).date()


def sites_of(account: Any) -> Any:
    """Those where a company of the account is hosted today: where it may say that it is in, and see who else is."""
    companies = account.person.memberships.current().values("company")
    stays = Residency.objects.on(timezone.localdate()).filter(company__in=companies)
    return Site.objects.filter(pk__in=stays.values("site")).order_by("pk")


def who_is_in(site: Site, now: datetime | None = None) -> list[In]:
    """Those who have said so, by name. Two queries."""
    day = today_at(site, now)
    rows = (
        Presence.objects.filter(site=site, day=day).select_related("person").order_by("person__name_folded")
    )
    people = [one.person for one in rows]
    names: dict[int, list[str]] = {person.pk: [] for person in people}
    held = Membership.objects.on(day).filter(person__in=names, company__merged_into=None)
    for membership in held.select_related("company").order_by("company__name_folded"):
        names[membership.person_id].append(membership.company.label)
    return [In(person, names[person.pk]) for person in people]


def where_is(person: Person) -> Site | None:
    """Where somebody has said that they are today."""
    for one in Presence.objects.filter(person=person).select_related("site"):
        if one.day == today_at(one.site):
            return one.site
    return None
