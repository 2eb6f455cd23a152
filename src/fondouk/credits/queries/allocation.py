"""Which lots would pay for what: the first to expire first."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from fondouk.credits.models import Lot

ZERO = Decimal(0)


@dataclass(frozen=True)
class Need:
    """So many credits for a space of this kind, on this site, that day. `key` tells one need from another,
    `label` says in the ledger what they are for."""

    key: int
    kind: str
    site: int
    day: date
    quantity: Decimal
    label: str = ""


def allocate(lots: Iterable[Lot], needs: Collection[Need]) -> dict[int, list[tuple[Lot, Decimal]]]:
    """For each need, by its key, how much comes from which lot, as far as they go; the earliest need first. `remaining` of
    the lots goes down with it.
    """
    ordered = sorted(lots, key=lambda lot: (lot.period.upper or date.max, lot.pk))
    found: dict[int, list[tuple[Lot, Decimal]]] = {}
    for need in sorted(needs, key=lambda one: (one.day, one.key)):
        missing = need.quantity
        for lot in ordered:
            part = min(missing, lot.remaining) if lot.is_good_for(need.kind, need.site, need.day) else ZERO
            if part > 0:
                found.setdefault(need.key, []).append((lot, part))
                lot.remaining -= part
                missing -= part
    return found


def would_hold(company: int, needs: Collection[Need]) -> Decimal:
    """How many credits would be set aside for all of these now."""
    lots = Lot.objects.filter(company=company, remaining__gt=0)
    return sum((part for some in allocate(lots, needs).values() for _lot, part in some), ZERO)
