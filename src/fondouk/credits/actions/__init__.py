"""What can be done with credits."""

from .granting import adjust, grant
from .holding import consume, hold, release

__all__ = ["adjust", "consume", "grant", "hold", "release"]
