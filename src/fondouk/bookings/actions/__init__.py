"""What can be done with bookings."""

from .booking import book, decide, stamp_of
from .changing import cancel, move
from .describing import describe, mark_of
from .feeding import find_feed, make_feed, revoke_feed
from .lengthening import change_end
from .restoring import restore
from .ruling import end_rule, set_rule

__all__ = [
    "book",
    "cancel",
    "change_end",
    "decide",
    "describe",
    "end_rule",
    "find_feed",
    "make_feed",
    "mark_of",
    "move",
    "restore",
    "revoke_feed",
    "set_rule",
    "stamp_of",
]
