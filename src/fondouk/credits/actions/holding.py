"""Setting credits aside, giving them back, using them up."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import transaction

from fondouk.credits.enums import EntryKind
from fondouk.credits.models import Entry, Hold, Lot

ZERO = Decimal(0)


@dataclass(frozen=True)
class Need:
    """So many credits for a space of this kind, on this site, that day. `key` tells one need from another."""

    key: int
    kind: str
    site: int
    day: date
    quantity: Decimal


@transaction.atomic
def hold(company: int, needs: Collection[Need]) -> dict[int, tuple[Hold, Decimal]]:
    """Set aside what there is for each of these, as far as it goes: by key, the hold and how much it holds.

    What expires first is taken first. The lots are locked until the transaction ends, in the order of their keys: nobody
    takes the same credits twice. Nothing is returned for a need that nothing is left for.
    """
    wanted = [need for need in needs if need.quantity > 0]
    if not wanted:
        return {}
    lots = list(Lot.objects.filter(company=company, remaining__gt=0).order_by("pk").select_for_update())
    lots.sort(key=lambda lot: (lot.period.upper or date.max, lot.pk))
    found: dict[int, tuple[Hold, Decimal]] = {}
    entries: list[Entry] = []
    for need in sorted(wanted, key=lambda one: (one.day, one.key)):
        held, missing = Hold(company_id=company), need.quantity
        for lot in lots:
            part = min(missing, lot.remaining) if lot.is_good_for(need.kind, need.site, need.day) else ZERO
            if part > 0:
                entries.append(Entry(lot=lot, hold=held, kind=EntryKind.HELD, quantity=part))
                lot.remaining -= part
                missing -= part
        if missing < need.quantity:
            found[need.key] = (held, need.quantity - missing)
    Hold.objects.bulk_create(held for held, _quantity in found.values())
    Entry.objects.bulk_create(entries)
    return found


def release(holds: Collection[int]) -> None:
    """Give back whatever these still set aside. A lot that has expired meanwhile gets it back, and stays expired."""
    _settle(holds, EntryKind.RELEASED)


def consume(holds: Collection[int]) -> None:
    """Use up whatever these still set aside."""
    _settle(holds, EntryKind.CONSUMED)


@transaction.atomic
def _settle(holds: Collection[int], kind: EntryKind) -> None:
    if not holds:
        return
    lots = Lot.objects.filter(entries__hold__in=holds).values("pk")
    list(Lot.objects.filter(pk__in=lots).order_by("pk").select_for_update().values_list("pk"))
    open_: dict[tuple[int, int], Decimal] = defaultdict(Decimal)
    rows = Entry.objects.filter(hold__in=holds).order_by("pk")
    for key, lot, said, quantity in rows.values_list("hold", "lot", "kind", "quantity"):
        open_[key, lot] += quantity if said == EntryKind.HELD else -quantity
    Entry.objects.bulk_create(
        Entry(lot_id=lot, hold_id=key, kind=kind, quantity=quantity)
        for (key, lot), quantity in open_.items()
        if quantity > 0
    )
