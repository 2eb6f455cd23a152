"""Bookings as calendars read them (iCalendar, RFC 5545).

A series is one event with its rule: dates left out or cancelled are exceptions (EXDATE), times moved by themselves are
events of their own that name the date they replace (RECURRENCE-ID). `UID` and `SEQUENCE` let a calendar follow changes.
All times are readings of the clock with their zone, so that a series keeps its hour whatever the law says; the zone's own
history comes along (VTIMEZONE).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.translation import gettext as _
from icalendar import Event, vRecur

from fondouk.bookings.enums import Status
from fondouk.bookings.models import Booking, Occurrence
from fondouk.lib.ical import book_of, calendar_user
from fondouk.lib.recurrence import Rule, parse_rule
from fondouk.lib.zones import at_or_after

CANCEL = "CANCEL"
STATUS = {Status.BOOKED: "CONFIRMED", Status.REQUESTED: "TENTATIVE"}
REQUEST = frozenset(STATUS)
"""What stands in somebody's calendar."""
DAY = timedelta(days=1)


def calendar_of(
    bookings: Iterable[Booking], *, name: str, host: str, hides: Callable[[Booking], bool]
) -> bytes:
    """`bookings` with their `occurrences__resource` and `skipped` prefetched, and `resource__site` at hand. Of those that
    `hides` names, only the time and the space are told.
    """
    kept = list(bookings)
    events = [event for booking in kept for event in events_of(booking, host=host, is_hidden=hides(booking))]
    days = [one.starts.date() for booking in kept for one in booking.occurrences.all()]
    return book_of(events, name=name, days=days)


def invitation_of(
    booking: Booking,
    *,
    method: str,
    gone: Sequence[Occurrence],
    sender: tuple[str, str],
    reader: tuple[str, str],
    host: str,
) -> str:
    """What a mail says to a calendar program (RFC 5546, 3.2): "REQUEST" for the booking as it stands, "CANCEL" for the times
    that are `gone`, or for all of it where none is left. `sender` and `reader` are name and address.
    """
    times = list(booking.occurrences.all())
    stands = any(one.status in STATUS for one in times)
    if method != CANCEL:
        events = events_of(booking, host=host, is_hidden=False)
    elif booking.rule and stands:
        events = [_exception(booking, one, host, is_hidden=False) for one in gone]
    else:
        whole = _said(booking, booking.resource.code, host, is_hidden=False)
        whole.add("dtstart", booking.starts.replace(tzinfo=ZoneInfo(booking.zone)))
        whole.add("sequence", max((one.sequence for one in times), default=0))
        whole.add("status", "CANCELLED")
        events = [whole]
    for event in events:
        event.add("organizer", calendar_user(*sender))
        event.add("attendee", calendar_user(*reader, PARTSTAT="ACCEPTED", ROLE="CHAIR", RSVP="FALSE"))
    return book_of(events, method=method, days=[one.starts.date() for one in [*times, *gone]]).decode()


def events_of(booking: Booking, *, host: str, is_hidden: bool) -> list[Event]:
    """One event for a single booking that still stands; the series and what differs from it otherwise."""
    times = sorted(booking.occurrences.all(), key=lambda one: one.recurs_at)
    live = [one for one in times if one.status in STATUS]
    if not live:
        return []
    if not booking.rule:
        return [_event(booking, live[0], host, is_hidden)]
    usual = _usual(booking, live)
    return [_master(booking, times, usual, host, is_hidden)] + [
        _exception(booking, one, host, is_hidden) for one in live if _differs(booking, one, usual)
    ]


def _usual(booking: Booking, live: Sequence[Occurrence]) -> Occurrence | None:
    """A time at the place where most of a series are, of those in its own space."""
    here = [one for one in live if one.resource_id == booking.resource_id]
    counted = Counter(one.part_id for one in here).most_common(1)
    return next((one for one in here if one.part_id == counted[0][0]), None)


def _differs(booking: Booking, one: Occurrence, usual: Occurrence | None) -> bool:
    same = one.starts == one.recurs_at and one.ends - one.starts == booking.ends - booking.starts
    place = (one.resource_id, one.part_id)
    return not same or place != (booking.resource_id, usual.part_id if usual else None)


def _event(booking: Booking, one: Occurrence, host: str, is_hidden: bool) -> Event:
    zone = ZoneInfo(booking.zone)
    event = _said(booking, one.place, host, is_hidden)
    event.add("dtstart", one.starts.replace(tzinfo=zone))
    event.add("dtend", one.ends.replace(tzinfo=zone))
    event.add("status", STATUS.get(Status(one.status), "CANCELLED"))
    event.add("sequence", one.sequence)
    return event


def _exception(booking: Booking, one: Occurrence, host: str, is_hidden: bool) -> Event:
    event = _event(booking, one, host, is_hidden)
    event.add("recurrence-id", one.recurs_at.replace(tzinfo=ZoneInfo(booking.zone)))
    return event


def _master(
    booking: Booking, times: list[Occurrence], usual: Occurrence | None, host: str, is_hidden: bool
) -> Event:
    zone = ZoneInfo(booking.zone)
    event = _said(booking, usual.place if usual else booking.resource.code, host, is_hidden)
    event.add("dtstart", booking.starts.replace(tzinfo=zone))
    event.add("dtend", booking.ends.replace(tzinfo=zone))
    event.add("rrule", _recur(parse_rule(booking.rule), booking))
    gone = {one.recurs_at for one in times if one.status not in STATUS}
    gone |= {one.recurs_at for one in booking.skipped.all()}
    for when in sorted(gone):
        event.add("exdate", when.replace(tzinfo=zone))
    event.add("status", "CONFIRMED" if any(one.status == Status.BOOKED for one in times) else "TENTATIVE")
    event.add("sequence", max(one.sequence for one in times))
    return event


def _recur(rule: Rule, booking: Booking) -> vRecur:
    """Where the start has a zone, UNTIL is in UTC (3.3.10): the end of the last local day. What is not written yet
    is not told.
    """
    if booking.goes_on_at is not None:
        rule = rule.until_day(booking.goes_on_at.date() - DAY)
    text = ";".join(f"{name}={value}" for name, value in rule.parts)
    if rule.count:
        return vRecur.from_ical(f"{text};COUNT={rule.count}")
    last = datetime.combine(rule.until or booking.starts.date(), time(23, 59, 59))
    until = at_or_after(last, booking.zone).astimezone(UTC)
    return vRecur.from_ical(f"{text};UNTIL={until:%Y%m%dT%H%M%SZ}")


def _said(booking: Booking, place: str, host: str, is_hidden: bool) -> Event:
    event = Event()
    event.add("uid", f"{booking.uid}@{host}")
    event.add("dtstamp", timezone.now().astimezone(UTC))
    event.add("summary", _("Taken") if is_hidden else booking.title)
    site = booking.resource.site
    event.add("location", f"{place}, {site.full_name}")
    if booking.note and not is_hidden:
        event.add("description", booking.note)
    return event
