"""What stands in the address by which a cancellation or a move is taken back: which times, and what they were."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple
from urllib.parse import urlencode

from django.http import Http404, QueryDict
from django.urls import reverse

from fondouk.bookings.models import Occurrence
from fondouk.lib.local import read_local
from fondouk.lib.text import typed_key
from fondouk.ui.undo import sign, unsign

SALT = "bookings.cancelled"
MOST = 60
"""More times than that make an address too long: no undo is offered then."""


class Gone(NamedTuple):
    """`before` is for `actions.restore`: status and sequence of each time, by its key."""

    booking: int
    before: dict[int, tuple[str, int]]


def word_for(gone: Sequence[Occurrence]) -> str:
    """For what `actions.cancel` has returned; "" for too many."""
    if len(gone) > MOST:
        return ""
    before = {str(one.pk): [one.was, one.sequence] for one in gone}
    return sign({"booking": gone[0].booking_id, "before": before}, salt=SALT)


def read_word(signed: str) -> Gone:
    """Raises `Http404` for what was not signed here, or too long ago."""
    kept = unsign(signed, salt=SALT)
    return Gone(kept["booking"], {int(key): tuple(was) for key, was in kept["before"].items()})


class Place(NamedTuple):
    """Where a time is to stand, on the clock of the wall, and in which space; `stamp` is the sequence that was read."""

    starts: datetime
    ends: datetime
    space: int | None
    stamp: int | None


def back_to(route: str, one: Occurrence, moved: Sequence[Occurrence], **more: str) -> str:
    """Where to post to put back the only time that was moved from where `one` still says it stood; "" for several."""
    if len(moved) != 1 or moved[0].booking_id != one.booking_id:
        return ""
    place = {
        "starts": one.starts.isoformat(),
        "ends": one.ends.isoformat(),
        "space": one.resource_id,
        "undo": 1,
    }
    return f"{reverse(route, args=[one.pk])}?{urlencode({**place, **more, 'stamp': moved[0].sequence})}"


def read_place(said: QueryDict) -> Place:
    """Raises `Http404` where times are missing or cannot be read."""
    starts, ends = (read_local(said.get(name, "")) for name in ("starts", "ends"))
    if starts is None or ends is None:
        raise Http404
    space, stamp = (typed_key(said.get(name, "")) for name in ("space", "stamp"))
    return Place(starts.replace(tzinfo=None), ends.replace(tzinfo=None), space, stamp)
