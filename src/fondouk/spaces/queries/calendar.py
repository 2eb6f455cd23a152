"""Reading the calendar of occupation: what is free is what nobody claims.

A time is looked for first, in the index of all times (`claim_time`), and not room by room: at one moment there are at
most as many claims as parts. With a million claims on 500 parts a slot takes half a millisecond in the database, 52
weekly ones fifteen; room by room they took 40 and 1,800.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import Count
from django.utils import timezone

from fondouk.spaces.models import ResourcePart

Slot = tuple[datetime, datetime]
"""From when, until when: half-open."""

_TAKEN = (
    " FROM unnest(%s::timestamptz[], %s::timestamptz[]) WITH ORDINALITY AS w(starts, ends, n)"
    " JOIN spaces_claim c ON c.during && tstzrange(w.starts, w.ends, '[)') AND (c.expires_at IS NULL OR c.expires_at > %s)"
)


def taken(slots: Sequence[Slot]) -> list[set[int]]:
    """Keys of the parts that somebody claims at some time of each slot."""
    found: list[set[int]] = [set() for _slot in slots]
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT DISTINCT w.n, c.part_id{_TAKEN}", _asked(slots))
        for number, part in cursor.fetchall():
            found[number - 1].add(part)
    return found


def blocked(resources: Collection[int], slots: Sequence[Slot]) -> dict[int, list[int]]:
    """For each of these resources that is not free for all slots: the places (from 0) of those when it is not. A pool is
    free while one of its parts is.
    """
    if not resources or not slots:
        return {}
    sql = (
        f"SELECT m.resource_id, r.is_pool, array_agg(DISTINCT w.n - 1){_TAKEN}"
        " JOIN spaces_resourcepart m ON m.part_id = c.part_id JOIN spaces_resource r ON r.id = m.resource_id"
        " WHERE m.resource_id = ANY(%s) GROUP BY 1, 2"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, [*_asked(slots), list(resources)])
        found = cursor.fetchall()
    touched = {resource: places for resource, is_pool, places in found if is_pool}
    return {resource: places for resource, is_pool, places in found if not is_pool} | _full(touched, slots)


def _full(pools: Mapping[int, Sequence[int]], slots: Sequence[Slot]) -> dict[int, list[int]]:
    """Of spaces of which one part is given: the places of those slots when none is left, among the given ones."""
    if not pools:
        return {}
    asked = sorted({place for places in pools.values() for place in places})
    sizes = dict(
        ResourcePart.objects.filter(resource__in=pools).values_list("resource").annotate(Count("part"))
    )
    sql = (
        f"SELECT m.resource_id, w.n - 1, count(DISTINCT c.part_id){_TAKEN}"
        " JOIN spaces_resourcepart m ON m.part_id = c.part_id WHERE m.resource_id = ANY(%s) GROUP BY 1, 2"
    )
    found: dict[int, list[int]] = {}
    with connection.cursor() as cursor:
        cursor.execute(sql, [*_asked([slots[place] for place in asked]), list(pools)])
        for resource, number, held in cursor.fetchall():
            if held == sizes[resource]:
                found.setdefault(resource, []).append(asked[number])
    return found


def taken_next(resources: Collection[int], after: datetime, until: datetime) -> dict[int, datetime]:
    """When each of these resources is taken next, of those that are before `until`. Of a pool nobody can tell: who comes
    next takes another of its parts.
    """
    sql = (
        "SELECT m.resource_id, min(lower(c.during)) FROM spaces_claim c"
        " JOIN spaces_resourcepart m ON m.part_id = c.part_id"
        " JOIN spaces_resource r ON r.id = m.resource_id AND NOT r.is_pool"
        " WHERE c.during && tstzrange(%s, %s, '[)') AND lower(c.during) >= %s AND m.resource_id = ANY(%s)"
        " AND (c.expires_at IS NULL OR c.expires_at > %s) GROUP BY 1"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, [after, until, after, list(resources), timezone.now()])
        return dict(cursor.fetchall())


def _asked(slots: Sequence[Slot]) -> list[Any]:
    return [[start for start, _end in slots], [end for _start, end in slots], timezone.now()]
