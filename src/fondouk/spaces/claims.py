"""Who may claim a part: the app that owns a kind of claim says how one of its own is shown, moved and worked out again.

A plan or a planner draws what stands in the claim and asks here for the rest, so that it knows no owner.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from fondouk.spaces.models import Claim


@dataclass(frozen=True)
class Wanted:
    """A part that `owner`, a record of some kind, is to hold from `start` to `end` (UTC, None without bound)."""

    owner: int
    part: int
    start: datetime | None
    end: datetime | None
    resource: int | None = None
    company: int | None = None
    label: str = ""
    expires_at: datetime | None = None


@dataclass(frozen=True)
class Shown:
    """A claim as somebody may see it: a label without a secret, an address where they may open it.

    `first` and `last` are what people see of it, where setting up and cleaning make the claim longer. `move` is an address
    that takes a POST of `starts`, `ends` (on the clock of the wall) and `space`, for those who may move it; `stamp` goes
    with it, so that a stale page moves nothing.
    """

    label: str
    url: str = ""
    detail: str = ""
    first: datetime | None = None
    last: datetime | None = None
    move: str = ""
    stamp: str = ""


def _nothing(_owners: Collection[int]) -> list[Wanted]:
    return []


@dataclass(frozen=True, kw_only=True)
class Owner:
    """`show(account, claims)` gives a `Shown` for each claim that the account may know more of than "taken", by the key of
    the claim. `derive(owners)` works out again from the clock on the wall what these records hold.
    """

    code: str
    label: Any
    tone: str = "busy"
    show: Callable[[Any, Sequence[Claim]], dict[int, Shown]] = field(default=lambda _account, _claims: {})
    derive: Callable[[Collection[int]], list[Wanted]] = _nothing


OWNERS: dict[str, Owner] = {}


def register(owner: Owner) -> Owner:
    if owner.code in OWNERS:
        raise ValueError(f"{owner.code} owns claims already")
    OWNERS[owner.code] = owner
    return owner


def shown(account: Any, found: Sequence[Claim]) -> dict[int, Shown]:
    """What this account may see of these claims, by key; of the others it knows only that the space is taken."""
    told: dict[int, Shown] = {}
    kinds: dict[str, list[Claim]] = {}
    for claim in found:
        kinds.setdefault(claim.kind, []).append(claim)
    for kind, mine in kinds.items():
        if kind in OWNERS:
            told |= OWNERS[kind].show(account, mine)
    return told
