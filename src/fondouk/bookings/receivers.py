"""What bookings do when a space becomes free: the waiting list moves up; and what calendars hear of it."""

from __future__ import annotations

from typing import Any

from django.dispatch import receiver

from fondouk.bookings.actions import invite, promote, uninvite
from fondouk.bookings.models import Booking
from fondouk.bookings.signals import occurrences_booked, occurrences_cancelled, occurrences_moved
from fondouk.spaces.models import Claim
from fondouk.spaces.signals import claims_released


@receiver(claims_released, sender=Claim, dispatch_uid="bookings.promote")
def move_up(sender: Any, spans: Any, **_said: Any) -> None:
    promote(spans)


@receiver(occurrences_booked, sender=Booking, dispatch_uid="bookings.invite")
def invite_to(sender: Any, booking: Booking, **_said: Any) -> None:
    invite(booking)


@receiver(occurrences_moved, sender=Booking, dispatch_uid="bookings.invite_again")
def invite_again(sender: Any, occurrences: Any, former: Booking | None = None, **_said: Any) -> None:
    """`former`: the series that a part was taken out of."""
    for booking in {one.booking_id: one.booking for one in occurrences}.values():
        invite(booking)
    if former is not None:
        invite(former)


@receiver(occurrences_cancelled, sender=Booking, dispatch_uid="bookings.uninvite")
def take_back(sender: Any, occurrences: Any, **_said: Any) -> None:
    if occurrences:
        uninvite(occurrences[0].booking, occurrences)
