"""The claims of hosting contracts on the calendar of occupation, worked out from their lines.

A line that holds its space alone claims every part of it. Spaces that are shared, or let by the place, are claimed once for
all who share them: from the first of them to the last, but for the time that somebody holds the part alone. So a room full
of coworkers cannot be booked over their heads, and they do not exclude each other.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date, datetime, timedelta
from functools import lru_cache

from django.db import transaction

from fondouk.contracts.enums import Occupancy
from fondouk.contracts.models import ContractLine
from fondouk.lib.zones import local_range
from fondouk.spaces.actions import rewrite
from fondouk.spaces.claims import Wanted
from fondouk.spaces.models import Claim, Part, ResourcePart

EXCLUSIVE, SHARED = "contract", "contract_shared"
"""Kinds of claims: of a line, by its key; of a part that several share, by the key of the part."""
HOSTING = (EXCLUSIVE, SHARED)
DAY = timedelta(days=1)
Span = tuple[date, date | None]
"""From a day on, before a day; None without end."""


@transaction.atomic
def occupy(parts: Collection[int] | None = None) -> None:
    """Claims as the lines on these parts want them; of all parts when none are named.

    Raises `fondouk.spaces.actions.Taken` where something else stands on one of them, and then nothing has changed.
    """
    lines = _lines(parts)
    everywhere = {line.pk: _parts_of(line) for line in lines}
    touched = set().union(*everywhere.values()) if parts is None else {*parts}.union(*everywhere.values())
    held = Claim.objects.filter(kind=EXCLUSIVE)
    if parts is not None:
        held = held.filter(part__in=touched)
    owners = {*everywhere, *held.values_list("owner", flat=True)}
    shared = Claim.objects.filter(kind=SHARED)
    if parts is not None:
        shared = shared.filter(part__in=touched)
    sharers = {*touched, *shared.values_list("owner", flat=True)}
    rewrite({EXCLUSIVE: (owners, _alone(lines)), SHARED: (sharers, _together(_lines(touched), touched))})


def _lines(parts: Collection[int] | None) -> list[ContractLine]:
    found = ContractLine.objects.binding().select_related(
        "contract__site", "contract__termination", "resource__site"
    )
    if parts is not None:
        made_of = ResourcePart.objects.filter(part__in=parts).values("resource")
        found = found.filter(resource__in=made_of)
    return list(found.prefetch_related("resource__resource_parts").order_by("pk"))


def _parts_of(line: ContractLine) -> list[int]:
    return [row.part_id for row in line.resource.resource_parts.all()]


def _span(line: ContractLine) -> Span | None:
    """As long as it runs: the termination of its contract counts, also where the line stands to its full length."""
    start, end = line.period.lower, line.period.upper
    termination = getattr(line.contract, "termination", None)
    if termination is not None:
        end = min(filter(None, (end, termination.on + DAY)))
    return None if end is not None and end <= start else (start, end)


@lru_cache(8192)
def _midnight(day: date, zone: str) -> datetime:
    return local_range(day, zone)[0]


def _wanted(owner: int, part: int, span: Span, line: ContractLine, *, company: int | None) -> Wanted:
    zone = line.resource.site.zone
    end = _midnight(span[1], zone) if span[1] else None
    return Wanted(owner, part, _midnight(span[0], zone), end, resource=line.resource_id, company=company)


def _alone(lines: Iterable[ContractLine]) -> list[Wanted]:
    return [
        _wanted(line.pk, part, span, line, company=line.contract.company_id)
        for line in lines
        if line.occupancy == Occupancy.EXCLUSIVE and (span := _span(line))
        for part in _parts_of(line)
    ]


def _together(lines: Iterable[ContractLine], parts: Collection[int]) -> list[Wanted]:
    """For each part, the time that anybody shares it, less the time that somebody holds it alone."""
    sharing: dict[int, list[tuple[Span, ContractLine]]] = defaultdict(list)
    alone: dict[int, list[Span]] = defaultdict(list)
    for line in lines:
        if span := _span(line):
            for part in _parts_of(line):
                if line.occupancy == Occupancy.EXCLUSIVE:
                    alone[part].append(span)
                else:
                    sharing[part].append((span, line))
    return [
        _wanted(part, part, span, sharing[part][0][1], company=None)
        for part in sorted(sharing)
        if part in parts
        for span in without(merged(span for span, _line in sharing[part]), alone[part])
    ]


def merged(spans: Iterable[Span]) -> list[Span]:
    """The days of any of them, in order, as few spans as possible."""
    found: list[Span] = []
    for start, end in sorted(spans, key=lambda span: span[0]):
        last = found[-1] if found else None
        if last and (last[1] is None or start <= last[1]):
            found[-1] = (last[0], max(last[1], end) if last[1] and end else None)
        else:
            found.append((start, end))
    return found


def without(spans: Iterable[Span], others: Iterable[Span]) -> list[Span]:
    """The days of `spans` that are in none of `others`."""
    left = list(spans)
    for start, end in others:
        cut: list[Span] = []
        for first, last in left:
            if (end is not None and end <= first) or (last is not None and last <= start):
                cut.append((first, last))
                continue
            if first < start:
                cut.append((first, start))
            if end is not None and (last is None or end < last):
                cut.append((end, last))
        left = cut
    return left


def wanted_by_lines(keys: Collection[int]) -> list[Wanted]:
    """What these lines hold alone, worked out again: for `spaces.claims`."""
    found = (
        ContractLine.objects.binding()
        .filter(pk__in=keys)
        .select_related("contract__termination", "resource__site")
    )
    return _alone(found.prefetch_related("resource__resource_parts"))


def wanted_on_parts(keys: Collection[int]) -> list[Wanted]:
    """What these parts are shared for, worked out again: for `spaces.claims`."""
    return _together(
        _lines(keys), set(keys) & set(Part.objects.filter(pk__in=keys).values_list("pk", flat=True))
    )
