"""What stands in the way of a wish, and what could be had instead, as screens and machines show it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.translation import get_language, gettext, gettext_lazy, ngettext, ngettext_lazy

from fondouk.bookings.enums import Audience
from fondouk.bookings.models import Booking, Occurrence
from fondouk.bookings.pricing import Price
from fondouk.bookings.queries import Found, Quote, Search, other_rooms, other_times, terms_for
from fondouk.bookings.wishes import Clash, Span, Unavailable, Wish
from fondouk.bookings.wording import line_said, policy_said
from fondouk.lib.formats import format_date
from fondouk.lib.recurrence import WEEKDAYS, parse_rule
from fondouk.sites.enums import Weekday
from fondouk.spaces import claims
from fondouk.spaces.claims import Shown
from fondouk.ui.formatting import clock, listed

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
    """`conflicts` are the first of `total` of `of` times; leaving those out, `left` would be booked. `wait` names those that
    may be waited for: all of them, or "".
    """

    conflicts: Sequence[Conflict]
    total: int
    of: int
    skip: str
    wait: str
    times: Sequence[Span]
    rooms: Sequence[Found]

    @property
    def left(self) -> int:
        return self.of - self.total


def _waited(clashes: Sequence[Clash]) -> str:
    """Only what is taken comes free."""
    if any(clash.reason != "taken" for clash in clashes):
        return ""
    return ",".join(clash.span.recurs_at.isoformat() for clash in clashes)


def in_the_way(account: Any, wish: Wish, refused: Unavailable, spaces: Any, audience: Audience) -> Way:
    """Of what somebody wished: which times cannot be had, and the nearest others in this space and elsewhere."""
    may_wait = not terms_for(wish, audience).needs_approval
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
        wait=_waited(clashes) if may_wait else "",
        times=times,
        rooms=other_rooms(spaces, wish.resource, wanted, audience),
    )


def _conflict(clash: Clash, told: dict[int, Shown]) -> Conflict:
    known = {told[claim.pk].label: told[claim.pk] for claim in clash.claims if claim.pk in told}
    span = clash.span
    return Conflict(span.starts, span.ends, span.recurs_at, str(clash), clash.reason, list(known.values()))


@dataclass(frozen=True)
class LineSaid:
    """A line of a price: `how` it came about, `when` it holds where a time falls into several."""

    name: str
    how: str
    when: str
    total: Decimal


def lines_said(price: Price | None) -> list[LineSaid]:
    if price is None:
        return []
    language = (get_language() or "fr")[:2]
    days = {line.day for line in price.lines}
    found = []
    for line in price.lines:
        when = (
            f"{clock(line.starts, language)} – {clock(line.ends, language)}" if len(price.lines) > 1 else ""
        )
        if len(days) > 1:
            when = f"{format_date(line.day, language)}, {when}"
        found.append(LineSaid(line.name, line_said(line), when, line.total))
    return found


def quote_context(found: Quote) -> dict[str, Any]:
    """What a template shows of it."""
    return {
        "quote": found,
        "lines": lines_said(found.first),
        "policy": policy_said(found.first) if found.first else [],
    }


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


def moved_said(times: int, *, is_apart: bool = False) -> str:
    """`is_apart`: they are a series of their own now."""
    said = ngettext("Moved.", "%(count)d times moved.", times) % {"count": times}
    more = gettext("They are a series of their own now.")
    return f"{said} {more}" if is_apart else said


def ends_said(one: Occurrence, *, is_over: bool) -> str:
    said = gettext("It ends at %(time)s now.")
    if is_over:
        said = gettext("It ends at %(time)s now: thank you for giving the room back.")
    return said % {"time": f"{one.ends:%H:%M}"}


def stays_cancelled(why: Unavailable) -> str:
    """When a cancellation cannot be taken back."""
    return gettext("It stays cancelled. %(why)s") % {"why": why}


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
