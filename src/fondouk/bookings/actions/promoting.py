"""The waiting list: whoever has waited longest gets what comes free, in the transaction that frees it.

That transaction holds locks already, and whoever waits for more while holding some may wait for ever. So nothing is waited
for there: what somebody else works on at this moment is looked at again once the transaction is committed, and now and then
(`promote_all`).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager, nullcontext
from datetime import datetime, timedelta
from functools import partial

from django.db import OperationalError, connection, transaction
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
from .holding import possible
from .letters import PROMOTED, tell

Span = tuple[int, datetime | None, datetime | None]
WIDEST = timedelta(days=1)
"""For the time to set up and to clean up, which is freed with it."""
BUSY = "55P03"
"""What PostgreSQL answers when a lock is not to be had in time."""


def promote(spans: Collection[Span], *, now: datetime | None = None) -> list[Occurrence]:
    """Book what waits for these parts and times (as `spaces.signals.claims_released` tells them), as far as it is free now:
    those first that have waited longest.
    """
    if not spans:
        return []
    known = [one for _part, *times in spans for one in times if one is not None]
    parts = {part for part, _start, _end in spans}
    rows = _waiting(now or timezone.now()).filter(resource__parts__in=parts)
    if len(known) == 2 * len(spans):
        rows = rows.filter(during__overlap=(min(known) - WIDEST, max(known) + WIDEST))
    keys = _in_line(rows)
    if not keys:
        return []
    found, busy = _promoted(keys, patient=False)
    if busy:
        transaction.on_commit(partial(_promoted, keys, patient=True), robust=True)
    return found


def promote_all(*, now: datetime | None = None) -> list[Occurrence]:
    """Whatever waits and is free: what `promote` had to leave. Each in a transaction of its own."""
    return _promoted(_in_line(_waiting(now or timezone.now())), patient=True)[0]


def _waiting(now: datetime) -> OccurrenceQuerySet:
    return Occurrence.objects.filter(status=Status.WAITING, during__startswith__gt=now)


def _in_line(rows: OccurrenceQuerySet) -> list[int]:
    """Keys of those for which there is room now, those first that have waited longest."""
    ordered = rows.order_by("booking__made_at", "booking", "starts", "pk")
    return [one.pk for one in possible(list(dict.fromkeys(ordered)))]


def _promoted(keys: Iterable[int], *, patient: bool) -> tuple[list[Occurrence], bool]:
    """Those that are booked now; and whether others could not be looked at without waiting for somebody."""
    found: list[Occurrence] = []
    busy = False
    for key in keys:
        try:
            one = _one(key, patient=patient)
        except OperationalError as error:
            if not is_deadlock(error) and getattr(error.__cause__, "sqlstate", "") != BUSY:
                raise
            busy = True
        else:
            if one is not None:
                found.append(one)
    return found, busy


def _one(key: int, *, patient: bool) -> Occurrence | None:
    """Booked, or None where it cannot be had."""
    try:
        with transaction.atomic(), nullcontext() if patient else _without_waiting():
            rows = Booking.objects.filter(occurrences=key).select_for_update(of=("self",))
            booking = rows.select_related("organiser", "company").first()
            if booking is None:
                return None
            mine = booking.occurrences.select_related("resource__site")
            one = mine.filter(pk=key, status=Status.WAITING).first()
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


@contextmanager
def _without_waiting() -> Iterator[None]:
    """Within a transaction: a lock that somebody else holds is an error at once."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('lock_timeout')")
        before = cursor.fetchone()[0]
        cursor.execute("SELECT set_config('lock_timeout', '1', true)")
        yield
        cursor.execute("SELECT set_config('lock_timeout', %s, true)", [before])


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
