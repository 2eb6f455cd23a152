"""What can be done with the inventory, and with the calendar of what occupies it."""

from .claiming import Taken, claim, clashing, conflicts, lock_parts, release, replace, rewrite
from .closing import close_spaces, lift_closure, reinstate_closure, wanted_by
from .deriving import derive_claims
from .drawing import Meanwhile, draw, import_shapes, set_plan
from .relaying import Begun, NewSpace, relay, take_back, wanted_by_layouts
from .resources import (
    Relaid,
    add_places,
    change_resource,
    create_resource,
    restore_resource,
    set_rate,
    withdraw_resource,
)

__all__ = [
    "Begun",
    "Meanwhile",
    "NewSpace",
    "Relaid",
    "Taken",
    "add_places",
    "change_resource",
    "claim",
    "clashing",
    "close_spaces",
    "conflicts",
    "create_resource",
    "derive_claims",
    "draw",
    "import_shapes",
    "lift_closure",
    "lock_parts",
    "reinstate_closure",
    "relay",
    "release",
    "replace",
    "restore_resource",
    "rewrite",
    "set_plan",
    "set_rate",
    "take_back",
    "wanted_by",
    "wanted_by_layouts",
    "withdraw_resource",
]
