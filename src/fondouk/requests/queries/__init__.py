"""Reading requests."""

from .figures import Levels, levels
from .people import handlers, offered

__all__ = ["Levels", "handlers", "levels", "offered"]
