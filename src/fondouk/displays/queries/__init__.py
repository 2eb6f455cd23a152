"""What a door shows."""

from .state import Slot, State, ends_from_now, open_hours, state_of

__all__ = ["Slot", "State", "ends_from_now", "open_hours", "state_of"]
