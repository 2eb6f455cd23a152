"""What is done to displays, and at them."""

from .booking_now import book_now
from .keeping import add_display, find_display, revoke_display

__all__ = ["add_display", "book_now", "find_display", "revoke_display"]
