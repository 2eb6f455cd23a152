"""Reading the inventory, and the calendar of what occupies it."""

from .calendar import blocked, taken, taken_next
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
    "Summary",
    "blocked",
    "closed_parts",
    "floors_of",
    "in_use_at",
    "picture",
    "rows",
    "summary",
    "taken",
    "taken_next",
]
