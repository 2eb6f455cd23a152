"""What can be done with sites, their hours, and the roles of people."""

from .calendar import change_hours, change_override, drop_override, move_feast, override_hours, plan_feasts
from .operators import assign_operator, save_operator
from .people import (
    AlreadySetUp,
    InvitedTooOften,
    LastAdministrator,
    close_account_of,
    end_role,
    end_roles_of,
    erase_data_of,
    forget_inviter,
    give_role,
    hold_setting_up,
    invite_person,
    set_up_network,
)
from .sites import change_network, change_site, create_site, enter_phase, remove_phase

__all__ = [
    "AlreadySetUp",
    "InvitedTooOften",
    "LastAdministrator",
    "assign_operator",
    "change_hours",
    "change_network",
    "change_override",
    "change_site",
    "close_account_of",
    "create_site",
    "drop_override",
    "end_role",
    "end_roles_of",
    "enter_phase",
    "erase_data_of",
    "forget_inviter",
    "give_role",
    "hold_setting_up",
    "invite_person",
    "move_feast",
    "override_hours",
    "plan_feasts",
    "remove_phase",
    "save_operator",
    "set_up_network",
]
