"""What stands where: the lines of a plan of several spaces over some time, whoever holds them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from fondouk.bookings.enums import UNSETTLED, Status
from fondouk.bookings.models import Occurrence
from fondouk.lib.addresses import record_address
from fondouk.spaces import claims
from fondouk.spaces.models import Claim, Resource, ResourcePart

PARTLY = "partly"
OPEN = ("asked", PARTLY)
"""The tones of what leaves the space free."""


@dataclass(frozen=True)
class Block:
    """`start` and `end` of all that is held, in UTC; `first` and `last` of what people see of it.

    `tone` is that of its owner, "asked" for what awaits approval or waits, "shadow" where the space is taken by way of
    another one that shares a part, `PARTLY` while a zone has some places left.
    """

    start: datetime
    end: datetime
    first: datetime
    last: datetime
    label: str
    tone: str
    kind: str
    url: str = ""
    detail: str = ""
    move: str = ""
    stamp: str = ""


@dataclass
class Line:
    """`places`: how many people it holds; of a zone whose places are given one by one, how many of these there are."""

    resource: Resource
    places: int | None = None
    blocks: list[Block] = field(default_factory=list)


def lines(account: Any, rooms: Sequence[Resource], start: datetime, end: datetime) -> list[Line]:
    """A line for each of these spaces, in their order, with what stands there from `start` to `end`, the earliest first.

    As many queries as there are kinds of owners, whatever the number of spaces.
    """
    found = {room.pk: Line(room, room.capacity) for room in rooms}
    by_part: dict[int, list[int]] = {}
    members = ResourcePart.objects.filter(resource__in=found).values_list("part", "resource")
    for part, resource in members:
        by_part.setdefault(part, []).append(resource)
    for line in found.values():
        if line.resource.is_pool:
            line.places = sum(line.resource.pk in resources for resources in by_part.values())
    standing = list(Claim.objects.live().on(by_part.keys()).during(start, end).order_by("during", "pk"))
    told = claims.shown(account, standing)
    codes = _codes(standing, found)
    seen: set[tuple[int, str, int, Any]] = set()
    for line in found.values():
        if line.resource.is_pool:
            line.blocks += _counted(line.resource, by_part, standing, start, end)
    for claim in standing:
        for resource in by_part[claim.part_id]:
            if found[resource].resource.is_pool:
                continue
            once = (resource, claim.kind, claim.owner, claim.during.lower)
            if once not in seen:
                seen.add(once)
                found[resource].blocks.append(_block(claim, resource, told.get(claim.pk), codes, start, end))
    for one in _asked(account, found.keys(), start, end):
        found[one.resource_id].blocks.append(_request(one, start, end, account.person_id))
    for line in found.values():
        line.blocks.sort(key=lambda block: (block.start, block.end))
    return list(found.values())


def _counted(
    pool: Resource, by_part: dict[int, list[int]], standing: Sequence[Claim], start: datetime, end: datetime
) -> list[Block]:
    """How many parts of it are left, while some are taken: what stands on each is for their own lines."""
    parts = {part for part, resources in by_part.items() if pool.pk in resources}
    steps: dict[datetime, int] = defaultdict(int)
    for claim in standing:
        if claim.part_id in parts:
            steps[max(claim.start or start, start)] += 1
            steps[min(claim.end or end, end)] -= 1
    blocks, held, since = [], 0, start
    for moment in sorted(moment for moment, step in steps.items() if step):
        if held:
            blocks.append(_left(pool, len(parts) - held, len(parts), since, moment))
        held, since = held + steps[moment], moment
    return blocks


def _left(pool: Resource, free: int, places: int, since: datetime, until: datetime) -> Block:
    """Opens the list of who is there."""
    said = {"q": pool.code, "since": f"{since:%d/%m/%Y}", "until": f"{until:%d/%m/%Y}"}
    address = f"{record_address('bookings')}?{urlencode(said)}"
    if not free:
        return Block(since, until, since, until, _("None left"), "busy", _("Taken"), address)
    label = _("%(free)s of %(all)s free") % {"free": free, "all": places}
    return Block(since, until, since, until, label, PARTLY, _("Some are taken"), address)


def _codes(standing: Sequence[Claim], known: dict[int, Line]) -> dict[int, str]:
    """What the spaces are called that these claims are for."""
    codes = {key: line.resource.code for key, line in known.items()}
    unknown = {claim.resource_id for claim in standing if claim.resource_id} - codes.keys()
    if unknown:
        codes |= dict(Resource.objects.filter(pk__in=unknown).values_list("pk", "code"))
    return codes


def _block(
    claim: Claim,
    resource: int,
    told: claims.Shown | None,
    codes: dict[int, str],
    start: datetime,
    end: datetime,
) -> Block:
    first, last = max(claim.start or start, start), min(claim.end or end, end)
    owner = claims.OWNERS.get(claim.kind)
    is_own = claim.resource_id in (None, resource)
    detail = told.detail if told else ""
    if not is_own and claim.resource_id is not None:
        detail = codes.get(claim.resource_id, detail)
    return Block(
        start=first,
        end=last,
        first=max(told.first, first) if told and told.first else first,
        last=min(told.last, last) if told and told.last else last,
        label=(told.label if told else "") or _("Taken"),
        tone=(owner.tone if owner else "busy") if is_own else "shadow",
        kind=str(owner.label) if owner else "",
        url=told.url if told else "",
        detail=detail,
        # What is seen of it in the window only cannot be moved by its edges.
        move=told.move if told and is_own and (claim.start, claim.end) == (first, last) else "",
        stamp=told.stamp if told else "",
    )


def _asked(account: Any, rooms: Collection[int], start: datetime, end: datetime) -> Any:
    """Requests that await approval or wait for the space, of those that the account may see: they claim nothing yet."""
    rows = Occurrence.objects.filter(
        resource__in=list(rooms), status__in=UNSETTLED, during__overlap=(start, end)
    )
    return rows.visible_to(account).select_related("booking__company", "booking__organiser")


def _request(one: Occurrence, start: datetime, end: datetime, person: int) -> Block:
    first, last = max(one.during.lower, start), min(one.during.upper, end)
    booking = one.booking
    return Block(
        start=first,
        end=last,
        first=first,
        last=last,
        label=booking.title if booking.tells(person) else _("Private"),
        tone="asked",
        kind=str(Status(one.status).label),
        url=record_address("booking", booking.pk),
        detail=booking.company.label if booking.company else booking.organiser.name,
    )
