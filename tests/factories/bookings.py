"""Bookings, as the actions make them."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from fondouk.bookings.actions import book
from fondouk.bookings.enums import Audience
from fondouk.bookings.models import Booking
from fondouk.bookings.wishes import Wish
from fondouk.lib.recurrence import parse_rule
from fondouk.spaces.actions import close_spaces
from fondouk.spaces.enums import SpaceKind
from fondouk.spaces.models import Closure, Resource

from .people import PersonFactory
from .spaces import ResourceFactory

TUESDAY = datetime(2027, 1, 5, 10)  # noqa: DTZ001 - the clock on the wall


def room(**values: Any) -> Resource:
    """A meeting room for eight."""
    return ResourceFactory(**{"kind": SpaceKind.MEETING_ROOM, "capacity": 8, **values})


def wish(resource: Resource | None = None, *, hours: float = 1, rule: str = "", **values: Any) -> Wish:
    """Tuesday at ten, for an hour."""
    starts = values.pop("starts", TUESDAY)
    return Wish(
        resource=resource or room(),
        starts=starts,
        ends=values.pop("ends", starts + timedelta(hours=hours)),
        title=values.pop("title", "Réunion"),
        organiser=values.pop("organiser", None) or PersonFactory(),
        rule=parse_rule(rule) if rule else None,
        **values,
    )


def booked(resource: Resource | None = None, *, by: Any = None, **values: Any) -> Booking:
    said = wish(resource, **values)
    return book(said, audience=Audience.STAFF, by=by or said.organiser)


def closed(
    *resources: Resource, starts: datetime = TUESDAY, hours: float = 4, reason: str = "Peinture"
) -> Closure:
    """A painter's morning in these spaces."""
    closure = Closure(
        site=resources[0].site, reason=reason, starts=starts, ends=starts + timedelta(hours=hours)
    )
    return close_spaces(closure, resources=list(resources), by=None)
