"""When the law moves the clock, claims are worked out again from what the clock on the wall promises."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import IntegrityError, connection, transaction
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.db.models import Q
from django.utils import timezone

from fondouk.audit.actions import record
from fondouk.lib.zones import zones_version
from fondouk.spaces import verbs
from fondouk.spaces.claims import OWNERS, Wanted
from fondouk.spaces.models import Claim, Displacement

from .claiming import claims_of


@transaction.atomic
def derive_claims(*, now: datetime | None = None) -> list[Displacement]:
    """Those not over that were derived with other time-zone data than today's: all of them in one transaction.

    The whole calendar waits meanwhile. Where two collide that did not before (two zones that move apart), the one that
    was to begin first stays, and the other is listed for a person: it holds nothing until they decide.
    """
    moment, version = now or timezone.now(), zones_version()
    lasting = Q(during__endswith__gt=moment) | Q(during__upper_inf=True)
    stale = Claim.objects.filter(lasting).exclude(zones=version)
    if not stale.exists():
        return []
    with connection.cursor() as cursor:
        cursor.execute("LOCK TABLE spaces_claim IN SHARE ROW EXCLUSIVE MODE")
    owners: dict[str, set[int]] = defaultdict(set)
    for kind, owner in stale.values_list("kind", "owner"):
        owners[kind].add(owner)
    wanted = [
        (kind, one) for kind, keys in owners.items() if kind in OWNERS for one in OWNERS[kind].derive(keys)
    ]
    for kind, keys in owners.items():
        if kind in OWNERS:
            Claim.objects.of(kind, keys).delete()
    displaced = _place(wanted)
    if wanted:
        record(verbs.CLAIMS_DERIVED, by=None, zones=version, claims=len(wanted), displaced=len(displaced))
    return displaced


def _place(wanted: Sequence[tuple[str, Wanted]]) -> list[Displacement]:
    """All at once; one owner after the other where that does not go."""
    try:
        with transaction.atomic():
            Claim.objects.bulk_create(claims_of(wanted), batch_size=2000)
            return []
    except IntegrityError:
        pass
    by_owner: dict[tuple[str, int], list[Wanted]] = defaultdict(list)
    for kind, one in wanted:
        by_owner[kind, one.owner].append(one)
    displaced: list[Displacement] = []
    for (kind, _owner), some in sorted(by_owner.items(), key=lambda item: _first(item[1])):
        try:
            with transaction.atomic():
                Claim.objects.bulk_create(claims_of([(kind, one) for one in some]))
        except IntegrityError:
            displaced += [_displacement(kind, one) for one in some]
    return Displacement.objects.bulk_create(displaced, ignore_conflicts=True)


def _first(some: Iterable[Wanted]) -> tuple[bool, float]:
    starts = [one.start for one in some]
    known = [start.timestamp() for start in starts if start is not None]
    return (len(known) == len(starts), min(known, default=0.0))


def _displacement(kind: str, one: Wanted) -> Displacement:
    return Displacement(
        kind=kind,
        owner=one.owner,
        part_id=one.part,
        resource_id=one.resource,
        label=one.label[:160],
        during=DateTimeTZRange(one.start, one.end, "[)"),
    )
