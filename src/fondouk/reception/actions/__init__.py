"""What can be done with visits."""

from .announcing import MOST, Guest, announce, cancel, change, decline, restore, send_again, walk_in
from .keeping import end_visits, forget_visits
from .meanwhile import Meanwhile
from .receiving import arrive, leave, undo_arrival, undo_leaving

__all__ = [
    "MOST",
    "Guest",
    "Meanwhile",
    "announce",
    "arrive",
    "cancel",
    "change",
    "decline",
    "end_visits",
    "forget_visits",
    "leave",
    "restore",
    "send_again",
    "undo_arrival",
    "undo_leaving",
    "walk_in",
]
