"""What is done with prospects and their tours."""

from .prospects import (
    assign_prospect,
    change_prospect,
    close_prospect,
    erase_prospect,
    follow_up,
    note_prospect,
    receive_prospect,
    remove_follow_up,
    reopen_prospect,
    resume_prospect,
    withdraw_prospect,
)
from .tours import (
    ProspectClosed,
    TourEnded,
    TourMoved,
    ask_for_tour,
    end_tour,
    plan_tour,
    revive_tour,
    when_known,
)

__all__ = [
    "ProspectClosed",
    "TourEnded",
    "TourMoved",
    "ask_for_tour",
    "assign_prospect",
    "change_prospect",
    "close_prospect",
    "end_tour",
    "erase_prospect",
    "follow_up",
    "note_prospect",
    "plan_tour",
    "receive_prospect",
    "remove_follow_up",
    "reopen_prospect",
    "resume_prospect",
    "revive_tour",
    "when_known",
    "withdraw_prospect",
]
