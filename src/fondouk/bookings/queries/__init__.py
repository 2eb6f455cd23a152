"""Reading bookings: what may be booked, what is free, and what stands where."""

from .bookable import EARLY, audience_of, bookable, bookable_space, clock_at, may_come, search_for
from .planner import OPEN, Block, Line, lines
from .prices import LONGER, Quote, costs_of, longer_costs, needs, prices, quote, segment_of
from .searching import (
    Found,
    Room,
    Search,
    closed_at,
    other_rooms,
    other_times,
    rules_for,
    search,
    terms_for,
)
from .standing import Standing, standing

__all__ = [
    "EARLY",
    "LONGER",
    "OPEN",
    "Block",
    "Found",
    "Line",
    "Quote",
    "Room",
    "Search",
    "Standing",
    "audience_of",
    "bookable",
    "bookable_space",
    "clock_at",
    "closed_at",
    "costs_of",
    "lines",
    "longer_costs",
    "may_come",
    "needs",
    "other_rooms",
    "other_times",
    "prices",
    "quote",
    "rules_for",
    "search",
    "search_for",
    "segment_of",
    "standing",
    "terms_for",
]
