"""What stands in a room now and next, as anybody who passes its door may read it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from fondouk.bookings.enums import Audience
from fondouk.bookings.models import CheckIn, Occurrence
from fondouk.bookings.queries import EARLY, clock_at, closed_at, terms_for
from fondouk.bookings.wishes import Span, Wish
from fondouk.lib.zones import at_or_after
from fondouk.people.models import Person
from fondouk.sites.queries import week_of
from fondouk.spaces import claims
from fondouk.spaces.models import Claim, Resource, ResourcePart
from fondouk.spaces.queries import taken_next

AHEAD = timedelta(hours=48)
"""How much a door keeps for the hours without a network."""
OPENINGS = 8
"""Days to look for the next opening: the longest feasts are shorter."""
CHOICES = 3
LENGTHS = (timedelta(minutes=15), timedelta(minutes=30), timedelta(hours=1))


@dataclass(frozen=True)
class Slot:
    """A time when the room is taken: from `first` to `last`, with what is needed to set up and clean up; `starts` and `ends`
    of what people see of it. All UTC.

    `comes_from` to `given_back` is when somebody is to say that they are there, None where nobody asks; `has_come` whether
    they have. `occurrence` is None for what is no booking of this room; `key` is what its request was called.
    """

    first: datetime
    last: datetime
    starts: datetime
    ends: datetime
    title: str
    who: str
    occurrence: int | None = None
    comes_from: datetime | None = None
    given_back: datetime | None = None
    has_come: bool = False
    key: str = ""


@dataclass(frozen=True)
class State:
    """`slots` of the next two days, the earliest first."""

    room: Resource
    moment: datetime
    slots: Sequence[Slot]

    @property
    def now(self) -> Slot | None:
        return next((one for one in self.slots if one.first <= self.moment < one.last), None)

    @property
    def next(self) -> Slot | None:
        return next((one for one in self.slots if one.first > self.moment), None)


def state_of(room: Resource, moment: datetime | None = None) -> State:
    """Four queries, however much is booked."""
    now = moment or timezone.now()
    parts = ResourcePart.objects.filter(resource=room).values("part")
    standing = Claim.objects.live(now).filter(part__in=parts, during__overlap=(now, now + AHEAD))
    rows = list(standing.select_related("company").order_by("during", "pk"))
    keys = {one.owner for one in rows if one.kind == Occurrence.CLAIMS}
    booked = {one.pk: one for one in Occurrence.objects.filter(pk__in=keys).select_related("booking")}
    come = set(CheckIn.objects.filter(occurrence__in=keys).values_list("occurrence", flat=True))
    slots, seen = [], set()
    for claim in rows:
        once = (claim.kind, claim.owner, claim.start)
        if once not in seen:
            seen.add(once)
            slots.append(_slot(claim, room, now, booked, come))
    return State(room, now, slots)


def _slot(claim: Claim, room: Resource, now: datetime, booked: dict[int, Occurrence], come: set[int]) -> Slot:
    first, last = claim.start or now, claim.end or now + AHEAD
    who = claim.company.label if claim.company else ""
    one = booked.get(claim.owner) if claim.kind == Occurrence.CLAIMS else None
    if one is None:
        owner = claims.OWNERS.get(claim.kind)
        title = str(owner.label) if owner else _("Taken")
        return Slot(first, last, first, last, title, who or claim.label)
    is_own = one.resource_id == room.pk
    asks = is_own and one.grace_minutes > 0
    starts, ends = one.during.lower, one.during.upper
    return Slot(
        first,
        last,
        starts,
        ends,
        one.booking.open_title or _("Private"),
        who,
        occurrence=one.pk if is_own else None,
        comes_from=starts - EARLY if asks else None,
        given_back=starts + timedelta(minutes=one.grace_minutes) if asks else None,
        has_come=one.pk in come,
        key=one.booking.request_key or "" if is_own else "",
    )


def open_hours(room: Resource, organiser: Person, moment: datetime | None = None) -> list[Slot] | None:
    """When the site is open, today and in the days that a door keeps; None for a room that members book at any hour."""
    now = clock_at(room.site, moment)
    if not terms_for(Wish(room, now, now + LENGTHS[0], "", organiser), Audience.RESIDENT).within_hours:
        return None
    found = []
    for day in week_of(room.site, [now.date() + timedelta(days=ahead) for ahead in range(OPENINGS)]):
        if day.opens is None or day.closes is None:
            continue
        first = at_or_after(datetime.combine(day.on, day.opens), room.site.zone)
        last = at_or_after(datetime.combine(day.on, day.closes), room.site.zone)
        found.append(Slot(first, last, first, last, "", ""))
    return found


def ends_from_now(
    room: Resource, audience: Audience, organiser: Person, moment: datetime | None = None
) -> list[datetime]:
    """Until when somebody who stands at the door may take the room, on the clock of the wall; none when they may not.

    They end on a step, and before whatever comes next; where the room needs notice or approval there is none.
    """
    instant = moment or timezone.now()
    now = clock_at(room.site, instant)
    terms = terms_for(Wish(room, now, now + LENGTHS[0], "", organiser), audience)
    if not terms.is_allowed or terms.needs_approval or terms.notice_minutes:
        return []
    step = timedelta(minutes=terms.step_minutes)
    setup, cleanup = timedelta(minutes=terms.setup_minutes), timedelta(minutes=terms.cleanup_minutes)
    taken = _taken_from(room, instant - setup)
    found: list[datetime] = []
    for length in LENGTHS:
        ends = _on_step(now + max(length, terms.shortest), step)
        span = Span.of(now, now, ends, room.site.zone)
        is_free = span.last is not None and (taken is None or span.last + cleanup <= taken)
        is_short = ends - now <= terms.longest
        if (
            ends not in found
            and is_free
            and is_short
            and not (terms.within_hours and closed_at(room.site, [span]))
        ):
            found.append(ends)
    return found[:CHOICES]


def _on_step(local: datetime, step: timedelta) -> datetime:
    """The first step of the day at or after it."""
    midnight = local.replace(hour=0, minute=0, second=0, microsecond=0)
    return midnight - (midnight - local) // step * step


def _taken_from(room: Resource, instant: datetime) -> datetime | None:
    """Since or from when the room is taken, within the hours that matter."""
    until = instant + timedelta(days=1)
    parts = ResourcePart.objects.filter(resource=room).values("part")
    if Claim.objects.live().filter(part__in=parts, during__contains=instant).exists():
        return instant
    return taken_next([room.pk], instant, until).get(room.pk)
