"""From the clock on the wall to claims: how an occurrence holds its space."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime, timedelta

from django.db.backends.postgresql.psycopg_any import DateTimeTZRange

from fondouk.bookings.enums import Status
from fondouk.bookings.models import Occurrence
from fondouk.bookings.terms import Terms
from fondouk.bookings.wishes import Clash, Span
from fondouk.lib.zones import at_or_after, zones_version
from fondouk.spaces.actions import conflicts, lock_parts
from fondouk.spaces.claims import Wanted
from fondouk.spaces.models import Claim, Resource, ResourcePart

KIND = Occurrence.CLAIMS


def parts_of(resources: Collection[int]) -> dict[int, list[int]]:
    """Keys of the parts by key of the resource."""
    found: dict[int, list[int]] = {key: [] for key in resources}
    rows = ResourcePart.objects.filter(resource__in=resources).order_by("part")
    for resource, part in rows.values_list("resource", "part"):
        found[resource].append(part)
    return found


def wanted(
    occurrences: Iterable[Occurrence], parts: dict[int, list[int]], company: int | None, label: str
) -> list[Wanted]:
    """What these occurrences claim: every part of their space, with the time to set up and to clean up."""
    return [
        Wanted(
            owner=one.pk,
            part=part,
            start=one.during.lower - timedelta(minutes=one.setup_minutes),
            end=one.during.upper + timedelta(minutes=one.cleanup_minutes),
            resource=one.resource_id,
            company=company,
            label=label,
        )
        for one in occurrences
        for part in parts[one.resource_id]
    ]


def derive(keys: Collection[int]) -> list[Wanted]:
    """What these occurrences claim, worked out again from the clock on the wall, and written down: for `spaces.claims`.

    Where the clock now jumps over a time, that occurrence begins or ends at the jump.
    """
    rows = list(
        Occurrence.objects.filter(pk__in=keys, status=Status.BOOKED).select_related("booking").order_by("pk")
    )
    parts, version = parts_of({one.resource_id for one in rows}), zones_version()
    found: list[Wanted] = []
    for one in rows:
        first, last = (at_or_after(local, one.booking.zone) for local in (one.starts, one.ends))
        one.during, one.zones = DateTimeTZRange(first, last, "[)"), version
        found += wanted(
            [one], parts, one.booking.company_id, label_of(one.booking.title, one.booking.is_private)
        )
    Occurrence.objects.bulk_update(rows, ["during", "zones"], batch_size=500)
    return found


def taken_of(resource: Resource, spans: Sequence[Span], terms: Terms) -> list[Span]:
    """Those of these times when somebody holds a part of the space. The parts stay locked until the transaction ends, so
    that what is said here holds until then, and whoever gives them back meanwhile has done so.
    """
    if not spans:
        return []
    parts = parts_of({resource.pk})[resource.pk]
    lock_parts(parts)
    slots = [(span, *span.slot(terms.setup_minutes, terms.cleanup_minutes)) for span in spans if span.is_real]
    asked = [Wanted(0, part, start, end) for _span, start, end in slots for part in parts]
    setup, cleanup = timedelta(minutes=terms.setup_minutes), timedelta(minutes=terms.cleanup_minutes)
    return [clash.span for clash in clashes_with(spans, conflicts(asked), setup, cleanup)]


def label_of(title: str, is_private: bool) -> str:
    return "" if is_private else title


def clashes_with(
    spans: Sequence[Span], claims: Sequence[Claim], setup: timedelta, cleanup: timedelta
) -> list[Clash]:
    """Which of these times are taken, and by which claims."""
    found = []
    for span in spans:
        if span.first is None or span.last is None:
            continue
        start, end = span.first - setup, span.last + cleanup
        mine = [one for one in claims if _touches(one, start, end)]
        if mine:
            found.append(Clash(span, "taken", mine))
    return found


def _touches(claim: Claim, start: datetime, end: datetime) -> bool:
    return (claim.start is None or claim.start < end) and (claim.end is None or start < claim.end)
