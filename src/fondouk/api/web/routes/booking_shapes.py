"""How the API writes bookings, and reads what is asked of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import date
from decimal import Decimal
from typing import Annotated, Any

from django.utils.crypto import salted_hmac
from ninja import Field, Schema
from pydantic import AfterValidator, ConfigDict

from fondouk.api.web.clock import written
from fondouk.api.web.paging import Paging
from fondouk.bookings.enums import Scope, Status
from fondouk.bookings.models import Booking, Occurrence
from fondouk.bookings.presentation import title_of

GONE = (Status.CANCELLED, Status.MISSED)
CENTIME = Decimal("0.01")


class LineOut(Schema):
    """A line of a price: so many minutes of a day at an `amount` for an hour, a day, once, or in percent of the space's own
    rate; cut to `cap` where there is one.
    """

    day: date
    start: str
    end: str
    minutes: int
    unit: str
    amount: Decimal
    total: Decimal
    name: str
    cap: Decimal | None


class PriceOut(Schema):
    """Before tax, as it was when it was booked. `credits` are set aside for it, `due` stays due after a cancellation."""

    amount: Decimal
    currency: str
    credits: Decimal
    to_pay: Decimal
    due: Decimal | None
    lines: list[LineOut]


class OccurrenceOut(Schema):
    """`start` and `end` on the clock of the site; `id` is the local start that the rule gave it (RECURRENCE-ID).

    `place`: which one of a zone was given.
    """

    id: str
    start: str
    end: str
    resource: int
    place: str | None
    status: str
    price: PriceOut | None


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


def _kept(text: str) -> str:
    """No database keeps a NUL, and nobody means one; half a sign (a lone surrogate) is no text."""
    text.encode()
    return text.replace("\x00", "")


Text = Annotated[str, AfterValidator(_kept)]


class Sent(Schema):
    """A name that is not known is refused: whoever writes it means something by it."""

    model_config = ConfigDict(extra="forbid")


class BookingIn(Sent):
    """`start` and `end` on the clock of the site, or with an offset. `skip`: local starts to leave out of a series.
    `waitlist`: wait for what is taken. `price`: what the reader was shown that it costs in all; refused when it is more.
    """

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
    waitlist: bool = False
    price: Decimal | None = None


class Change(Sent):
    """What is not sent stays. `occurrence` is its `id`, for one time of a series, and `scope` how far the change goes."""

    start: str | None = Field(None, max_length=40)
    end: str | None = Field(None, max_length=40)
    resource: int | None = None
    occurrence: str = Field("", max_length=40)
    scope: Scope = Scope.THIS
    until: date | None = None
    title: Text | None = Field(None, max_length=200)
    attendees: int | None = Field(None, ge=1, le=100_000)
    note: Text | None = Field(None, max_length=2000)
    private: bool | None = None


class Going(Schema):
    """`scope`: that time alone where `occurrence` names one, else all of it."""

    occurrence: str = Field("", max_length=40)
    scope: Scope | None = None
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
                    "place": one.part.code if one.part else None,
                    "status": one.status,
                    "price": _price(one),
                }
                for one in times.get(booking.pk, [])
            ],
        }


def _price(one: Occurrence) -> dict[str, Any] | None:
    cost = one.cost
    if cost is None:
        return None
    gone = getattr(one, "cancellation", None) if one.status in GONE else None
    return {
        "amount": _exact(cost.amount),
        "currency": "MAD",
        "credits": _exact(one.credits),
        "to_pay": _exact(one.to_pay),
        "due": gone.due if gone else None,
        "lines": [
            {**asdict(line), "start": f"{line.starts:%H:%M}", "end": f"{line.ends:%H:%M}"}
            for line in cost.lines
        ],
    }


def _exact(amount: Decimal) -> Decimal:
    """To the centime, as the database keeps it."""
    return amount.quantize(CENTIME)


def one_shape(account: Any, booking: Booking) -> tuple[dict[str, Any], str]:
    """As it is now, and its ETag: what was changed since another was given makes that one stale."""
    times = sorted(booking.written or (), key=lambda one: (one.starts, one.pk))
    times = times or list(booking.occurrences.select_related("cancellation", "part").order_by("starts", "pk"))
    marks = [(one.pk, one.sequence, str(one.status), str(_exact(one.credits))) for one in times]
    text = repr((booking.pk, booking.title, booking.attendees, booking.note, booking.is_private, marks))
    etag = f'"{salted_hmac("api.booking", text).hexdigest()[:32]}"'  # nobody tries out what a private title may be
    return next(iter(shape(account, [booking], times))), etag
