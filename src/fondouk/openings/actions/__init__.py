"""Planning the opening of a site."""

from .dropping import drop_opening, restore_opening
from .openings import assume, move_opening, plan_opening, set_capacity, spaces_kept
from .steps import add_step, change_step, mark_done, mark_undone, remove_step, step_again, step_kept

__all__ = [
    "add_step",
    "assume",
    "change_step",
    "drop_opening",
    "mark_done",
    "mark_undone",
    "move_opening",
    "plan_opening",
    "remove_step",
    "restore_opening",
    "set_capacity",
    "spaces_kept",
    "step_again",
    "step_kept",
]
