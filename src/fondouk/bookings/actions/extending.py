"""Series that go on: as time goes by, their times become rows, `ROLLING` ahead."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from fondouk.audit.actions import record
from fondouk.bookings import verbs
from fondouk.bookings.enums import LIVE, Audience, Status
from fondouk.bookings.models import Booking, Occurrence, SkippedDate
from fondouk.bookings.queries import audience_of, closed_at, prices, terms_for
from fondouk.bookings.terms import Terms
from fondouk.bookings.wishes import Clash, Span, Wish
from fondouk.lib.recurrence import parse_rule
from fondouk.lib.saving import retried
from fondouk.spaces.actions import Taken

from .booking import ROLLING, out_of_use, take, write_times
from .holding import taken_of
from .letters import ENDED, LEFT_OUT, tell_dates

log = logging.getLogger(__name__)


def extend_series(*, now: datetime | None = None) -> int:
    """Write what has come within reach, each series in a transaction of its own. How many times were booked.

    A time that cannot be had any more (the space is taken, the site closed, the clock jumps over it) is left out, and its
    organiser is told. A series ends where whoever booked it may not book there any more.
    """
    moment = now or timezone.now()
    last = (moment + ROLLING).replace(tzinfo=None)
    keys = Booking.objects.filter(goes_on_at__lte=last).order_by("pk").values_list("pk", flat=True)
    booked = 0
    for key in list(keys):
        try:
            booked += _extend(key, last)
        except Taken:  # nobody knows of such a case: it must not stop the others
            log.exception("The series of booking %s cannot be written further", key)
    return booked


@retried
def _extend(key: int, last: datetime) -> int:
    with transaction.atomic():
        booking = Booking.objects.select_for_update().get(pk=key)
        if booking.goes_on_at is None or booking.goes_on_at > last:
            return 0
        rows = booking.occurrences.filter(status__in=LIVE).order_by("recurs_at")
        model = rows.filter(status=Status.BOOKED).last() or rows.last()
        wish = _wish(booking)
        terms = terms_for(wish, _audience(booking))
        if model is None or not terms.is_allowed or booking.resource.is_gone:
            return _end(booking, tells=model is not None)
        coming = [
            when for when in parse_rule(booking.rule).starts(booking.starts) if when >= booking.goes_on_at
        ]
        booking.goes_on_at = next((when for when in coming if when > last), None)
        booking.save(update_fields=["goes_on_at"])
        left_out = set(booking.skipped.values_list("recurs_at", flat=True))
        spans = [
            Span.of(when, when, when + wish.length, booking.zone)
            for when in coming
            if when <= last and when not in left_out
        ]
        missed = _missed(wish, terms, spans, model)
        return _write(booking, wish, terms, model, [one for one in spans if one not in missed], missed)


def _wish(booking: Booking) -> Wish:
    return Wish(
        booking.resource, booking.starts, booking.ends, booking.title, booking.organiser, booking.company
    )


def _audience(booking: Booking) -> Audience:
    """As whom it was booked, as that person stands today; the park itself for somebody without an account."""
    account: Any = getattr(booking.made_by, "account", None)
    return audience_of(account, booking.resource.site_id) if account else Audience.STAFF


def _missed(wish: Wish, terms: Terms, spans: Sequence[Span], model: Occurrence) -> dict[Span, Clash]:
    """What cannot be had of these times, and why."""
    found = {span: Clash(span, "jumped") for span in spans if not span.is_real}
    real = [span for span in spans if span.is_real]
    found |= {
        span: Clash(span, "closed")
        for span in (closed_at(wish.resource.site, real) if terms.within_hours else [])
    }
    found |= {
        span: Clash(span, "taken", said=said) for span in real if (said := out_of_use(wish.resource, [span]))
    }
    asked = [span for span in real if span not in found]
    if model.status == Status.BOOKED:
        found |= {span: Clash(span, "taken") for span in taken_of(wish.resource, asked, terms)}
        left = [span for span in asked if span not in found]
        found |= {span: Clash(span, "taken") for span in _in_each_others_way(left, terms)}
    return found


def _in_each_others_way(spans: Sequence[Span], terms: Terms) -> list[Span]:
    """Those that begin before the one that stays is over: since it was booked a rule has asked for more time between."""
    found, over = [], None
    for span in spans:
        begins, ends = span.slot(terms.setup_minutes, terms.cleanup_minutes)
        if over is not None and begins < over:
            found.append(span)
        else:
            over = ends
    return found


def _write(
    booking: Booking,
    wish: Wish,
    terms: Terms,
    model: Occurrence,
    spans: Sequence[Span],
    missed: dict[Span, Clash],
) -> int:
    costs = prices(wish.resource, booking.company_id, terms, spans)
    rows = write_times(booking, terms, spans, costs, model.status)
    SkippedDate.objects.bulk_create(
        [
            SkippedDate(booking=booking, recurs_at=one.recurs_at, reason=str(why)[:200])
            for one, why in missed.items()
        ],
    )
    if model.status == Status.BOOKED:
        take(booking, rows)
    if rows or missed:
        record(
            verbs.EXTENDED, booking, by=None, title=booking.open_title, times=len(rows), left_out=len(missed)
        )
    if missed:
        tell_dates(LEFT_OUT, booking, [span.starts for span in missed])
    return len(rows)


def _end(booking: Booking, *, tells: bool) -> int:
    ends = booking.goes_on_at
    booking.goes_on_at = None
    booking.save(update_fields=["goes_on_at"])
    record(verbs.SERIES_ENDED, booking, by=None, title=booking.open_title)
    if tells and ends is not None:
        tell_dates(ENDED, booking, [ends])
    return 0
