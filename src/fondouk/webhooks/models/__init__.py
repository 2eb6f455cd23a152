"""Where messages go, what they say, and how they were received."""

from .delivery import Attempt, Delivery, Event
from .endpoint import Endpoint

__all__ = ["Attempt", "Delivery", "Endpoint", "Event"]
