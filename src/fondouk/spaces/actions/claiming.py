"""Taking parts and giving them back. Nobody else writes claims.

Whoever takes or gives back holds the advisory locks of the parts, in the order of their keys, until the transaction ends:
two who want some of the same rooms wait for each other instead of killing each other. That keeps order; what forbids two
claims on a part is the exclusion constraint, whatever writes them (PostgreSQL, 13.3.5 and 5.5.6).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime

from django.db import DatabaseError, IntegrityError, OperationalError, connection, transaction
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.utils import timezone
from django.utils.translation import gettext as _

from fondouk.lib.db import lock
from fondouk.lib.zones import zones_version
from fondouk.spaces.claims import OWNERS, Wanted
from fondouk.spaces.models import Claim, Displacement
from fondouk.spaces.signals import claims_released

LOCKS = 0x0F0D_C1A1 << 32
"""The advisory locks of parts: their keys within this range of numbers."""
EXCLUDED, DEADLOCK = "23P01", "40P01"
BATCH = 2000
MEETS = (
    " FROM unnest(%s::bigint[], %s::timestamptz[], %s::timestamptz[]) WITH ORDINALITY AS w(part, starts, ends, n)"
    " JOIN spaces_claim c ON int8range(c.part_id, c.part_id, '[]') && int8range(w.part, w.part, '[]')"
    " AND c.during && tstzrange(w.starts, w.ends, '[)')"
)
MANY = 1000
Span = tuple[int, datetime | None, datetime | None]
"""A part, from when, until when."""


class Taken(Exception):
    """Some of what is wanted is taken. `conflicts` are the claims in the way; none when their owner has just let go."""

    def __init__(self, conflicts: Sequence[Claim] = ()) -> None:
        super().__init__(f"{len(conflicts)} claims in the way")
        self.conflicts = list(conflicts)

    def __str__(self) -> str:
        return _("This space is taken then.")


def lock_parts(parts: Iterable[int]) -> None:
    """Hold the calendars of these parts until the transaction ends. In one statement, in the order of their keys."""
    keys = {LOCKS + part for part in parts}
    if len(keys) > MANY:
        # More than the server's table of locks may hold: the whole calendar waits.
        with connection.cursor() as cursor:
            cursor.execute("LOCK TABLE spaces_claim IN SHARE ROW EXCLUSIVE MODE")
        return
    lock(keys)


def conflicts(wanted: Sequence[Wanted], *, but: Collection[str] = ()) -> list[Claim]:
    """Live claims that stand in the way of these, the earliest first; those of the kinds `but` are not looked at."""
    if not wanted:
        return []
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT DISTINCT c.id{MEETS}", _columns(wanted))
        keys = [key for (key,) in cursor.fetchall()]
    if not keys:
        return []
    found = (
        Claim.objects.live()
        .filter(pk__in=keys)
        .exclude(kind__in=but)
        .select_related("part", "resource", "company")
    )
    return list(found.order_by("during", "pk"))


def clashing(wanted: Sequence[Wanted]) -> set[int]:
    """The places (from 0) of those of these that a live claim stands in the way of: quicker than knowing which."""
    if not wanted:
        return set()
    sql = f"SELECT DISTINCT w.n{MEETS} AND (c.expires_at IS NULL OR c.expires_at > %s)"
    with connection.cursor() as cursor:
        cursor.execute(sql, [*_columns(wanted), timezone.now()])
        return {number - 1 for (number,) in cursor.fetchall()}


def _columns(wanted: Sequence[Wanted]) -> list[list[object]]:
    return [[one.part for one in wanted], [one.start for one in wanted], [one.end for one in wanted]]


def claim(kind: str, wanted: Sequence[Wanted]) -> None:
    """Take all of it, or raise `Taken` and take nothing."""
    rewrite({kind: ((), wanted)})


def release(kind: str, owners: Collection[int]) -> None:
    """Give back whatever these records hold."""
    rewrite({kind: (owners, ())})


def replace(kind: str, owners: Collection[int], wanted: Sequence[Wanted]) -> None:
    """These records give back what they hold and take what is wanted instead: all of it, or `Taken` and nothing changes."""
    rewrite({kind: (owners, wanted)})


def rewrite(changes: Mapping[str, tuple[Collection[int], Sequence[Wanted]]]) -> None:
    """By kind of claim: whose claims go, and what is taken. All of it, or `Taken` and nothing changes.

    What is freed is announced (`claims_released`) once the new claims stand, in the same transaction.
    """
    if unknown := changes.keys() - OWNERS.keys():
        raise LookupError(f"no app owns claims of the kind {', '.join(sorted(unknown))}")
    wanted = [one for _owners, some in changes.values() for one in some]
    try:
        with transaction.atomic():
            lock_parts({part for part, *_span in _held(changes)} | {one.part for one in wanted})
            held = _held(changes)  # again, under the lock: somebody may have moved them meanwhile
            lock_parts(part for part, *_span in held)
            for kind, (owners, _some) in changes.items():
                if owners:
                    Claim.objects.of(kind, owners).delete()
                    Displacement.objects.open().of(kind, owners).update(settled_at=timezone.now())
            if wanted:
                _sweep({one.part for one in wanted})
                _insert(changes)
    except (IntegrityError, OperationalError) as error:
        if _state(error) not in (EXCLUDED, DEADLOCK) or not wanted:
            raise
        raise Taken(_in_the_way(wanted, changes)) from error
    freed = held - {(one.part, one.start, one.end) for one in wanted}
    if freed:
        claims_released.send(sender=Claim, spans=sorted(freed, key=str))


def _sweep(parts: Collection[int]) -> None:
    """Away with the holds on these parts that have run out. In words of the database: it is done with every booking."""
    with connection.cursor() as cursor:
        sql = "DELETE FROM spaces_claim WHERE part_id = ANY(%s) AND expires_at <= %s"
        cursor.execute(sql, [list(parts), timezone.now()])


def _held(changes: Mapping[str, tuple[Collection[int], Sequence[Wanted]]]) -> set[Span]:
    found: set[Span] = set()
    for kind, (owners, _some) in changes.items():
        if owners:
            rows = Claim.objects.of(kind, owners).values_list("part", "during")
            found.update((part, during.lower, during.upper) for part, during in rows)
    return found


def _in_the_way(
    wanted: Sequence[Wanted], changes: Mapping[str, tuple[Collection[int], Sequence[Wanted]]]
) -> list[Claim]:
    going = {(kind, owner) for kind, (owners, _some) in changes.items() for owner in owners}
    return [one for one in conflicts(wanted) if (one.kind, one.owner) not in going]


def _state(error: DatabaseError) -> str:
    return getattr(error.__cause__, "sqlstate", "") or ""


def _insert(changes: Mapping[str, tuple[Collection[int], Sequence[Wanted]]]) -> None:
    rows = claims_of((kind, one) for kind, (_owners, wanted) in changes.items() for one in wanted)
    Claim.objects.bulk_create(rows, batch_size=BATCH)


def claims_of(wanted: Iterable[tuple[str, Wanted]]) -> list[Claim]:
    """Rows for what these kinds of owners want."""
    version = zones_version()
    return [
        Claim(
            part_id=one.part,
            during=DateTimeTZRange(one.start, one.end, "[)"),
            kind=kind,
            owner=one.owner,
            resource_id=one.resource,
            company_id=one.company,
            label=one.label[:160],
            expires_at=one.expires_at,
            zones=version,
        )
        for kind, one in wanted
    ]
