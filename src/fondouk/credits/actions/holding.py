"""Setting credits aside, giving them back, using them up."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from decimal import Decimal

from django.db import transaction

from fondouk.credits.enums import EntryKind
from fondouk.credits.models import Entry, Hold, Lot
from fondouk.credits.queries import Need, allocate
from fondouk.lib.db import lock

ZERO = Decimal(0)
LOCKS = 0x0F0D_CED1 << 32
"""The advisory locks of companies' credits: their keys within this range of numbers."""


@transaction.atomic
def hold(company: int, needs: Collection[Need]) -> dict[int, tuple[Hold, Decimal]]:
    """Set aside what there is for each of these, as far as it goes: by key, the hold and how much it holds.

    What expires first is taken first. Nothing is returned for a need that nothing is left for.
    """
    lock_credits([company])
    lots = list(Lot.objects.filter(company=company, remaining__gt=0).select_for_update())
    found: dict[int, tuple[Hold, Decimal]] = {}
    entries: list[Entry] = []
    labels = {need.key: need.label for need in needs}
    for key, some in allocate(lots, [need for need in needs if need.quantity > 0]).items():
        held = Hold(company_id=company)
        found[key] = (held, sum((part for _lot, part in some), ZERO))
        entries += [
            Entry(lot=lot, hold=held, kind=EntryKind.HELD, quantity=part, reason=labels[key])
            for lot, part in some
        ]
    Hold.objects.bulk_create(held for held, _quantity in found.values())
    Entry.objects.bulk_create(entries)
    return found


def lock_credits(companies: Iterable[int]) -> None:
    """The credits of these companies, until the transaction ends; after whatever else it locks."""
    lock(LOCKS + company for company in companies)


def release(holds: Collection[int], *, but: Mapping[int, Decimal] | None = None) -> None:
    """Give back whatever these still set aside, but for so much of some. What has expired meanwhile stays expired."""
    _settle(holds, EntryKind.RELEASED, but or {})


def consume(holds: Collection[int]) -> None:
    """Use up whatever these still set aside."""
    _settle(holds, EntryKind.CONSUMED, {})


@transaction.atomic
def _settle(holds: Collection[int], kind: EntryKind, but: Mapping[int, Decimal]) -> None:
    if not holds:
        return
    # Before the entries are read: of two who settle the same, the second finds nothing left to do.
    lock_credits(Hold.objects.filter(pk__in=holds).values_list("company", flat=True))
    aside: dict[tuple[int, int], Decimal] = defaultdict(Decimal)
    rows = Entry.objects.filter(hold__in=holds).order_by("pk")
    for key, lot, said, quantity in rows.values_list("hold", "lot", "kind", "quantity"):
        aside[key, lot] += quantity if said == EntryKind.HELD else -quantity
    stays = dict(but)
    entries = []
    for (key, lot), quantity in aside.items():
        kept = min(quantity, stays.get(key, ZERO))
        stays[key] = stays.get(key, ZERO) - kept
        if quantity > kept:
            entries.append(Entry(lot_id=lot, hold_id=key, kind=kind, quantity=quantity - kept))
    Entry.objects.bulk_create(entries)
