"""Reading people by their roles, and sites by their hours."""

from .hours import Day, Holiday, after_open_minutes, holidays, hours_on, is_open, runs_of, week_of
from .people import (
    administrators,
    belongings,
    holders,
    holders_since,
    is_last_administrator,
    matching_people,
    people_within,
    register_belonging,
    register_tie,
    visible_people,
)
from .places import sites_within

__all__ = [
    "Day",
    "Holiday",
    "administrators",
    "after_open_minutes",
    "belongings",
    "holders",
    "holders_since",
    "holidays",
    "hours_on",
    "is_last_administrator",
    "is_open",
    "matching_people",
    "people_within",
    "register_belonging",
    "register_tie",
    "runs_of",
    "sites_within",
    "visible_people",
    "week_of",
]
