"""What can be done with bookings."""

from .booking import book, decide, stamp_of
from .changing import cancel, due_if_cancelled, move
from .charging import charge_bookings, release_charges
from .checking_in import check_in, release_missed
from .describing import describe, mark_of
from .extending import extend_series
from .feeding import find_feed, make_feed, revoke_feed
from .inviting import invite, uninvite, want_invitations
from .lengthening import change_end, end_now, stay_longer
from .promoting import lapse, promote, promote_all
from .restoring import restore
from .ruling import end_rule, set_rule
from .settling import settle_credits

__all__ = [
    "book",
    "cancel",
    "change_end",
    "charge_bookings",
    "check_in",
    "decide",
    "describe",
    "due_if_cancelled",
    "end_now",
    "end_rule",
    "extend_series",
    "find_feed",
    "invite",
    "lapse",
    "make_feed",
    "mark_of",
    "move",
    "promote",
    "promote_all",
    "release_charges",
    "release_missed",
    "restore",
    "revoke_feed",
    "set_rule",
    "settle_credits",
    "stamp_of",
    "stay_longer",
    "uninvite",
    "want_invitations",
]
