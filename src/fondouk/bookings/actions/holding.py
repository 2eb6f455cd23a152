"""From the clock on the wall to claims: how an occurrence holds its space."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.db.models import QuerySet

from fondouk.bookings.enums import Status
from fondouk.bookings.models import Booking, Occurrence
from fondouk.bookings.terms import Terms
from fondouk.bookings.wishes import Clash, Span
from fondouk.credits.actions import lock_credits
from fondouk.lib.prepared import Prepared
from fondouk.lib.zones import at_or_after, zones_version
from fondouk.spaces.actions import Taken, clashing, conflicts, lock_parts
from fondouk.spaces.claims import Wanted
from fondouk.spaces.models import Claim, Part, Resource, ResourcePart
from fondouk.spaces.queries import Slot

KIND = Occurrence.CLAIMS


class MadeOf(NamedTuple):
    """Keys of the parts of a space. Of a pool an occurrence holds one, of another space all."""

    parts: list[int]
    is_pool: bool


def _made_of(**conditions: Any) -> QuerySet[ResourcePart, tuple[int, int, bool]]:
    rows = ResourcePart.objects.filter(**conditions).order_by("part")
    return rows.values_list("resource", "part", "resource__is_pool")


MADE_OF = Prepared(lambda resource: _made_of(resource=resource), -7)


def parts_of(resources: Collection[int]) -> dict[int, MadeOf]:
    """By key of the space."""
    found = {key: MadeOf([], False) for key in resources}
    rows = MADE_OF(*resources) if len(resources) == 1 else _made_of(resource__in=resources)
    for resource, part, is_pool in rows:
        found[resource] = MadeOf([*found[resource].parts, part], is_pool)
    return found


def wanted(booking: Booking, occurrences: Sequence[Occurrence]) -> list[Wanted]:
    """What these occurrences of it claim, with the time to set up and to clean up: every part of their space, or the one of
    a pool that is chosen now and written down. Raises `Taken` where none of a pool is left.
    """
    made = parts_of({one.resource_id for one in occurrences})
    _choose(occurrences, made)
    return _wanted(booking, occurrences, made)


def _wanted(booking: Booking, occurrences: Iterable[Occurrence], made: Mapping[int, MadeOf]) -> list[Wanted]:
    label = label_of(booking.title, booking.is_private)
    return [
        Wanted(one.pk, part, *_slot(one), resource=one.resource_id, company=booking.company_id, label=label)
        for one in occurrences
        for part in ([one.part_id] if one.part_id else made[one.resource_id].parts)
    ]


def _slot(one: Occurrence) -> Slot:
    setup, cleanup = timedelta(minutes=one.setup_minutes), timedelta(minutes=one.cleanup_minutes)
    return one.during.lower - setup, one.during.upper + cleanup


def _choose(occurrences: Sequence[Occurrence], made: Mapping[int, MadeOf]) -> None:
    """Give each time in a pool one of its parts: the one it has, the same for all of them, or at least that of the time
    before. The parts stay locked until the transaction ends.
    """
    changed = [one for one in occurrences if one.part_id and not made[one.resource_id].is_pool]
    for one in changed:
        one.part = None
    for resource, (parts, is_pool) in made.items():
        mine = [one for one in occurrences if one.resource_id == resource] if is_pool else []
        if mine:
            changed += _given(mine, parts)
    named = Part.objects.in_bulk({one.part_id for one in changed if one.part_id})
    for one in changed:
        one.part = named.get(one.part_id)
    Occurrence.objects.bulk_update(changed, ["part"], batch_size=500)


def _given(mine: Sequence[Occurrence], parts: Sequence[int]) -> list[Occurrence]:
    """Those of these times that have another part of the pool now."""
    lock_parts(parts)
    own = {one.pk for one in mine}
    slots = [_slot(one) for one in mine]
    asked = [Wanted(one.pk, part, *slot) for one, slot in zip(mine, slots, strict=True) for part in parts]
    standing = [claim for claim in conflicts(asked) if not (claim.kind == KIND and claim.owner in own)]
    left = [set(parts) - {claim.part_id for claim in standing if _touches(claim, *slot)} for slot in slots]
    for slot, some in zip(slots, left, strict=True):
        if not some:
            raise Taken([claim for claim in standing if _touches(claim, *slot)])
    always = set.intersection(*left)
    changed, last = [], next((one.part_id for one in mine if one.part_id in always), None)
    for one, some in zip(mine, left, strict=True):
        kept = next((part for part in (last, one.part_id) if part in some), None)
        part = kept or min(always or some)
        if part != one.part_id:
            one.part_id = part
            changed.append(one)
        last = part
    return changed


def derive(keys: Collection[int]) -> list[Wanted]:
    """What these occurrences claim, worked out again from the clock on the wall, and written down: for `spaces.claims`.

    Where the clock now jumps over a time, that occurrence begins or ends at the jump.
    """
    rows = list(
        Occurrence.objects.filter(pk__in=keys, status=Status.BOOKED).select_related("booking").order_by("pk")
    )
    made, version = parts_of({one.resource_id for one in rows}), zones_version()
    found: list[Wanted] = []
    for one in rows:
        first, last = (at_or_after(local, one.booking.zone) for local in (one.starts, one.ends))
        one.during, one.zones = DateTimeTZRange(first, last, "[)"), version
        found += _wanted(one.booking, [one], made)
    Occurrence.objects.bulk_update(rows, ["during", "zones"], batch_size=500)
    return found


def taken_of(resource: Resource, spans: Sequence[Span], terms: Terms) -> list[Span]:
    """Those of these times when somebody holds a part of the space, or all of a pool. The parts stay locked until the
    transaction ends, so that what is said here holds until then, and whoever gives them back meanwhile has done so.
    """
    if not spans:
        return []
    parts, is_pool = parts_of({resource.pk})[resource.pk]
    lock_parts(parts)
    slots = [(span, *span.slot(terms.setup_minutes, terms.cleanup_minutes)) for span in spans if span.is_real]
    asked = [Wanted(0, part, start, end) for _span, start, end in slots for part in parts]
    setup, cleanup = timedelta(minutes=terms.setup_minutes), timedelta(minutes=terms.cleanup_minutes)
    clashes = clashes_with(spans, conflicts(asked), setup, cleanup)
    return [
        clash.span
        for clash in clashes
        if not is_pool or len({claim.part_id for claim in clash.claims}) == len(parts)
    ]


def possible(occurrences: Sequence[Occurrence]) -> list[Occurrence]:
    """Those of these times for which the space is free now, or a part of a pool: in one question, and without a lock."""
    made = parts_of({one.resource_id for one in occurrences})
    pairs = [(one, part) for one in occurrences for part in made[one.resource_id].parts]
    clashes = clashing([Wanted(one.pk, part, *_slot(one)) for one, part in pairs])
    left = {one.pk: 0 for one in occurrences}
    for place, (one, _part) in enumerate(pairs):
        left[one.pk] += place not in clashes
    return [
        one
        for one in occurrences
        if left[one.pk]
        and (made[one.resource_id].is_pool or left[one.pk] == len(made[one.resource_id].parts))
    ]


def lock_first(booking: Booking, occurrences: Collection[Occurrence], places: Collection[int] = ()) -> None:
    """Before something of this booking comes free: hold its parts, those of further `places`, then its company's credits.

    What comes free goes to whoever waits for it, in the same transaction and under locks of theirs (`promoting`), which are
    taken without waiting. Nothing may be waited for after that: two who do so would wait for each other.
    """
    held = Claim.objects.of(KIND, [one.pk for one in occurrences]).values_list("part", flat=True)
    lock_parts({*held, *(part for made in parts_of(places).values() for part in made.parts)})
    if booking.company_id is not None:
        lock_credits([booking.company_id])


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
