"""Moving and cancelling: one time of a series, those that follow, or all of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.db.models import ExpressionWrapper, F, Value
from django.utils import timezone
from django.utils.translation import gettext as _

from fondouk.audit.actions import record
from fondouk.bookings import refusals, verbs
from fondouk.bookings.enums import LIVE, Audience, Scope, Status
from fondouk.bookings.models import Booking, Cancellation, CheckIn, Occurrence, SkippedDate
from fondouk.bookings.pricing import ZERO
from fondouk.bookings.queries import terms_for
from fondouk.bookings.signals import occurrences_cancelled, occurrences_moved
from fondouk.bookings.wishes import PriceChanged, Span, Stale, TooLate, Unavailable, Wish
from fondouk.credits.actions import release as release_credits
from fondouk.lib.local import LocalDateTimeField
from fondouk.lib.recurrence import WEEKDAYS, Rule, parse_rule
from fondouk.lib.saving import retried, retried_or
from fondouk.lib.zones import zones_version
from fondouk.people.models import Person
from fondouk.spaces.actions import Taken, release, replace
from fondouk.spaces.models import Resource

from .booking import of_time, out_of_use, refuse_no_times
from .holding import KIND, clashes_with, lock_first, wanted
from .letters import CANCELLED, MOVED, tell
from .limiting import refuse_over_quota
from .paying import dues, give_back, price_again, set_aside

DAY = timedelta(days=1)
MOVED_FIELDS = [
    "starts", "ends", "resource", "during", "zones", "status", "setup_minutes", "cleanup_minutes", "grace_minutes",
    "sequence", "price", "priced", "credits", "part",
]  # fmt: skip


@retried
def cancel(
    occurrence: Occurrence,
    *,
    scope: Scope = Scope.THIS,
    until: date | None = None,
    reason: str = "",
    by: Person,
    is_waived: bool = False,
    sequence: int | None = None,
    now: datetime | None = None,
) -> list[Occurrence]:
    """Give back this time, this and those that follow (up to the day `until`), or all that are still to come.

    What its rule says is due all the same is written on each cancellation, unless that is waived; the credits that are not
    needed for it go back. Returns those cancelled, each with what it `was`.

    Raises `TooLate` when there are none, `Stale` when `sequence` is not the present one.
    """
    with transaction.atomic():
        booking, current = locked(occurrence, sequence)
        moment = now or timezone.now()
        going = affected(booking, current, scope, until, moment)
        keys = [one.pk for one in going]
        due = {} if is_waived else dues(booking, going, moment)
        lock_first(booking, going)
        Occurrence.objects.filter(pk__in=keys).update(status=Status.CANCELLED, sequence=F("sequence") + 1)
        for one in going:
            one.was, one.status, one.sequence = one.status, Status.CANCELLED, one.sequence + 1
        Cancellation.objects.bulk_create(
            Cancellation(occurrence=one, by=by, reason=reason, due=due.get(one.pk, ZERO)) for one in going
        )
        if scope != Scope.THIS:
            _stop(booking, until)
        release(KIND, keys)
        give_back(going, but=due)
        occurrences_cancelled.send(sender=Booking, occurrences=going, reason=reason)
        record(verbs.CANCELLED, booking, by=by, title=booking.open_title, times=len(going))
        tell(CANCELLED, booking, going, by=by, reason=reason)
        return going


def _stop(booking: Booking, until: date | None) -> None:
    """What of a series is no row yet is not written any more; up to the day `until` only where that is said."""
    if booking.goes_on_at is None:
        return
    if until is None:
        booking.goes_on_at = None
        booking.save(update_fields=["goes_on_at"])
        return
    later = [when for when in parse_rule(booking.rule).starts(booking.starts) if when >= booking.goes_on_at]
    left_out = set(booking.skipped.values_list("recurs_at", flat=True))
    SkippedDate.objects.bulk_create(
        SkippedDate(booking=booking, recurs_at=when)
        for when in later
        if when.date() <= until and when not in left_out
    )


def due_if_cancelled(
    occurrence: Occurrence, scope: Scope = Scope.THIS, until: date | None = None, now: datetime | None = None
) -> Decimal:
    """What would stay due, in all, if this were cancelled now; zero where there is nothing to cancel."""
    moment = now or timezone.now()
    try:
        going = affected(occurrence.booking, occurrence, scope, until, moment)
    except (TooLate, ValidationError):
        return ZERO
    return sum(dues(occurrence.booking, going, moment).values(), ZERO)


def locked(occurrence: Occurrence, sequence: int | None) -> tuple[Booking, Occurrence]:
    """The booking first, whoever changes any of its times; alone: a row that is locked together with those it refers to is
    not found any more when somebody changes the reference meanwhile (PostgreSQL, 13.2.1).
    """
    booking = Booking.objects.select_for_update().get(
        pk=Occurrence.objects.values_list("booking", flat=True).get(pk=occurrence.pk)
    )
    current = Occurrence.objects.select_related("resource__site").get(pk=occurrence.pk)
    has_moved = current.booking_id != booking.pk  # to a series of its own, while we waited
    if has_moved or (sequence is not None and sequence != current.sequence):
        raise Stale(current)
    return booking, current


def affected(
    booking: Booking, current: Occurrence, scope: Scope, until: date | None, now: datetime
) -> list[Occurrence]:
    """Live ones that are not over."""
    rows = booking.occurrences.filter(status__in=LIVE).order_by("recurs_at")
    if scope == Scope.THIS:
        rows = rows.filter(pk=current.pk)
    elif scope == Scope.FOLLOWING:
        rows = rows.filter(recurs_at__gte=current.recurs_at)
    found = [one for one in rows if one.during.upper > now and (until is None or one.starts.date() <= until)]
    if not found and until is not None and any(one.during.upper > now for one in rows):
        raise ValidationError({"until": _("All of these times are after that day.")})
    if not found:
        raise TooLate(current)
    return found


@retried_or(Unavailable)
def move(
    occurrence: Occurrence,
    *,
    starts: datetime,
    ends: datetime,
    resource: Resource | None = None,
    scope: Scope = Scope.THIS,
    until: date | None = None,
    audience: Audience,
    by: Person,
    sequence: int | None = None,
    price_seen: Decimal | None = None,
    now: datetime | None = None,
) -> list[Occurrence]:
    """To another time, another length, another space: this one, or it and others by as much.

    Those that were moved by themselves before stay where they were put. When only what follows in a series moves, it becomes
    a series of its own, and the old one ends before it; up to a day `until`, these times stay in it as exceptions. What
    could not be cancelled for nothing any more is moved by the park alone: a move would spare what is due.

    Raises `PriceChanged` where it costs more than before, and more than `price_seen`. All of it, or nothing is written:
    `ValidationError`, `Unavailable`, `TooLate` and `Stale` as elsewhere.
    """
    moment = now or timezone.now()
    spans: list[Span] = []
    setup = cleanup = timedelta(0)
    try:
        with transaction.atomic():
            booking, current = locked(occurrence, sequence)
            if until is not None and booking.goes_on_at and until >= booking.goes_on_at.date():
                raise ValidationError({"until": refusals.written_until(booking.goes_on_at.date())})
            going = affected(booking, current, scope, until, moment)
            # One that was moved by itself before: the others move to the time that is written now, not by as much.
            delta = starts - (current.starts if scope == Scope.THIS else current.recurs_at)
            length = ends - starts
            place = resource or current.resource
            wish = Wish(
                place,
                starts,
                ends,
                booking.title,
                booking.organiser,
                booking.company,
                attendees=booking.attendees,
            )
            if length <= timedelta(0):
                raise ValidationError({"ends": _("It ends before it starts.")})
            terms = terms_for(wish, audience)
            setup, cleanup = timedelta(minutes=terms.setup_minutes), timedelta(minutes=terms.cleanup_minutes)
            if scope != Scope.THIS:
                going = [one for one in going if one.pk == current.pk or one.starts == one.recurs_at]
                if not going:  # it is cancelled since it was read, and others were moved by themselves
                    raise TooLate(current)
            spans = [
                Span.of(one.recurs_at, begins, begins + length, booking.zone)
                for one in going
                for begins in (starts if one.pk == current.pk else one.starts + delta,)
            ]
            problems = of_time(wish, terms, spans, moment)
            if not terms.is_allowed:
                problems["resource"] = _("You may not book this space.")
            if audience != Audience.STAFF and (owed := sum(dues(booking, going, moment).values(), ZERO)):
                problems["starts"] = refusals.too_late_to_move(owed)
            if place.site_id != booking.resource.site_id:
                problems["resource"] = _("This space is on another site: cancel, and book there.")
            if place.capacity and booking.attendees and booking.attendees > place.capacity:
                problems["resource"] = refusals.capacity(place.capacity, is_pool=place.is_pool)
            if said := out_of_use(place, spans):
                problems["resource"] = said
            if problems:
                raise ValidationError(problems)
            refuse_no_times(wish, terms, spans)
            refuse_over_quota(wish, audience, spans, but=[one.pk for one in going])
            former = booking
            if booking.is_series and scope != Scope.THIS and until is None:
                booking = _split(booking, going, delta, length, place)
                for one in going:
                    one.booking, one.recurs_at = booking, one.recurs_at + delta
            # Whoever may book there without asking may not, by moving it, answer for somebody else who has asked.
            statuses = [
                Status.REQUESTED
                if terms.needs_approval or (audience == Audience.STAFF and one.status == Status.REQUESTED)
                else Status.BOOKED
                for one in going
            ]
            for one in going:
                one.grace_minutes = terms.grace_minutes
            CheckIn.objects.filter(occurrence__in=going).delete()  # they came to another time
            before = sum((one.price or ZERO for one in going), ZERO)
            price_again(booking, going, place, terms, spans)
            total = sum((one.price or ZERO for one in going), ZERO)
            if price_seen is not None and total > max(before, price_seen):
                raise PriceChanged(total)
            rewrite_times(booking, going, spans, place, statuses, terms.setup_minutes, terms.cleanup_minutes)
            parted = former if former.pk != booking.pk else None
            occurrences_moved.send(sender=Booking, occurrences=going, former=parted)
            record(verbs.MOVED, booking, by=by, title=booking.open_title, times=len(going))
            tell(MOVED, booking, going, by=by)
            return going
    except Taken as taken:
        raise Unavailable(clashes_with(spans, taken.conflicts, setup, cleanup)) from taken


def rewrite_times(
    booking: Booking,
    going: Sequence[Occurrence],
    spans: Sequence[Span],
    place: Resource,
    statuses: Sequence[Status],
    setup: int,
    cleanup: int,
) -> None:
    lock_first(booking, going, [place.pk])
    version = zones_version()
    for one, span, status in zip(going, spans, statuses, strict=True):
        one.starts, one.ends, one.resource = span.starts, span.ends, place
        one.during = DateTimeTZRange(span.first, span.last, "[)")
        one.zones, one.status = version, status
        one.setup_minutes, one.cleanup_minutes = setup, cleanup
        one.sequence += 1
    spent = [one.hold_id for one in going if one.hold_id and one.credits]
    for one in going:
        one.credits = ZERO
    held = [one for one in going if one.status == Status.BOOKED]
    for one in going:
        one.part_id = one.part_id if one.status == Status.BOOKED else None
    Occurrence.objects.bulk_update(going, MOVED_FIELDS, batch_size=500)
    replace(KIND, [one.pk for one in going], wanted(booking, held))
    release_credits(spent)
    set_aside(booking, held)
    if not booking.is_series:
        booking.starts, booking.ends, booking.resource = spans[0].starts, spans[0].ends, place
        booking.save(update_fields=["starts", "ends", "resource"])


def _split(
    booking: Booking,
    going: Sequence[Occurrence],
    delta: timedelta,
    length: timedelta,
    place: Resource,
) -> Booking:
    """The booking that the moved part of a series belongs to: itself when nothing stays behind."""
    first = min(going, key=lambda one: one.recurs_at)
    days = ((first.recurs_at + delta).date() - first.recurs_at.date()).days
    whole, goes_on_at = parse_rule(booking.rule), booking.goes_on_at
    rule = _shifted(whole, days)
    stays = booking.occurrences.exclude(pk__in=[one.pk for one in going])
    if not stays.filter(recurs_at__lt=first.recurs_at).exists():
        part = booking
    else:
        part = Booking(
            company=booking.company, organiser=booking.organiser, title=booking.title, is_private=booking.is_private,
            attendees=booking.attendees, note=booking.note, zone=booking.zone, made_by=booking.made_by,
            made_at=booking.made_at,
        )  # fmt: skip
        booking.rule, booking.goes_on_at = str(whole.until_day(first.recurs_at.date() - DAY)), None
        booking.save(update_fields=["rule", "goes_on_at"])
    last = max(one.recurs_at for one in booking.occurrences.filter(recurs_at__gte=first.recurs_at))
    if goes_on_at is not None:
        last = whole.starts(booking.starts)[-1]
    part.rule = str(rule.until_day((last + delta).date()))
    part.goes_on_at = goes_on_at + delta if goes_on_at is not None else None
    part.resource, part.starts = place, first.recurs_at + delta
    part.ends = part.starts + length
    part.save()
    # What was cancelled, left out or moved by itself goes with its series.
    later = ExpressionWrapper(F("recurs_at") + Value(delta), output_field=LocalDateTimeField())
    for rows in (booking.occurrences, booking.skipped):
        rows.filter(recurs_at__gte=first.recurs_at).update(booking=part, recurs_at=later)
    return part


def _shifted(rule: Rule, days: int) -> Rule:
    """The rule of a series that begins so many days later. Days of the week move with it; of a month they cannot."""
    parts = dict(rule.parts)
    if not days:
        return rule
    if parts.get("FREQ") == "WEEKLY" and "BYDAY" in parts:
        moved = {WEEKDAYS[(WEEKDAYS.index(day) + days) % 7] for day in parts["BYDAY"].split(",")}
        parts["BYDAY"] = ",".join(day for day in WEEKDAYS if day in moved)
        return Rule(tuple(parts.items()), rule.count, rule.until)
    if {"BYDAY", "BYMONTHDAY", "BYSETPOS", "BYMONTH"} & parts.keys():
        raise ValidationError({"starts": _("The days of this series follow the month: book the rest anew.")})
    return rule
