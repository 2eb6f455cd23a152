"""What bookings do when others have done something: who waits moves up when a space becomes free, calendars hear of it, and
what is over is charged when a month is billed.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any

from django.dispatch import receiver
from django.utils.translation import gettext_lazy

from fondouk.billing import sources
from fondouk.billing.signals import lines_credited
from fondouk.bookings.actions import charge_bookings, invite, promote, release_charges, uninvite
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


@sources.register("bookings", gettext_lazy("Rooms and desks"))
def times_that_are_over(sites: Collection[int], since: date, before: date) -> int:
    return charge_bookings(sites, before)


@receiver(lines_credited, dispatch_uid="bookings.charged_anew")
def may_be_charged_anew(charges: Collection[int], **_said: Any) -> None:
    release_charges(charges)
