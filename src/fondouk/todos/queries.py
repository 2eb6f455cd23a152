"""Reading what waits for somebody."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.cache import cache

from .registry import SOURCES, Item, Source

COUNT_FOR = 60
"""Seconds for which the number beside the menu entry may be old."""


def waiting(account: Any, site: int | None = None) -> int:
    """How many items wait for this account: the number beside the menu entry, on every page."""
    key = f"todos-waiting-{account.pk}-{site or 0}"
    known = cache.get(key)
    if known is None:
        known = sum(pile.count for pile in piles(account, site, limit=0, only="-"))
        cache.set(key, known, COUNT_FOR)
    return int(known)


@dataclass(frozen=True)
class Pile:
    """The items of one source, and how many there are in all."""

    source: Source
    count: int
    items: list[Item]


def piles(account: Any, site: int | None = None, *, limit: int = 20, only: str = "") -> list[Pile]:
    """Sources with something to do for this account at `site`, in their order. Sources not asked for are counted only.

    Together they hold the `limit` most pressing: see `pressing`.
    """
    allowed = [one for one in SOURCES.values() if not one.permission or account.has_perm(one.permission)]
    found, dated = [], 0
    for source in sorted(allowed, key=lambda one: (not one.is_dated, one.order)):
        count = source.count(account, site)
        if not count:
            continue
        # Where enough have a day, those without one would not be among the most pressing.
        wanted = only == source.code or (not only and (source.is_dated or dated < limit))
        items = list(source.items(account, limit, site)) if wanted else []
        dated += len(items) if source.is_dated else 0
        found.append(Pile(source, count, items))
    return sorted(found, key=lambda pile: pile.source.order)


def pressing(found: list[Pile], limit: int) -> list[Item]:
    """The items of all piles together, the soonest due first, those without a day last."""
    items = [item for pile in found for item in pile.items]
    return sorted(items, key=lambda item: (item.due is None, item.due or date.max, item.title, item.subject))[
        :limit
    ]
