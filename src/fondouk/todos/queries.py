"""Reading what waits for somebody."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.conf import settings
from django.core.cache import cache, caches
from django.db.models import Q
from django.utils import timezone

from fondouk.lib.db import counts

from .models import Note
from .registry import SOURCES, Item, Source

COUNT_FOR = 60
"""Seconds for which the number beside the menu entry may be old."""
AWAKE, MINE, ASLEEP = "", "mine", "asleep"
"""Which items: those that are not put off, those given to whoever asks, those put off."""


def waiting(account: Any, site: int | None = None) -> int:
    """How many items wait for this account: the number beside the menu entry, on every page."""
    counted: int | None = account.answers.get(("waiting", site))
    if counted is not None:
        return counted
    key = f"todos-waiting-{account.pk}-{site or 0}"
    known = cache.get(key)
    if known is None:
        known = sum(pile.count for pile in piles(account, site, limit=0, only="-"))
        cache.set(key, known, COUNT_FOR)
    return int(known)


def note_waiting(account: Any, site: int | None, number: int) -> None:
    """A page that has just counted them: the menu of that page says the same."""
    account.answers["waiting", site] = number


@dataclass(frozen=True)
class Pile:
    """The items of one source, and how many there are in all."""

    source: Source
    count: int
    items: list[Item]


def sources_of(account: Any) -> list[Source]:
    """Those that the account may act on, dated ones first."""
    allowed = [one for one in SOURCES.values() if not one.permission or account.has_perm(one.permission)]
    return sorted(allowed, key=lambda one: (not one.is_dated, one.order))


def piles(
    account: Any, site: int | None = None, *, limit: int = 20, only: str = "", which: str = AWAKE
) -> list[Pile]:
    """Sources with something to do for this account at `site`, in their order. Sources not asked for are counted only.

    Together they hold the `limit` most pressing: see `pressing`. Notes are read at once: there are few, of few records.
    """
    day = timezone.localdate()
    notes = {(note.source, note.key): note for note in Note.objects.select_related("assignee")}
    sources = sources_of(account)
    chosen = [_chosen(one.rows(account, site), one, notes, day, which, account) for one in sources]
    said = _counted(sources, chosen, f"{account.pk}:{site or 0}:{which}", limit=limit, only=only)
    found, dated = [], 0
    for source, rows, count in zip(sources, chosen, said, strict=True):
        if not count:
            continue
        # Where enough have a day, those without one would not be among the most pressing.
        wanted = only == source.code or (not only and (source.is_dated or dated < limit))
        items = [_item(source, row, notes) for row in rows[:limit]] if wanted else []
        dated += len(items) if source.is_dated else 0
        found.append(Pile(source, count, items))
    return sorted(found, key=lambda pile: pile.source.order)


def _counted(sources: list[Source], chosen: list[Any], whose: str, *, limit: int, only: str) -> list[int]:
    """How many rows each has. Where dated items fill the page, those of a source without days are not shown, and their
    number, which takes the longest, may be a minute old.
    """
    rows = {one.code: some for one, some in zip(sources, chosen, strict=True)}
    undated = [one.code for one in sources if not one.is_dated and one.code != only]
    key = f"todos-undated:{whose}:{','.join(undated)}"
    is_kept = bool(limit and undated and settings.PAGES_KEPT_FOR)
    if is_kept and (known := caches["pages"].get(key)) is not None:
        now = [code for code in rows if code not in known]
        found = dict(zip(now, counts([rows[code] for code in now]), strict=True))
        if only or sum(found.values()) >= limit:
            found |= known
            return [found[code] for code in rows]
    said = dict(zip(rows, counts(list(rows.values())), strict=True))
    if is_kept:
        caches["pages"].set(key, {code: said[code] for code in undated}, COUNT_FOR)
    return list(said.values())


def _chosen(
    rows: Any, source: Source, notes: dict[tuple[str, str], Note], day: date, which: str, account: Any
) -> Any:
    here = {key: note for (code, key), note in notes.items() if code == source.code}
    asleep = [key for key, note in here.items() if note.until is not None and note.until > day]
    if which == ASLEEP:
        return rows.filter(pk__in=asleep)
    if which == MINE:
        mine = [
            key for key, note in here.items() if note.assignee_id == account.person_id and key not in asleep
        ]
        if not source.owner:
            return rows.filter(pk__in=mine)
        others = [key for key, note in here.items() if note.assignee_id and key not in mine]
        own = Q(**{source.owner: account.person_id}) & ~Q(pk__in=[*others, *asleep])
        return rows.filter(Q(pk__in=mine) | own)
    return rows.exclude(pk__in=asleep) if asleep else rows


def _item(source: Source, row: Any, notes: dict[tuple[str, str], Note]) -> Item:
    note = notes.get((source.code, str(row.pk)))
    return replace(
        source.item(row),
        key=f"{source.code}:{row.pk}",
        assignee=str(note.assignee if note and note.assignee else _owner(source, row) or ""),
        until=note.until if note else None,
    )


def _owner(source: Source, row: Any) -> Any:
    for step in filter(None, source.owner.split("__")):
        row = getattr(row, step, None)
    return row if source.owner else None


def pressing(found: list[Pile], limit: int) -> list[Item]:
    """The items of all piles together, the soonest due first, those without a day last."""
    items = [item for pile in found for item in pile.items]
    return sorted(items, key=lambda item: (item.due is None, item.due or date.max, item.title, item.subject))[
        :limit
    ]


def records_of(account: Any, keys: Iterable[str]) -> list[tuple[Source, Any]]:
    """The records that these items are about, of those that this account may act on; what is done already is left out."""
    wanted: dict[str, set[str]] = {}
    for name in keys:
        code, _colon, key = name.partition(":")
        wanted.setdefault(code, set()).add(key)
    found = []
    for source in sources_of(account):
        if source.code in wanted:
            rows = source.rows(account, None)
            valid = [key for key in wanted[source.code] if _is_key(rows.model, key)]
            found += [(source, row) for row in rows.filter(pk__in=valid)]
    return found


def _is_key(model: Any, key: str) -> bool:
    try:
        model._meta.pk.to_python(key)
    except Exception:  # whatever was typed there is no key
        return False
    return "\x00" not in key and len(key) <= 40
