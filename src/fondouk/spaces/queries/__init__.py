"""Reading the inventory, and the calendar of what occupies it."""

from .calendar import Slot, blocked, taken, taken_next
from .inventory import (
    CLOSED,
    ENDS_SOON,
    FREE,
    HELD,
    SOON,
    Row,
    Summary,
    closed_parts,
    floors_of,
    in_use_at,
    rows,
    summary,
)
from .layouts import layout_beginning, layout_ending, parts_on
from .plan import Drawn, Picture, picture

__all__ = [
    "CLOSED",
    "ENDS_SOON",
    "FREE",
    "HELD",
    "SOON",
    "Drawn",
    "Picture",
    "Row",
    "Slot",
    "Summary",
    "blocked",
    "closed_parts",
    "floors_of",
    "in_use_at",
    "layout_beginning",
    "layout_ending",
    "parts_on",
    "picture",
    "rows",
    "summary",
    "taken",
    "taken_next",
]
