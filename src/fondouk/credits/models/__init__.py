"""Lots of credits, what is set aside of them, and the ledger of both."""

from .entry import Entry
from .hold import Hold
from .lot import Lot

__all__ = ["Entry", "Hold", "Lot"]
