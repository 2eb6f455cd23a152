"""Taking a free room from this minute on."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from django.utils import timezone

from fondouk.bookings.actions import book, check_in
from fondouk.bookings.enums import Audience
from fondouk.bookings.models import Booking
from fondouk.bookings.queries import clock_at
from fondouk.bookings.wishes import Wish
from fondouk.companies.models import Company
from fondouk.people.models import Person
from fondouk.spaces.models import Resource


def book_now(
    resource: Resource,
    *,
    ends: datetime,
    starts: datetime | None = None,
    title: str,
    organiser: Person,
    audience: Audience,
    company: Company | None = None,
    key: str | None = None,
    price_seen: Decimal | None = None,
) -> Booking:
    """From this minute (or `starts`, some minutes ago, when the page was read) until `ends`, on the clock of the wall.

    Whoever takes it is there already. Raises as `book` does.
    """
    if key and (known := Booking.objects.filter(made_by=organiser, request_key=key).first()):
        return known  # the same tap, sent twice: the minute may be another
    wish = Wish(resource, starts or clock_at(resource.site), ends, title, organiser, company)
    booking = book(wish, audience=audience, by=organiser, key=key, price_seen=price_seen, is_begun=True)
    for one in booking.occurrences.booked().filter(during__contains=timezone.now()):
        check_in(one, by=organiser)
    return booking
