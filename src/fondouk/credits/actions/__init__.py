"""What can be done with credits."""

from .granting import adjust, grant
from .holding import consume, hold, lock_credits, release

__all__ = ["adjust", "consume", "grant", "hold", "lock_credits", "release"]
