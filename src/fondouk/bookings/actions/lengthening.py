"""Staying longer, or leaving early: another end for one time, also while it is under way."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from fondouk.audit.actions import record
from fondouk.bookings import refusals, verbs
from fondouk.bookings.enums import Audience, Scope, Status
from fondouk.bookings.models import Booking, Occurrence
from fondouk.bookings.pricing import Price
from fondouk.bookings.queries import LONGER, clock_at, terms_for
from fondouk.bookings.signals import occurrences_moved
from fondouk.bookings.wishes import Span, TooLate, Unavailable, Wish
from fondouk.lib.saving import retried_or
from fondouk.people.models import Person
from fondouk.spaces.actions import Taken

from .booking import is_on_step, refuse_no_times
from .changing import affected, locked, rewrite_times
from .holding import clashes_with
from .limiting import refuse_over_quota
from .paying import due_now, price_again

MINUTE = timedelta(minutes=1)


def now_on(occurrence: Occurrence, moment: datetime) -> datetime:
    """What the clock of its site says then, to the minute."""
    return clock_at(occurrence.resource.site, moment)


def is_now(occurrence: Occurrence, ends: datetime, moment: datetime) -> bool:
    """Whether that is this minute, or the next."""
    return timedelta(0) <= ends - now_on(occurrence, moment) <= MINUTE


def end_now(
    occurrence: Occurrence, *, audience: Audience, by: Person, now: datetime | None = None
) -> Occurrence:
    """What is under way is over since this minute began. Raises as `change_end` does, `TooLate` for what has not begun."""
    moment = now or timezone.now()
    if occurrence.during.lower > moment:
        raise TooLate(occurrence.booking)
    ends = min(max(now_on(occurrence, moment), occurrence.starts + MINUTE), occurrence.ends)
    return change_end(occurrence, ends=ends, audience=audience, by=by, now=moment)


def stay_longer(occurrence: Occurrence, *, audience: Audience, by: Person) -> Occurrence:
    """By `LONGER`. Raises as `change_end` does."""
    return change_end(occurrence, ends=occurrence.ends + LONGER, audience=audience, by=by)


@retried_or(Unavailable)
def change_end(
    occurrence: Occurrence,
    *,
    ends: datetime,
    audience: Audience,
    by: Person,
    sequence: int | None = None,
    now: datetime | None = None,
) -> Occurrence:
    """Let it end at `ends`, on the clock of the wall, which is still to come. Its start stays. What is over now (`end_now`)
    minds neither steps nor the shortest time.

    What it costs is worked out again, but for one that ends earlier once it has begun, or when it could not be cancelled for
    nothing any more (unless the park does it).

    Raises `ValidationError`, `Unavailable`, `Stale` and `TooLate` as `move` does.
    """
    moment = now or timezone.now()
    spans: list[Span] = []
    try:
        with transaction.atomic():
            booking, current = locked(occurrence, sequence)
            affected(booking, current, Scope.THIS, None, moment)
            is_longer = ends > current.ends
            span = Span.of(current.recurs_at, current.starts, ends, booking.zone)
            wish = Wish(
                current.resource, current.starts, ends, booking.title, booking.organiser, booking.company
            )
            terms = terms_for(wish, audience)
            is_over = not is_longer and current.during.lower <= moment and is_now(current, ends, moment)
            if ends <= current.starts or (not is_over and span.last is not None and span.last <= moment):
                raise ValidationError({"ends": _("It ends before it starts, or this time is past.")})
            if is_longer and terms.needs_approval and current.status == Status.BOOKED:
                raise ValidationError({"ends": _("A longer time needs approval: ask the park for it.")})
            if not is_over and not is_on_step(ends, terms):
                raise ValidationError({"ends": refusals.ends_in_steps(terms.step_minutes)})
            if not is_over and wish.length < terms.shortest:
                raise ValidationError({"ends": refusals.at_least(terms.shortest_minutes)})
            if is_longer and wish.length > terms.longest:
                raise ValidationError({"ends": refusals.at_most(terms.longest_minutes)})
            if is_longer:
                refuse_no_times(wish, terms, [span])
                refuse_over_quota(wish, audience, [span], but=[current.pk])
            kept = current.cost
            if is_longer or current.during.lower > moment:
                price_again(booking, [current], current.resource, terms, [span])
            if kept is not None and _is_owed(booking, current, audience, moment, kept):
                current.cost = kept
            spans = [span]
            rewrite_times(
                booking,
                [current],
                spans,
                current.resource,
                [Status(current.status)],
                current.setup_minutes,
                current.cleanup_minutes,
            )
            occurrences_moved.send(sender=Booking, occurrences=[current])
            record(
                verbs.LENGTHENED if is_longer else verbs.SHORTENED, booking, by=by, title=booking.open_title
            )
            return current
    except Taken as taken:
        setup = timedelta(minutes=occurrence.setup_minutes)
        cleanup = timedelta(minutes=occurrence.cleanup_minutes)
        raise Unavailable(clashes_with(spans, taken.conflicts, setup, cleanup)) from taken


def _is_owed(booking: Booking, one: Occurrence, audience: Audience, moment: datetime, kept: Price) -> bool:
    """Whether what was agreed stays, though it would cost less now: it was too late to cancel it for nothing, so that an end
    that is put earlier, or earlier and then a little later, spares nothing. The park may do so.
    """
    is_less = one.price is None or one.price < kept.amount
    return is_less and audience != Audience.STAFF and bool(due_now(booking, one, kept, moment))
