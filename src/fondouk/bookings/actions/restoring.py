"""Taking a cancellation back, as long as nobody has taken the space meanwhile."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from itertools import compress

from django.db import transaction
from django.db.models import F

from fondouk.audit.actions import record
from fondouk.bookings import verbs
from fondouk.bookings.enums import LIVE, Audience, Status
from fondouk.bookings.models import Booking, Cancellation, Occurrence
from fondouk.bookings.wishes import Clash, Span, TooLate, Unavailable, Wish
from fondouk.lib.recurrence import parse_rule
from fondouk.lib.saving import retried_or
from fondouk.people.models import Person
from fondouk.spaces.actions import Taken

from .booking import out_of_use, take
from .holding import clashes_with
from .limiting import refuse_over_quota


@retried_or(Unavailable)
def restore(
    booking: Booking, before: Mapping[int, tuple[str, int]], *, audience: Audience, by: Person
) -> list[Occurrence]:
    """Make these occurrences of the booking, by key, what they were before they were cancelled: all, or nothing is written.
    `before` has the status of each then, and its sequence since: one that has changed afterwards is left alone.

    Raises `Unavailable` for those whose space is taken meanwhile, or that go beyond a quota by now, and `TooLate` where none
    of them is cancelled any more.
    """
    going: list[Occurrence] = []
    spans: list[Span] = []
    try:
        with transaction.atomic():
            locked = Booking.objects.select_for_update().get(pk=booking.pk)
            rows = locked.occurrences.filter(pk__in=before, status=Status.CANCELLED)
            rows = rows.select_related("resource").order_by("starts")
            going = [one for one in rows if before[one.pk][0] in LIVE and before[one.pk][1] == one.sequence]
            if not going:
                raise TooLate(locked)
            spans = [Span.of(one.recurs_at, one.starts, one.ends, booking.zone) for one in going]
            _refuse_gone(going, spans)
            for kind in sorted({one.resource.kind for one in going}):
                mine = [one.resource.kind == kind for one in going]
                place, some = next(compress(going, mine)).resource, list(compress(spans, mine))
                wish = Wish(place, some[0].starts, some[0].ends, "", locked.organiser, locked.company)
                refuse_over_quota(wish, audience, some)
            for one in going:
                one.status = Status(before[one.pk][0])
            for status in LIVE:
                keys = [one.pk for one in going if one.status == status]
                Occurrence.objects.filter(pk__in=keys).update(status=status, sequence=F("sequence") + 1)
            Cancellation.objects.filter(occurrence__in=[one.pk for one in going]).delete()
            held = [one for one in going if one.status == Status.BOOKED]
            take(locked, held)
            _go_on(locked, going)
            record(verbs.RESTORED, locked, by=by, title=locked.open_title, times=len(going))
            return going
    except Taken as taken:
        setup = timedelta(minutes=max(one.setup_minutes for one in going))
        cleanup = timedelta(minutes=max(one.cleanup_minutes for one in going))
        raise Unavailable(clashes_with(spans, taken.conflicts, setup, cleanup)) from taken


def _refuse_gone(going: Sequence[Occurrence], spans: Sequence[Span]) -> None:
    """Raise `Unavailable` for those whose space is out of use then."""
    clashes = [
        Clash(span, "gone", said=said)
        for one, span in zip(going, spans, strict=True)
        if (said := out_of_use(one.resource, [span]))
    ]
    if clashes:
        raise Unavailable(clashes)


def _go_on(booking: Booking, going: Sequence[Occurrence]) -> None:
    """A series whose last row is back is written further, as it was before."""
    last = booking.occurrences.order_by("-recurs_at").values_list("recurs_at", flat=True).first()
    if not booking.rule or booking.goes_on_at or last is None or last not in {one.recurs_at for one in going}:
        return
    later = [when for when in parse_rule(booking.rule).starts(booking.starts) if when > last]
    left_out = set(booking.skipped.values_list("recurs_at", flat=True))
    booking.goes_on_at = next((when for when in later if when not in left_out), None)
    booking.save(update_fields=["goes_on_at"])
