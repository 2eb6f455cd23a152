"""What happened: one line for each act of a person or of the system."""

from .entry import Entry

__all__ = ["Entry"]
