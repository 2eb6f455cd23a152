"""The waiting list: whoever has waited longest gets what comes free, in the transaction that frees it."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime

from django.db import OperationalError, transaction
from django.db.models import F, Q
from django.utils import timezone

from fondouk.audit.actions import record
from fondouk.bookings import verbs
from fondouk.bookings.enums import Status
from fondouk.bookings.models import Booking, Occurrence
from fondouk.bookings.models.booking import OccurrenceQuerySet
from fondouk.lib.saving import is_deadlock
from fondouk.spaces.actions import Taken

from .booking import take
from .letters import PROMOTED, tell

Span = tuple[int, datetime | None, datetime | None]


def promote(spans: Collection[Span], *, now: datetime | None = None) -> list[Occurrence]:
    """Book what waits for these parts and times (as `spaces.signals.claims_released` tells them), as far as it is free now:
    those first that have waited longest. What somebody is changing at this moment is left to `promote_all`.
    """
    if not spans:
        return []
    known = [one for _part, *times in spans for one in times if one is not None]
    parts = {part for part, _start, _end in spans}
    rows = _waiting(now or timezone.now()).filter(resource__parts__in=parts)
    if len(known) == 2 * len(spans):
        # Wider than what waits can be by a day, for the time to set up and to clean up.
        rows = rows.filter(during__overlap=(min(known), max(known)))
    return _promoted(rows.distinct())


def promote_all(*, now: datetime | None = None) -> list[Occurrence]:
    """Whatever waits and is free: what `promote` had to leave. Each in a transaction of its own."""
    return _promoted(_waiting(now or timezone.now()))


def _waiting(now: datetime) -> OccurrenceQuerySet:
    return Occurrence.objects.filter(status=Status.WAITING, during__startswith__gt=now)


def _promoted(rows: OccurrenceQuerySet) -> list[Occurrence]:
    keys = rows.values_list("pk", flat=True).order_by("booking__made_at", "booking", "starts")
    return [one for key in list(keys) if (one := _one(key)) is not None]


def _one(key: int) -> Occurrence | None:
    """Booked, or None where it cannot be had."""
    try:
        with transaction.atomic():
            # Whoever changes a booking locks it before its parts, which are locked here already: never wait for them.
            row = Booking.objects.filter(occurrences=key).select_for_update(skip_locked=True, of=("self",))
            booking = row.select_related("organiser", "company").first()
            if booking is None:
                return None
            rows = booking.occurrences.select_related("resource__site").filter(pk=key, status=Status.WAITING)
            one = rows.first()
            if one is None:
                return None
            one.status, one.sequence = Status.BOOKED, one.sequence + 1
            Occurrence.objects.filter(pk=key).update(status=Status.BOOKED, sequence=F("sequence") + 1)
            take(booking, [one])
            record(verbs.PROMOTED, booking, by=None, title=booking.open_title)
            tell(PROMOTED, booking, [one], by=None)
            return one
    except Taken:
        return None
    except OperationalError as error:
        if is_deadlock(error):
            return None
        raise


def lapse(*, now: datetime | None = None) -> int:
    """What has waited until it was too late. How many times."""
    moment = now or timezone.now()
    gone: Iterable[Booking] = Booking.objects.filter(_is_over(moment)).distinct()
    lapsed = 0
    for booking in gone:
        with transaction.atomic():
            Booking.objects.select_for_update().get(pk=booking.pk)
            rows = booking.occurrences.filter(status=Status.WAITING, during__startswith__lte=moment)
            times = rows.update(status=Status.LAPSED, sequence=F("sequence") + 1)
            if times:
                record(verbs.LAPSED, booking, by=None, title=booking.open_title, times=times)
                lapsed += times
    return lapsed


def _is_over(now: datetime) -> Q:
    return Q(occurrences__status=Status.WAITING, occurrences__during__startswith__lte=now)
