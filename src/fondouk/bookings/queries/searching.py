"""Reading bookings: which spaces are free, and what else could be had."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from django.utils import timezone

from fondouk.bookings.enums import Audience
from fondouk.bookings.models import BookingRule
from fondouk.bookings.terms import Terms, terms
from fondouk.bookings.wishes import Span, Wish
from fondouk.lib.recurrence import Rule
from fondouk.sites.models import Site
from fondouk.sites.queries.hours import week_of
from fondouk.spaces.models import Resource
from fondouk.spaces.queries import blocked

from .standing import Standing, standing

BESIDE = (timedelta(minutes=15), timedelta(minutes=30), timedelta(hours=1), timedelta(hours=2))
"""How much earlier or later another time is looked for in the same room."""
DAYS_ON = 7
"""And how many days later."""


@dataclass(frozen=True)
class Search:
    """`starts` and `ends` are naive, on the clock of each space's site; `rule` repeats them."""

    starts: datetime
    ends: datetime
    rule: Rule | None = None
    capacity: int = 0
    equipment: Collection[str] = ()
    site: int | None = None
    kinds: Collection[str] = ()

    def spans(self, zone: str) -> list[Span]:
        """Raises `lib.recurrence.BrokenRule`."""
        starts = self.rule.starts(self.starts) if self.rule else [self.starts]
        length = self.ends - self.starts
        return [Span.of(start, start, start + length, zone) for start in starts]


class Room(NamedTuple):
    """What a search needs of a space: five hundred whole ones would take most of its time."""

    pk: int
    code: str
    kind: str
    capacity: int | None
    site_id: int
    floor_id: int | None
    code_folded: str


@dataclass
class Found:
    """A space and the times, of those that were asked for, when it cannot be had: taken, closed, no time on that clock."""

    resource: Room
    terms: Terms
    missing: list[datetime] = field(default_factory=list)
    of: int = 1

    @property
    def is_free(self) -> bool:
        return not self.missing

    @property
    def share(self) -> float:
        """Of the times, those when it is free."""
        return 1 - len(self.missing) / self.of


def rules_for(resources: Collection[Resource | Room], day: Any) -> list[BookingRule]:
    """All rules that may say something of these spaces on that day."""
    sites = {resource.site_id for resource in resources}
    keys = {resource.pk for resource in resources}
    return [
        rule
        for rule in standing().rules_on(day)
        if rule.resource_id in keys
        or (rule.resource_id is None and (rule.site_id is None or rule.site_id in sites))
    ]


def terms_for(wish: Wish, audience: Audience, kept: Standing | None = None) -> Terms:
    """Under which terms this would be booked. `kept`: what was read already in this request."""
    day = wish.starts.date()
    return terms((kept or standing()).rules_on(day), wish.resource, audience, day)


def search(rows: Any, wanted: Search, audience: Audience, now: datetime | None = None) -> list[Found]:
    """Of these spaces (a queryset), those that this audience may book and that are large enough: free for all times first,
    then by how many times they are free; the smallest that does before larger ones. What is past, or sooner or later than
    the terms allow, is not free.

    A few queries for each site, whatever the number of spaces; times are looked for by `spaces.queries.blocked`.
    """
    found = rows.filter(capacity__gte=wanted.capacity) if wanted.capacity else rows
    first = wanted.starts.date()
    found = found.lasting(first) if wanted.rule else found.in_use_between(first, wanted.ends.date())
    if wanted.equipment:
        found = found.filter(equipment__contains=list(wanted.equipment))
    if wanted.site is not None:
        found = found.filter(site=wanted.site)
    if wanted.kinds:
        found = found.filter(kind__in=wanted.kinds)
    spaces = [Room(*values) for values in found.order_by().values_list(*Room._fields)]
    sites = Site.objects.in_bulk({one.site_id for one in spaces})
    rules = rules_for(spaces, wanted.starts.date())
    allowed = [
        (one, said)
        for one, said in _terms_of(spaces, rules, audience, wanted.starts.date())
        if said.is_allowed
    ]
    missing: dict[int, list[datetime]] = {}
    total = 1
    moment = now or timezone.now()
    for (_site, setup, cleanup, within_hours, notice, horizon), members in _alike(allowed).items():
        site = sites[members[0].site_id]
        spans = wanted.spans(site.zone)
        total = len(spans)
        known = [span for span in spans if span.is_real]
        slots = [span.slot(setup, cleanup) for span in known]
        never = {span.starts for span in spans if not span.is_real}
        since, until = moment + timedelta(minutes=notice), moment + timedelta(days=horizon)
        never.update(span.starts for span in known if not _is_between(span, since, until))
        if within_hours:
            never.update(span.starts for span in closed_at(site, known))
        taken = blocked([one.pk for one in members], slots)
        for one in members:
            missing[one.pk] = sorted(never.union(known[place].starts for place in taken.get(one.pk, [])))
    answers = [Found(one, said, missing[one.pk], total) for one, said in allowed]
    return sorted(answers, key=in_order)


def in_order(one: Found) -> tuple[int, int, str]:
    """Those that miss the fewest times first, the smallest that does before larger ones."""
    return len(one.missing), one.resource.capacity or 0, one.resource.code_folded


def _terms_of(
    spaces: Iterable[Room], rules: list[BookingRule], audience: Audience, day: date
) -> Iterator[tuple[Room, Terms]]:
    """Once for each kind on each site, but for the spaces that have rules of their own."""
    own = {rule.resource_id for rule in rules}
    known: dict[tuple[str, int], Terms] = {}
    for one in spaces:
        if one.pk in own:
            yield one, terms(rules, one, audience, day)
            continue
        alike = (one.kind, one.site_id)
        if alike not in known:
            known[alike] = terms(rules, one, audience, day)
        yield one, known[alike]


Alike = tuple[int, int, int, bool, int, int]


def _alike(allowed: Iterable[tuple[Room, Terms]]) -> dict[Alike, list[Room]]:
    """Spaces whose times mean the same: one clock and its hours, as long to set up and to clean up, as far ahead."""
    groups: dict[Alike, list[Room]] = {}
    for one, said in allowed:
        key = (
            one.site_id, said.setup_minutes, said.cleanup_minutes, said.within_hours, said.notice_minutes,
            said.horizon_days,
        )  # fmt: skip
        groups.setdefault(key, []).append(one)
    return groups


def _is_between(span: Span, since: datetime, until: datetime) -> bool:
    return span.first is not None and span.last is not None and span.first > since and span.last <= until


def other_times(
    resource: Resource, starts: datetime, ends: datetime, audience: Audience, now: datetime
) -> list[Span]:
    """The nearest times that are free in the same room, of the same length: a little earlier or later that day, then at the
    same hour on the next days.
    """
    said = terms(rules_for([resource], starts.date()), resource, audience, starts.date())
    nearby = [sign * step for step in BESIDE for sign in (-1, 1)]
    nearby = [step for step in nearby if (starts + step).date() == starts.date()]
    spans = [
        span
        for shift in [*nearby, *(timedelta(days=days) for days in range(1, DAYS_ON + 1))]
        if (span := Span.of(starts, starts + shift, ends + shift, resource.site.zone)).is_real
        and now + said.notice < span.slot()[0] <= now + said.horizon
    ]
    closed = {span.starts for span in closed_at(resource.site, spans)}
    spans = [span for span in spans if not (said.within_hours and span.starts in closed)]
    spans.sort(key=lambda span: span.starts in closed)  # who may be there all the same is offered that last
    slots = [span.slot(said.setup_minutes, said.cleanup_minutes) for span in spans]
    taken = set(blocked([resource.pk], slots).get(resource.pk, []))
    return [span for place, span in enumerate(spans) if place not in taken][:4]


def other_rooms(
    rows: Any, resource: Resource, wanted: Search, audience: Audience, *, most: int = 4
) -> Sequence[Found]:
    """Other spaces of the same site, and of the same kind, that are free at all these times."""
    same = rows.filter(site=resource.site_id, kind=resource.kind).exclude(pk=resource.pk)
    return [one for one in search(same, wanted, audience) if one.is_free][:most]


def closed_at(site: Site, spans: Sequence[Span]) -> list[Span]:
    """Times that are not within the opening hours of one day."""
    if not spans:
        return []
    days = {day.on: day for day in week_of(site, sorted({span.starts.date() for span in spans}))}
    found = []
    for span in spans:
        day = days[span.starts.date()]
        within = (
            day.opens is not None
            and day.closes is not None
            and span.starts.date() == span.ends.date()
            and day.opens <= span.starts.time()
            and span.ends.time() <= day.closes
        )
        if not within:
            found.append(span)
    return found
