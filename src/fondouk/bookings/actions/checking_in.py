"""Saying that one is there; and giving back what nobody has come to."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from fondouk.audit.actions import record
from fondouk.bookings import verbs
from fondouk.bookings.enums import Status
from fondouk.bookings.models import Booking, Cancellation, CheckIn, Occurrence
from fondouk.bookings.pricing import ZERO
from fondouk.bookings.queries import EARLY
from fondouk.bookings.signals import occurrences_cancelled
from fondouk.bookings.wishes import TooLate
from fondouk.lib.saving import retried
from fondouk.people.models import Person
from fondouk.spaces.actions import release

from .changing import locked
from .holding import KIND, lock_first
from .letters import MISSED, tell
from .paying import give_back


@retried
@transaction.atomic
def check_in(
    occurrence: Occurrence, *, by: Person | None, at: datetime | None = None, now: datetime | None = None
) -> CheckIn:
    """Somebody has come, at `at`: what a door without a network tells later counts from when they came. Once.

    Raises `TooLate` for what is over, cancelled or given back already, `ValidationError` long before it begins.
    """
    moment = now or timezone.now()
    came = min(at or moment, moment)
    booking, current = locked(occurrence, None)
    known = CheckIn.objects.filter(occurrence=current).first()
    if known is not None:
        return known
    if current.status != Status.BOOKED or current.during.upper <= came:
        raise TooLate(booking)
    if came < current.during.lower - EARLY:
        raise ValidationError(_("It is too early: from a quarter of an hour before it begins."))
    found = CheckIn.objects.create(occurrence=current, by=by, at=came)
    record(verbs.CHECKED_IN, booking, by=by, title=booking.open_title)
    return found


def release_missed(*, now: datetime | None = None) -> list[Occurrence]:
    """Give back what has begun and nobody has come to within its grace. Each in a transaction of its own."""
    moment = now or timezone.now()
    rows = Occurrence.objects.booked().filter(grace_minutes__gt=0, check_in=None)
    rows = rows.filter(during__contains=moment)
    late = [
        one.pk
        for one in rows.order_by("starts", "pk")
        if moment >= one.during.lower + timedelta(minutes=one.grace_minutes)
    ]
    return [one for key in late if (one := _missed(key, moment)) is not None]


@retried
@transaction.atomic
def _missed(key: int, moment: datetime) -> Occurrence | None:
    booking, current = locked(Occurrence(pk=key), None)
    if current.status != Status.BOOKED or CheckIn.objects.filter(occurrence=current).exists():
        return None
    lock_first(booking, [current])
    Occurrence.objects.filter(pk=key).update(status=Status.MISSED, sequence=F("sequence") + 1)
    current.status, current.sequence = Status.MISSED, current.sequence + 1
    due = current.cost.due_when_missed if current.cost else ZERO
    Cancellation.objects.create(occurrence=current, by=None, at=moment, due=due)
    release(KIND, [key])
    give_back([current], but={key: due})
    occurrences_cancelled.send(sender=Booking, occurrences=[current], reason="")
    record(verbs.MISSED, booking, by=None, title=booking.open_title)
    tell(MISSED, booking, [current], by=None)
    return current
