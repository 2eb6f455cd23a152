"""Prices of times that are booked, and the credits that are set aside for them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from decimal import Decimal

from fondouk.bookings.enums import Status
from fondouk.bookings.models import Booking, Occurrence
from fondouk.bookings.pricing import ZERO, Price
from fondouk.bookings.queries import needs, prices
from fondouk.bookings.terms import Terms
from fondouk.bookings.wishes import Span
from fondouk.credits.actions import hold, release
from fondouk.spaces.models import Resource

SECOND_THOUGHTS = timedelta(minutes=10)
CREDITS = ["hold", "credits"]


def set_aside(booking: Booking, occurrences: Sequence[Occurrence]) -> None:
    """Credits of the company for what is booked now, as far as they go."""
    priced = [one for one in occurrences if one.price and one.status == Status.BOOKED]
    if booking.company_id is None or not priced:
        return
    resource = priced[0].resource
    keyed = [
        (one.pk, Span.of(one.recurs_at, one.starts, one.ends, booking.zone), one.price) for one in priced
    ]
    found = hold(booking.company_id, needs(resource, keyed))  # type: ignore[arg-type]
    held = [one for one in priced if one.pk in found]
    for one in held:
        one.hold, one.credits = found[one.pk]
    Occurrence.objects.bulk_update(held, CREDITS, batch_size=500)


def give_back(occurrences: Sequence[Occurrence], *, but: dict[int, Decimal] | None = None) -> None:
    """What is set aside for these, but for so much of some of them, by key."""
    held = [one for one in occurrences if one.credits]
    if not held:
        return
    stays = {one.pk: min(one.credits, (but or {}).get(one.pk, ZERO)) for one in held}
    release([one.hold_id for one in held], but={one.hold_id: stays[one.pk] for one in held})  # type: ignore[misc]
    for one in held:
        one.credits = stays[one.pk]
    Occurrence.objects.bulk_update(held, CREDITS, batch_size=500)


def price_again(
    booking: Booking, occurrences: Sequence[Occurrence], place: Resource, terms: Terms, spans: Sequence[Span]
) -> None:
    """What these times cost now that they are others. To be saved by whoever moves them."""
    for one, price in zip(occurrences, prices(place, booking.company_id, terms, spans), strict=True):
        one.cost = price


def dues(booking: Booking, occurrences: Sequence[Occurrence], now: datetime) -> dict[int, Decimal]:
    """What is due all the same for each of these that is booked and cancelled now, by key. Nothing a moment after it was
    booked: that was a mistake.
    """
    return {
        one.pk: due_now(booking, one, cost, now)
        for one in occurrences
        if one.status == Status.BOOKED and (cost := one.cost)
    }


def due_now(booking: Booking, one: Occurrence, cost: Price, now: datetime) -> Decimal:
    """Of a time that costs so much."""
    if booking.made_at <= now < booking.made_at + SECOND_THOUGHTS:
        return ZERO
    return cost.due_when_cancelled(one.during.lower, now)
