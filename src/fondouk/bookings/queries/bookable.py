"""Which spaces somebody may book at all, and as whom."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Q
from django.utils import timezone

from fondouk.bookings.enums import Audience
from fondouk.bookings.terms import LET
from fondouk.companies.models import Residency
from fondouk.sites.models import Site
from fondouk.sites.rules import reach
from fondouk.spaces.models import Resource

from .searching import Found, Search, in_order, search


def bookable(account: Any) -> Any:
    """Spaces in use, of the kinds that are booked, on the sites where the account has a role or its company is hosted."""
    rooms = Resource.objects.in_use().exclude(kind__in=LET)
    within = reach(account)
    if within.network:
        return rooms
    return rooms.filter(Q(site__in=within.sites) | Q(site__in=homes(account)))


def bookable_space(account: Any, key: int) -> Resource | None:
    """One of them, with its site. Where the account's companies are hosted is looked up only where that decides."""
    rows = (
        Resource.objects.in_use().exclude(kind__in=LET).select_related("site").defer("vector", "site__vector")
    )
    space = rows.filter(pk=key).first()
    if space is None or not (reach(account).covers(space.site_id) or space.site_id in homes(account)):
        return None
    return space


def homes(account: Any) -> set[int]:
    """The sites where a company of this account is hosted today; worked out once a request."""
    if not account.is_authenticated:
        return set()
    if "homes" not in account.answers:
        companies = account.person.memberships.current().values("company")
        stays = Residency.objects.on(timezone.localdate()).filter(company__in=companies)
        account.answers["homes"] = set(stays.values_list("site", flat=True))
    return account.answers["homes"]  # type: ignore[no-any-return]


def audience_of(account: Any, site: int) -> Audience:
    """As whom an account books on this site."""
    if reach(account).covers(site):
        return Audience.STAFF
    return Audience.RESIDENT if site in homes(account) else Audience.VISITOR


def search_for(account: Any, wanted: Search) -> list[Found]:
    """`search` in all that the account may book: the site decides as whom it books there, and so what its rules allow."""
    rooms = bookable(account)
    audiences: dict[Audience, list[int]] = {}
    for site in set(rooms.order_by().values_list("site", flat=True)):
        if wanted.site in (None, site):
            audiences.setdefault(audience_of(account, site), []).append(site)
    found = [
        one
        for audience, sites in audiences.items()
        for one in search(rooms.filter(site__in=sites), wanted, audience)
    ]
    return sorted(found, key=in_order)


def clock_at(site: Site, moment: datetime | None = None) -> datetime:
    """What the clock on the wall says there, to the minute."""
    instant = moment or timezone.now()
    return instant.astimezone(ZoneInfo(site.zone)).replace(tzinfo=None, second=0, microsecond=0)
