"""Questions about visits."""

from .desk import Desk, desk_of
from .people import hosts_of

__all__ = ["Desk", "desk_of", "hosts_of"]
