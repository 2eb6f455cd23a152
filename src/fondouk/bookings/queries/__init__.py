"""Reading bookings: what may be booked, what is free, and what stands where."""

from .bookable import audience_of, bookable, bookable_space, clock_at, search_for
from .planner import Block, Line, lines
from .searching import (
    Found,
    Room,
    Search,
    closed_at,
    other_rooms,
    other_times,
    rules_for,
    search,
)

__all__ = [
    "Block",
    "Found",
    "Line",
    "Room",
    "Search",
    "audience_of",
    "bookable",
    "bookable_space",
    "clock_at",
    "closed_at",
    "lines",
    "other_rooms",
    "other_times",
    "rules_for",
    "search",
    "search_for",
]
