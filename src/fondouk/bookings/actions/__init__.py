"""What can be done with bookings."""

from .booking import book, decide
from .changing import cancel, move

__all__ = ["book", "cancel", "decide", "move"]
