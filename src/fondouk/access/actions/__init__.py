"""What can be done with access."""

from .counting import close_silent, count
from .doors import find_door, give_right, knock, new_reader, open_from_here, save_door, take_right
from .issuing import issue, step
from .services import end_service, resume, save_service, suspend
from .wifi import add_server, find_server, give_wifi, revoke_server, revoke_wifi

__all__ = [
    "add_server",
    "close_silent",
    "count",
    "end_service",
    "find_door",
    "find_server",
    "give_right",
    "give_wifi",
    "issue",
    "knock",
    "new_reader",
    "open_from_here",
    "resume",
    "revoke_server",
    "revoke_wifi",
    "save_door",
    "save_service",
    "step",
    "suspend",
    "take_right",
]
