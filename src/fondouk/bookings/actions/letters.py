"""What is written to the organiser of a booking when somebody else decides on it, moves it or cancels it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from fondouk.bookings.models import Booking, Occurrence
from fondouk.lib.formats import format_moment
from fondouk.mail import notices
from fondouk.mail.actions import notify
from fondouk.people.models import Person
from fondouk.sites.models import Network

GRANTED = notices.register(
    "bookings.granted",
    _("Booking approved"),
    subject=_("Approved: %(space)s, %(when)s"),
    template="bookings/mail/told.txt",
)
DECLINED = notices.register(
    "bookings.declined",
    _("Booking declined"),
    subject=_("Declined: %(space)s, %(when)s"),
    template="bookings/mail/told.txt",
)
MOVED = notices.register(
    "bookings.moved",
    _("Booking moved"),
    subject=_("Moved: %(space)s, %(when)s"),
    template="bookings/mail/told.txt",
)
CANCELLED = notices.register(
    "bookings.cancelled",
    _("Booking cancelled"),
    subject=_("Cancelled: %(space)s, %(when)s"),
    template="bookings/mail/told.txt",
)
PROMOTED = notices.register(
    "bookings.promoted",
    _("Booked from the waiting list"),
    subject=_("It is yours: %(space)s, %(when)s"),
    template="bookings/mail/told.txt",
)
MISSED = notices.register(
    "bookings.missed",
    _("Nobody came to a booking"),
    subject=_("Released: %(space)s, %(when)s"),
    template="bookings/mail/told.txt",
)


LEFT_OUT = notices.register(
    "bookings.left_out",
    _("Dates of a series that could not be had"),
    subject=_("Not booked: %(space)s, %(when)s"),
    template="bookings/mail/told.txt",
)
ENDED = notices.register(
    "bookings.ended",
    _("A series that does not go on"),
    subject=_("It does not go on: %(space)s, %(when)s"),
    template="bookings/mail/told.txt",
)


def tell_dates(notice: str, booking: Booking, dates: Sequence[datetime]) -> None:
    """Of times that are no rows: to the organiser, in their language, once the transaction is committed."""
    reader = booking.organiser
    with translation.override(reader.language):
        when = format_moment(min(dates), reader.language)
    _write(notice, booking, booking.resource.code, when, len(dates) - 1)


def tell(
    notice: str, booking: Booking, times: Sequence[Occurrence], *, by: Person | None, reason: str = ""
) -> None:
    """In the organiser's language; nothing to whoever has done it (None where it comes of itself).

    Sent once the transaction is committed.
    """
    reader = booking.organiser
    if (by and reader.pk == by.pk) or not times:
        return
    first = min(times, key=lambda one: one.starts)
    with translation.override(reader.language):
        when = format_moment(first.starts, reader.language)
    _write(notice, booking, first.place, when, len(times) - 1, by=by, reason=reason)


def _write(
    notice: str,
    booking: Booking,
    space: str,
    when: str,
    others: int,
    *,
    by: Person | None = None,
    reason: str = "",
) -> None:
    reader = booking.organiser
    route = "member_booking" if booking.company_id else "booking"
    with translation.override(reader.language):
        link = settings.PUBLIC_URL + reverse(route, args=[booking.pk])
    notify(
        reader,
        notice,
        kind=notice,
        title=booking.title,
        space=space,
        site=booking.resource.site.full_name,
        when=when,
        others=others,
        by=by.name if by else "",
        reason=reason,
        link=link,
        network=str(Network.current()),
    )
