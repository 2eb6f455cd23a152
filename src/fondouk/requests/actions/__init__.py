"""What can be done with requests."""

from .handling import assign, close_resolved, rate, say
from .keeping import save_category
from .opening import MOST_PHOTOS, open_request

__all__ = ["MOST_PHOTOS", "assign", "close_resolved", "open_request", "rate", "save_category", "say"]
