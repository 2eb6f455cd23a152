"""An iCalendar object (RFC 5545) around events, with the zones that their times name."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date, timedelta

from icalendar import Calendar, Event, vCalAddress

PRODUCT = "-//Fondouk//Fondouk//"
AROUND = timedelta(days=400)
"""How far beyond its times a zone's own history is told."""


def book_of(
    events: Iterable[Event], *, method: str = "PUBLISH", name: str = "", days: Collection[date] = ()
) -> bytes:
    """`days` are those of times that name a zone (none: all are in UTC); `method` is one of RFC 5546."""
    book = Calendar()
    book.add("prodid", PRODUCT)
    book.add("version", "2.0")
    book.add("method", method)
    if name:
        book.add("x-wr-calname", name)
    for event in events:
        book.add_component(event)
    if days:
        book.add_missing_timezones(first_date=min(days) - AROUND, last_date=max(days) + AROUND)
    return book.to_ical()  # type: ignore[no-any-return]


def calendar_user(name: str, address: str, **parameters: str) -> vCalAddress:
    """A person of an event, with the parameters of RFC 5545, 3.2 (`PARTSTAT`, `ROLE`, …)."""
    user = vCalAddress(f"mailto:{address}")
    user.params.update({"CN": name, **parameters})
    return user
