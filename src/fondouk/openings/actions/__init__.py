"""Planning the opening of a site."""

from .openings import assume, move_opening, plan_opening, set_capacity
from .steps import add_step, change_step, mark_done, mark_undone, remove_step

__all__ = [
    "add_step",
    "assume",
    "change_step",
    "mark_done",
    "mark_undone",
    "move_opening",
    "plan_opening",
    "remove_step",
    "set_capacity",
]
