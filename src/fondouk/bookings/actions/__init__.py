"""What can be done with bookings."""

from .booking import book, decide
from .changing import cancel, move
from .describing import describe
from .restoring import restore

__all__ = ["book", "cancel", "decide", "describe", "move", "restore"]
