"""How the API writes bookings, and reads what is asked of them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Annotated, Any

from ninja import Field, Schema
from pydantic import AfterValidator

from fondouk.api.web.clock import written
from fondouk.api.web.paging import Paging
from fondouk.bookings.enums import Scope
from fondouk.bookings.models import Booking, Occurrence
from fondouk.bookings.presentation import title_of


class OccurrenceOut(Schema):
    """`start` and `end` on the clock of the site; `id` is the local start that the rule gave it (RECURRENCE-ID)."""

    id: str
    start: str
    end: str
    resource: int
    status: str


class BookingOut(Schema):
    id: int
    uid: str
    resource: int
    site: str
    title: str
    private: bool
    company: int | None
    organiser: str
    attendees: int | None
    note: str
    start: str
    end: str
    zone: str
    rrule: str
    occurrences: list[OccurrenceOut]


class Bookings(Schema):
    items: list[BookingOut]
    next: str | None


Text = Annotated[str, AfterValidator(lambda text: text.replace("\x00", ""))]
"""No database keeps a NUL, and nobody means one."""


class BookingIn(Schema):
    """`start` and `end` on the clock of the site, or with an offset. `skip`: local starts to leave out of a series."""

    resource: int
    start: str = Field(max_length=40)
    end: str = Field(max_length=40)
    title: Text = Field(max_length=200)
    rrule: str = Field("", max_length=400)
    skip: list[str] = Field([], max_length=1500)
    company: int | None = None
    attendees: int | None = Field(None, ge=1, le=100_000)
    note: Text = Field("", max_length=2000)
    private: bool = False


class Change(Schema):
    """What is not sent stays. `occurrence` is its `id`, for one time of a series, and `scope` how far the change goes."""

    start: str | None = Field(None, max_length=40)
    end: str | None = Field(None, max_length=40)
    resource: int | None = None
    occurrence: str = Field("", max_length=40)
    scope: Scope = Scope.THIS
    title: Text | None = Field(None, max_length=200)
    attendees: int | None = Field(None, ge=1, le=100_000)
    note: Text | None = Field(None, max_length=2000)
    private: bool | None = None


class Going(Schema):
    occurrence: str = Field("", max_length=40)
    scope: Scope = Scope.ALL
    until: date | None = None
    reason: Text = Field("", max_length=300)


class BookingFilters(Paging):
    resource: int | None = None
    since: date | None = None
    until: date | None = None
    mine: bool = False


def shape(account: Any, bookings: Iterable[Booking], occurrences: Sequence[Occurrence]) -> Any:
    times: dict[int, list[Occurrence]] = {}
    for one in occurrences:
        times.setdefault(one.booking_id, []).append(one)
    for booking in bookings:
        hides = not booking.tells(account.person_id)
        yield {
            "id": booking.pk,
            "uid": str(booking.uid),
            "resource": booking.resource_id,
            "site": booking.resource.site.code,
            "title": title_of(booking, account),
            "private": booking.is_private,
            "company": booking.company_id,
            "organiser": booking.organiser.name,
            "attendees": booking.attendees,
            "note": "" if hides else booking.note,
            "start": written(booking.starts),
            "end": written(booking.ends),
            "zone": booking.zone,
            "rrule": booking.rule,
            "occurrences": [
                {
                    "id": written(one.recurs_at),
                    "start": written(one.starts),
                    "end": written(one.ends),
                    "resource": one.resource_id,
                    "status": one.status,
                }
                for one in times.get(booking.pk, [])
            ],
        }


def one_shape(account: Any, booking: Booking) -> tuple[dict[str, Any], str]:
    """As it is now, and its ETag: what was changed since another was given makes that one stale."""
    times = list(booking.occurrences.order_by("starts", "pk"))
    marks = [(one.pk, one.sequence, one.status) for one in times]
    text = repr((booking.pk, booking.title, booking.attendees, booking.note, booking.is_private, marks))
    etag = f'"{hashlib.sha256(text.encode()).hexdigest()[:32]}"'
    return next(iter(shape(account, [booking], times))), etag
