"""Which spaces somebody may book at all, and as whom."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Q
from django.utils import timezone

from fondouk.bookings.enums import Audience, Status
from fondouk.bookings.models import BookingRule, CheckIn, Occurrence
from fondouk.bookings.terms import LET, terms
from fondouk.companies.enums import SPACELESS
from fondouk.companies.models import Residency
from fondouk.lib.prepared import Prepared
from fondouk.sites.models import Site
from fondouk.sites.rules import reach
from fondouk.spaces.models import Resource

from .searching import Found, Search, in_order, search
from .standing import standing


def bookable(account: Any) -> Any:
    """Spaces in use, of the kinds that are booked, on the sites where the account has a role or its company is hosted; and
    those that a rule opens to people from outside.
    """
    rooms = Resource.objects.lasting().exclude(kind__in=LET)
    within = reach(account)
    if within.network:
        return rooms
    mine = Q(site__in=within.sites) | Q(site__in=homes(account))
    return rooms.filter(mine | Q(pk__in=open_to_visitors(account, rooms)))


NEEDED = (
    "code", "kind", "capacity", "is_pool", "in_use_from", "withdrawn_on", "floor", "site__code", "site__name", "site__zone",
)  # fmt: skip
"""Of a space that is to be booked: sixty columns would take longer than all that is asked of them."""
LASTING = Prepared(
    lambda key, day: (
        Resource.objects.lasting(day)
        .exclude(kind__in=LET)
        .select_related("site")
        .only(*NEEDED)
        .filter(pk=key)
        .order_by()
    ),
    -7, date(1, 1, 7),
)  # fmt: skip
"""The space of a key, on a day."""


def bookable_space(account: Any, key: int) -> Resource | None:
    """One of them, with its site. Where the account's companies are hosted is looked up only where that decides."""
    space = next(iter(LASTING(key, timezone.localdate())), None)
    if space is None or reach(account).covers(space.site_id) or space.site_id in homes(account):
        return space
    return space if space.pk in open_to_visitors(account, [space]) else None


def open_to_visitors(account: Any, rooms: Iterable[Resource]) -> set[int]:
    """Those of these spaces that people from outside may book today; of a company at least, so that somebody pays."""
    rules, today = _visitor_rules(account), timezone.localdate()
    return (
        {room.pk for room in rooms if terms(rules, room, Audience.VISITOR, today).is_allowed}
        if rules
        else set()
    )


def _visitor_rules(account: Any) -> list[BookingRule]:
    """The rules of today, where one of them lets somebody in from outside, and the account has a company; once a request."""
    if not account.is_authenticated:
        return []
    if "visitor_rules" not in account.answers:
        rules = standing().rules_on(timezone.localdate())
        is_open = any(rule.audience == Audience.VISITOR and rule.is_allowed for rule in rules)
        has_company = is_open and account.person.memberships.current().exists()
        account.answers["visitor_rules"] = rules if has_company else []
    return account.answers["visitor_rules"]  # type: ignore[no-any-return]


def homes(account: Any) -> dict[int, bool]:
    """The sites where a company of this account is hosted today, and whether one has a space there; worked out once a
    request.
    """
    if not account.is_authenticated:
        return {}
    if "homes" not in account.answers:
        companies = account.person.memberships.current().values("company")
        stays = Residency.objects.on(timezone.localdate()).filter(company__in=companies)
        found: dict[int, bool] = {}
        for site, mode in stays.values_list("site", "mode"):
            found[site] = found.get(site, False) or mode not in SPACELESS
        account.answers["homes"] = found
    return account.answers["homes"]  # type: ignore[no-any-return]


def audience_of(account: Any, site: int) -> Audience:
    """As whom an account books on this site."""
    if reach(account).covers(site):
        return Audience.STAFF
    if site not in homes(account):
        return Audience.VISITOR
    return Audience.RESIDENT if homes(account)[site] else Audience.DOMICILED


def search_for(account: Any, wanted: Search) -> list[Found]:
    """`search` in all that the account may book: the site decides as whom it books there, and so what its rules allow."""
    if wanted.site is not None and (audience := audience_of(account, wanted.site)) != Audience.VISITOR:
        return search(Resource.objects.lasting().exclude(kind__in=LET), wanted, audience)
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


EARLY = timedelta(minutes=15)
"""How long before it begins somebody may say that they are there."""


def may_come(one: Occurrence | None, now: datetime) -> bool:
    """Whether somebody may say now that they are there, and that is asked of them."""
    return (
        one is not None
        and one.status == Status.BOOKED
        and one.grace_minutes > 0
        and one.during.lower - EARLY <= now < one.during.upper
        and not CheckIn.objects.filter(occurrence=one).exists()
    )


def clock_at(site: Site, moment: datetime | None = None) -> datetime:
    """What the clock on the wall says there, to the minute."""
    instant = moment or timezone.now()
    return instant.astimezone(ZoneInfo(site.zone)).replace(tzinfo=None, second=0, microsecond=0)
