"""What stands in the way of a wish, and what could be had instead, as screens and machines show it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy, ngettext, ngettext_lazy

from fondouk.bookings.enums import Audience
from fondouk.bookings.models import Booking, BookingRule
from fondouk.bookings.queries import Found, Search, other_rooms, other_times
from fondouk.bookings.terms import Terms
from fondouk.bookings.wishes import Clash, Span, Unavailable, Wish
from fondouk.lib.recurrence import WEEKDAYS, parse_rule
from fondouk.sites.enums import Weekday
from fondouk.spaces import claims
from fondouk.spaces.claims import Shown
from fondouk.ui.formatting import listed

SHOWN = 12


@dataclass(frozen=True)
class Conflict:
    """A time of the wish that cannot be had, why, and what the person may know of what holds it."""

    starts: datetime
    ends: datetime
    recurs_at: datetime
    why: str
    reason: str
    known: Sequence[Shown] = ()


@dataclass(frozen=True)
class Way:
    """`conflicts` are the first of `total` of `of` times; leaving those out, `left` would be booked."""

    conflicts: Sequence[Conflict]
    total: int
    of: int
    skip: str
    times: Sequence[Span]
    rooms: Sequence[Found]

    @property
    def left(self) -> int:
        return self.of - self.total


def in_the_way(account: Any, wish: Wish, refused: Unavailable, spaces: Any, audience: Audience) -> Way:
    """Of what somebody wished: which times cannot be had, and the nearest others in this space and elsewhere."""
    clashes = refused.clashes
    standing = [claim for clash in clashes[:SHOWN] for claim in clash.claims]
    told = claims.shown(account, standing)
    wanted = Search(wish.starts, wish.ends, wish.rule, capacity=wish.attendees or 0)
    times = [] if wish.rule else other_times(wish.resource, wish.starts, wish.ends, audience, timezone.now())
    return Way(
        conflicts=[_conflict(clash, told) for clash in clashes[:SHOWN]],
        total=len(clashes),
        of=len(wish.spans()),
        skip=",".join(clash.span.recurs_at.isoformat() for clash in clashes) if wish.rule else "",
        times=times,
        rooms=other_rooms(spaces, wish.resource, wanted, audience),
    )


def _conflict(clash: Clash, told: dict[int, Shown]) -> Conflict:
    known = {told[claim.pk].label: told[claim.pk] for claim in clash.claims if claim.pk in told}
    span = clash.span
    return Conflict(span.starts, span.ends, span.recurs_at, str(clash), clash.reason, list(known.values()))


REPEATS = {
    "DAILY": gettext_lazy("every day"),
    "WEEKLY": gettext_lazy("every week"),
    "MONTHLY": gettext_lazy("every month"),
    "YEARLY": gettext_lazy("every year"),
}
EVERY = {
    "DAILY": ngettext_lazy("every %(count)d day", "every %(count)d days"),
    "WEEKLY": ngettext_lazy("every %(count)d week", "every %(count)d weeks"),
    "MONTHLY": ngettext_lazy("every %(count)d month", "every %(count)d months"),
    "YEARLY": ngettext_lazy("every %(count)d year", "every %(count)d years"),
}


def title_of(booking: Booking, account: Any) -> str:
    """Its title, for whoever may read it."""
    return booking.title if booking.tells(account.person_id) else gettext("Private")


def cancelled_said(times: int) -> str:
    return ngettext("Cancelled.", "%(count)d times cancelled.", times) % {"count": times}


def repeats(booking: Booking) -> str:
    """How often it comes, in words; "" for a single one. The dates themselves stand in its list."""
    if not booking.rule:
        return ""
    rule = parse_rule(booking.rule)
    parts = dict(rule.parts)
    every = int(parts.get("INTERVAL", "1"))
    kind = parts["FREQ"]
    said = str(REPEATS[kind]) if every == 1 else str(EVERY[kind] % {"count": every})
    if kind == "WEEKLY" and "BYDAY" in parts and "," in parts["BYDAY"]:
        said += f" ({listed(Weekday(WEEKDAYS.index(day) + 1).label for day in parts['BYDAY'].split(','))})"
    return said


def says(rule: BookingRule) -> list[str]:
    """What a rule says, in words, each of its values."""
    found = []
    for name, (yes, no) in SWITCHES.items():
        value = getattr(rule, name)
        if value is not None:
            found.append(str(yes if value else no))
    for name, sentence in NUMBERS.items():
        value = getattr(rule, name)
        if value is not None:
            found.append(str(sentence % {"count": value}))
    return found


def terms_said(terms: Terms) -> list[str]:
    """What holds for somebody, in words: what a rule would say of it, without what is as usual for everybody."""
    if not terms.is_allowed:
        return [str(SWITCHES["is_allowed"][1])]
    found = [str(SWITCHES["within_hours"][0 if terms.within_hours else 1])]
    if terms.needs_approval:
        found.append(str(SWITCHES["needs_approval"][0]))
    for name in (
        "longest_minutes",
        "notice_minutes",
        "horizon_days",
        "setup_minutes",
        "cleanup_minutes",
        "grace_minutes",
    ):
        if value := getattr(terms, name):
            found.append(str(NUMBERS[name] % {"count": value}))
    return found


SWITCHES = {
    "is_allowed": (gettext_lazy("may be booked"), gettext_lazy("is not booked")),
    "needs_approval": (gettext_lazy("needs approval"), gettext_lazy("needs no approval")),
    "within_hours": (gettext_lazy("within opening hours only"), gettext_lazy("at any hour")),
}
NUMBERS = {
    "step_minutes": ngettext_lazy("in steps of %(count)d minute", "in steps of %(count)d minutes", "count"),
    "shortest_minutes": ngettext_lazy(
        "for %(count)d minute at least", "for %(count)d minutes at least", "count"
    ),
    "longest_minutes": ngettext_lazy(
        "for %(count)d minute at most", "for %(count)d minutes at most", "count"
    ),
    "notice_minutes": ngettext_lazy(
        "%(count)d minute ahead at least", "%(count)d minutes ahead at least", "count"
    ),
    "horizon_days": ngettext_lazy("%(count)d day ahead at most", "%(count)d days ahead at most", "count"),
    "setup_minutes": ngettext_lazy("%(count)d minute to set up", "%(count)d minutes to set up", "count"),
    "cleanup_minutes": ngettext_lazy(
        "%(count)d minute to clean up", "%(count)d minutes to clean up", "count"
    ),
    "grace_minutes": ngettext_lazy(
        "released when nobody came within %(count)d minute",
        "released when nobody came within %(count)d minutes",
        "count",
    ),
}
