"""What happens below, put into messages."""

from __future__ import annotations

from typing import Any

from django.dispatch import receiver

from fondouk.bookings.models import Booking
from fondouk.bookings.signals import occurrences_booked, occurrences_cancelled, occurrences_moved
from fondouk.reception.models import Visit
from fondouk.reception.signals import visit_announced, visit_arrived, visit_cancelled, visit_left
from fondouk.requests.models import Request
from fondouk.requests.signals import request_opened, request_stepped
from fondouk.webhooks import shapes
from fondouk.webhooks.actions import announce
from fondouk.webhooks.enums import Kind


@receiver(occurrences_booked, sender=Booking, dispatch_uid="webhooks.booked")
def booked(sender: Any, booking: Booking, occurrences: Any, **_said: Any) -> None:
    announce(Kind.BOOKING_CREATED, booking.resource.site_id, lambda: shapes.booking(booking, occurrences))


@receiver(occurrences_moved, sender=Booking, dispatch_uid="webhooks.moved")
def moved(sender: Any, occurrences: Any, **_said: Any) -> None:
    _of_each(Kind.BOOKING_MOVED, occurrences)


@receiver(occurrences_cancelled, sender=Booking, dispatch_uid="webhooks.cancelled")
def cancelled(sender: Any, occurrences: Any, **_said: Any) -> None:
    _of_each(Kind.BOOKING_CANCELLED, occurrences)


def _of_each(kind: Kind, occurrences: Any) -> None:
    for booking in {one.booking_id: one.booking for one in occurrences}.values():
        times = [one for one in occurrences if one.booking_id == booking.pk]
        announce(kind, booking.resource.site_id, lambda one=booking, some=times: shapes.booking(one, some))  # type: ignore[misc]


VISITS = {
    visit_announced: Kind.VISIT_ANNOUNCED,
    visit_arrived: Kind.VISIT_ARRIVED,
    visit_left: Kind.VISIT_LEFT,
    visit_cancelled: Kind.VISIT_CANCELLED,
}


@receiver(list(VISITS), sender=Visit, dispatch_uid="webhooks.visit")
def visited(sender: Any, signal: Any, visit: Visit, **_said: Any) -> None:
    announce(VISITS[signal], visit.site_id, lambda: shapes.visit(visit))


REQUESTS = {request_opened: Kind.REQUEST_OPENED, request_stepped: Kind.REQUEST_STEPPED}


@receiver(list(REQUESTS), sender=Request, dispatch_uid="webhooks.request")
def asked(sender: Any, signal: Any, request: Request, **_said: Any) -> None:
    announce(REQUESTS[signal], request.site_id, lambda: shapes.request(request))
