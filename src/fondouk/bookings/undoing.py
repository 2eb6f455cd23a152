"""The word in the address by which a cancellation is taken back: which times went, and what they were."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from fondouk.bookings.models import Occurrence
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
