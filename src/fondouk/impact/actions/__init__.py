"""What can be done with the network's figures."""

from .editions import (
    Changed,
    Draft,
    TooFewChanged,
    draft_edition,
    publish_edition,
    show_edition_again,
    withdraw_edition,
)
from .official import correct_official, note_official

__all__ = [
    "Changed",
    "Draft",
    "TooFewChanged",
    "correct_official",
    "draft_edition",
    "note_official",
    "publish_edition",
    "show_edition_again",
    "withdraw_edition",
]
