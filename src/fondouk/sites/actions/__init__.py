"""What can be done with sites, their hours, and the roles of people."""

from .calendar import change_hours, drop_override, move_feast, override_hours, plan_feasts
from .people import end_role, give_role, invite_person, set_up_network
from .sites import change_network, change_site, create_site, enter_phase

__all__ = [
    "change_hours",
    "change_network",
    "change_site",
    "create_site",
    "drop_override",
    "end_role",
    "enter_phase",
    "give_role",
    "invite_person",
    "move_feast",
    "override_hours",
    "plan_feasts",
    "set_up_network",
]
