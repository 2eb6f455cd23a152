"""Booking a space: once or again and again, at once or after somebody has approved it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime, time, timedelta
from decimal import Decimal
from itertools import pairwise
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fondouk.audit.actions import record
from fondouk.bookings import refusals, verbs
from fondouk.bookings.enums import Audience, Status
from fondouk.bookings.models import Booking, Decision, Occurrence, SkippedDate
from fondouk.bookings.pricing import ZERO, Price
from fondouk.bookings.queries import closed_at, prices, standing, terms_for
from fondouk.bookings.signals import occurrences_booked
from fondouk.bookings.terms import Terms
from fondouk.bookings.wishes import Clash, KeyReused, PriceChanged, Span, Stale, TooLate, Unavailable, Wish
from fondouk.lib.recurrence import BrokenRule
from fondouk.lib.saving import retried_or
from fondouk.lib.zones import zones_version
from fondouk.people.models import Person
from fondouk.spaces.actions import Taken, claim
from fondouk.spaces.models import Resource

from .holding import KIND, clashes_with, taken_of, wanted
from .letters import DECLINED, GRANTED, tell
from .limiting import refuse_over_quota
from .paying import give_back, set_aside

TITLE = 160
ROLLING = timedelta(days=548)
"""How far ahead a series is written: eighteen months."""
MINUTES = timedelta(minutes=5)
"""Since when it may have begun that is booked at the door: who reads a page takes that long."""
MOMENT = timedelta(microseconds=1)
LAST_MINUTE = time(23, 59)
"""As people write midnight at the end of a day."""
RULES = {
    "syntax": gettext_lazy("This is no rule that calendars know."),
    "part": gettext_lazy("This is no rule that calendars know."),
    "frequency": gettext_lazy("A booking repeats by the day, the week, the month or the year."),
    "endless": gettext_lazy("Say until when it repeats, or how often."),
    "long": gettext_lazy("It repeats for ten years at most."),
    "many": gettext_lazy("That is too often: 1,500 times at most."),
    "none": gettext_lazy("It ends before it begins."),
}


@retried_or(Unavailable)
def book(
    wish: Wish,
    *,
    audience: Audience,
    by: Person,
    skip: Collection[datetime] = (),
    wait: Collection[datetime] = (),
    key: str | None = None,
    price_seen: Decimal | None = None,
    is_begun: bool = False,
    now: datetime | None = None,
) -> Booking:
    """Book all times of the wish, but for those (their local starts) in `skip`: all of it, or nothing is written. Those in
    `wait` that are taken are put on the waiting list instead.

    Rows are written `ROLLING` ahead; what repeats longer goes on as time goes by (`extend_series`).

    Sent again with the same `key` it is the same booking. `is_begun`: somebody stands at the door now.

    Raises `ValidationError` for what can be told beside a field,
    `Unavailable` with every time that cannot be had, `KeyReused` when the key stands for another wish, `PriceChanged` when
    it costs more in all than `price_seen`.
    """
    digest = wish.digest(sorted(one.isoformat() for one in skip), bool(wait), str(price_seen))
    if key and (known := _sent_before(digest, by, key)):
        return known
    kept = standing()
    terms_then = terms_for(wish, audience, kept)
    moment = now or timezone.now()
    spans = checked(wish, terms_then, skip, moment, is_begun=is_begun)
    costs = prices(wish.resource, wish.company.pk if wish.company else None, terms_then, spans, kept)
    total = sum((cost.amount for cost in costs if cost), ZERO)
    if price_seen is not None and total > price_seen:
        raise PriceChanged(total)
    reached = within_reach(spans, moment)
    later = spans[len(reached)].recurs_at if len(reached) < len(spans) else None
    spans, costs = reached, costs[: len(reached)]
    try:
        with transaction.atomic():
            refuse_over_quota(wish, audience, spans, kept=kept)
            return _write(wish, terms_then, spans, costs, skip, wait, later, by=by, key=key, digest=digest)
    except Taken as taken:
        setup = timedelta(minutes=terms_then.setup_minutes)
        cleanup = timedelta(minutes=terms_then.cleanup_minutes)
        raise Unavailable(clashes_with(spans, taken.conflicts, setup, cleanup)) from taken
    except IntegrityError as error:
        # The same request, sent twice at once: the other has come first.
        if key and (known := _sent_before(digest, by, key)):
            return known
        raise error


def within_reach(spans: Sequence[Span], now: datetime) -> list[Span]:
    """Those of these times that are written as rows now; the first at least."""
    last = (now + ROLLING).replace(tzinfo=None)
    return [span for place, span in enumerate(spans) if place == 0 or span.starts <= last]


def _sent_before(digest: str, by: Person, key: str) -> Booking | None:
    known = Booking.objects.filter(made_by=by, request_key=key).first()
    if known is not None and known.request_digest != digest:
        raise KeyReused
    return known


def checked(
    wish: Wish, terms: Terms, skip: Collection[datetime], now: datetime, *, is_begun: bool = False
) -> list[Span]:
    """The times that are to be booked. Raises `ValidationError` beside a field, or `Unavailable` for times that are no
    times, or when the site is closed.
    """
    problems: dict[str, Any] = {}
    if wish.ends <= wish.starts:
        raise ValidationError({"ends": _("It ends before it starts.")})
    try:
        spans = [span for span in wish.spans() if span.recurs_at not in skip]
    except BrokenRule as broken:
        raise ValidationError({"rule": RULES[broken.reason]}) from broken
    if not spans:
        raise ValidationError({"rule": _("Nothing is left of it.")})
    if begins_before_it_ends(spans):
        raise ValidationError({"rule": _("It begins again before it has ended.")})
    if not terms.is_allowed:
        problems["resource"] = _("You may not book this space.")
    if not wish.title.strip() or len(wish.title) > TITLE:
        problems["title"] = refusals.title(TITLE)
    if said := out_of_use(wish.resource, spans):
        problems["resource"] = said
    if wish.attendees and wish.resource.capacity and wish.attendees > wish.resource.capacity:
        problems["attendees"] = refusals.capacity(wish.resource.capacity, is_pool=wish.resource.is_pool)
    problems |= of_time(wish, terms, spans, now, is_begun=is_begun)
    if problems:
        raise ValidationError(problems)
    refuse_no_times(wish, terms, spans)
    return spans


def out_of_use(resource: Resource, spans: Sequence[Span]) -> str:
    """Why it cannot be had at one of these times, or ""."""
    begins, ends = resource.in_use_from, resource.withdrawn_on
    if begins is not None and any(span.starts.date() < begins for span in spans):
        return refusals.not_yet(begins)
    if ends is not None and any((span.ends - MOMENT).date() >= ends for span in spans):
        return _("This space is out of use.") if resource.is_gone else refusals.no_more(ends)
    return ""


def refuse_no_times(wish: Wish, terms: Terms, spans: Sequence[Span]) -> None:
    """Raise `Unavailable` for times that the clock jumps over, and for those when the site is closed."""
    clashes = [Clash(span, "jumped") for span in spans if not span.is_real]
    if terms.within_hours:
        real = [span for span in spans if span.is_real]
        clashes += [Clash(span, "closed") for span in closed_at(wish.resource.site, real)]
    if clashes:
        raise Unavailable(sorted(clashes, key=lambda clash: clash.span.starts))


def is_on_step(local: datetime, terms: Terms) -> bool:
    return not local.second and (local.hour * 60 + local.minute) % terms.step_minutes == 0


def begins_before_it_ends(spans: Sequence[Span]) -> bool:
    """Whether two of these times overlap."""
    return any(later.starts < earlier.ends for earlier, later in pairwise(spans))


def of_time(
    wish: Wish, terms: Terms, spans: Sequence[Span], now: datetime, *, is_begun: bool = False
) -> dict[str, str]:
    """What is wrong with these times, by field."""
    first, last = spans[0].first, spans[-1].last
    problems: dict[str, str] = {}
    if wish.length < terms.shortest:
        problems["ends"] = refusals.at_least(terms.shortest_minutes)
    if wish.length > terms.longest:
        problems["ends"] = refusals.at_most(terms.longest_minutes)
    if not is_begun and not is_on_step(wish.starts, terms):
        problems["starts"] = refusals.in_steps(terms.step_minutes)
    elif not is_on_step(wish.ends, terms) and wish.ends.time() != LAST_MINUTE:
        problems.setdefault("ends", refusals.ends_in_steps(terms.step_minutes))
    if first is not None and first <= (now - MINUTES if is_begun else now):
        problems["starts"] = _("This time is past.")
    elif first is not None and first < now + terms.notice and not (is_begun and not terms.notice_minutes):
        problems["starts"] = refusals.notice(terms.notice_minutes)
    if last is not None and last > now + terms.horizon:
        problems["rule" if wish.rule else "starts"] = refusals.horizon(terms.horizon_days)
    return problems


def _write(
    wish: Wish,
    terms: Terms,
    spans: Sequence[Span],
    costs: Sequence[Price | None],
    skip: Collection[datetime],
    wait: Collection[datetime],
    later: datetime | None,
    *,
    by: Person,
    key: str | None,
    digest: str,
) -> Booking:
    booking = Booking.objects.create(
        resource=wish.resource,
        company=wish.company,
        organiser=wish.organiser,
        title=wish.title,
        is_private=wish.is_private,
        attendees=wish.attendees,
        note=wish.note,
        starts=wish.starts,
        ends=wish.ends,
        zone=wish.resource.site.zone,
        rule=str(wish.rule) if wish.rule else "",
        goes_on_at=later,
        made_by=by,
        request_key=key or None,
        request_digest=digest,
    )
    status = Status.REQUESTED if terms.needs_approval else Status.BOOKED
    hoped = [span for span in spans if span.recurs_at in wait] if status == Status.BOOKED else []
    waiting = {span.recurs_at for span in taken_of(wish.resource, hoped, terms)}
    occurrences = write_times(booking, terms, spans, costs, status, waiting)
    if skip and wish.rule:
        left_out = {span.recurs_at for span in wish.spans()}.intersection(skip)
        SkippedDate.objects.bulk_create(
            SkippedDate(booking=booking, recurs_at=when) for when in sorted(left_out)
        )
    held = [one for one in occurrences if one.status == Status.BOOKED]
    take(booking, held)
    verb = verbs.REQUESTED if terms.needs_approval else verbs.BOOKED if held else verbs.WAITS
    record(verb, booking, by=by, title=booking.open_title)
    booking.written = occurrences
    return booking


def write_times(
    booking: Booking,
    terms: Terms,
    spans: Sequence[Span],
    costs: Sequence[Price | None],
    status: str,
    waiting: Collection[datetime] = (),
) -> list[Occurrence]:
    """Rows for these times of a booking in its space, those in `waiting` (local starts) on the waiting list. Nothing is held
    yet.
    """
    version = zones_version()
    return Occurrence.objects.bulk_create(
        Occurrence(
            booking=booking,
            recurs_at=span.recurs_at,
            resource=booking.resource,
            starts=span.starts,
            ends=span.ends,
            during=DateTimeTZRange(span.first, span.last, "[)"),
            zones=version,
            setup_minutes=terms.setup_minutes,
            cleanup_minutes=terms.cleanup_minutes,
            grace_minutes=terms.grace_minutes,
            status=Status.WAITING if span.recurs_at in waiting else status,
            price=cost.amount if cost else None,
            priced=cost.kept() if cost else None,
        )
        for span, cost in zip(spans, costs, strict=True)
    )


def take(booking: Booking, occurrences: Sequence[Occurrence]) -> None:
    """Hold the spaces of what is booked now, and credits for it. Raises `Taken`."""
    if not occurrences:
        return
    claim(KIND, wanted(booking, occurrences))
    give_back(occurrences)
    set_aside(booking, occurrences)
    occurrences_booked.send(sender=Booking, booking=booking, occurrences=list(occurrences))


def stamp_of(asked: Sequence[Occurrence]) -> int:
    """Another number once any of them has changed, or one has come or gone."""
    return sum(one.sequence + 1 for one in asked)


@retried_or(Unavailable)
def decide(
    booking: Booking, *, is_granted: bool, reason: str = "", by: Person, stamp: int | None = None
) -> Decision:
    """Let a request through, or not. Two that exclude each other are never both granted: the second raises `Unavailable`.

    Raises `TooLate` where nothing is asked any more, `Stale` when what is asked (`stamp_of`) is not what was read.
    """
    try:
        with transaction.atomic():
            locked = Booking.objects.select_for_update().get(pk=booking.pk)
            rows = locked.occurrences.select_related("resource").filter(status=Status.REQUESTED)
            asked = list(rows.order_by("starts"))
            if not asked:
                raise TooLate(locked)
            if stamp is not None and stamp != stamp_of(asked):
                raise Stale(asked[0])
            status = Status.BOOKED if is_granted else Status.DECLINED
            locked.occurrences.filter(pk__in=[one.pk for one in asked]).update(status=status)
            for one in asked:
                one.status = status
            decision = Decision.objects.create(booking=locked, is_granted=is_granted, by=by, reason=reason)
            if is_granted:
                take(locked, asked)
            record(verbs.GRANTED if is_granted else verbs.DECLINED, locked, by=by, title=locked.open_title)
            tell(GRANTED if is_granted else DECLINED, locked, asked, by=by, reason=reason)
            return decision
    except Taken as taken:
        spans = [Span.of(one.recurs_at, one.starts, one.ends, booking.zone) for one in asked]
        setup, cleanup = (
            timedelta(minutes=getattr(asked[0], name)) for name in ("setup_minutes", "cleanup_minutes")
        )
        raise Unavailable(clashes_with(spans, taken.conflicts, setup, cleanup)) from taken
