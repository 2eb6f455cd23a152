"""What stands at a door, as its script reads it."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.templatetags.static import static
from django.utils.translation import get_language

from fondouk.bookings.enums import Audience
from fondouk.bookings.queries import clock_at
from fondouk.displays.models import Display
from fondouk.displays.queries import Slot, State, ends_from_now, open_hours, state_of
from fondouk.sites.enums import Weekday
from fondouk.ui.formatting import clock


def key_of(display: Display, sent: str = "") -> str:
    """How requests of this display are called, so that a tap that is sent twice books once."""
    return f"door-{display.pk}-{sent}"


def state_said(display: Display, moment: datetime | None = None) -> dict[str, Any]:
    """Times in milliseconds since 1970 (UTC), with the clock on the wall in words: a tablet's own zones may be out of date.
    `hours`: when the site is open, None for always. `offset` is the distance of the wall from UTC, in minutes.
    `build` changes with the script, which then starts anew.
    """
    state = state_of(display.resource, moment)
    ends = (
        ends_from_now(display.resource, Audience.RESIDENT, display.keeper, state.moment)
        if display.may_book
        else []
    )
    hours = open_hours(display.resource, display.keeper, state.moment)
    zone = ZoneInfo(display.resource.site.zone)
    wall = state.moment.astimezone(zone).utcoffset()
    return {
        "build": static("ui/built/door.js"),
        "at": _milliseconds(state.moment),
        "offset": int(wall.total_seconds() // 60) if wall else 0,
        "hours": None if hours is None else [_hours(one, state) for one in hours],
        "slots": [_slot(one, display, state) for one in state.slots],
        "choices": [{"ends": end.isoformat(), "until": _clock(end)} for end in ends],
    }


def _slot(slot: Slot, display: Display, state: State) -> dict[str, Any]:
    site = state.room.site
    return {
        "id": slot.occurrence,
        "first": _milliseconds(slot.first),
        "last": _milliseconds(slot.last),
        "starts": _milliseconds(slot.starts),
        "ends": _milliseconds(slot.ends),
        "from": _clock(clock_at(site, slot.starts)),
        "until": _clock(clock_at(site, slot.ends)),
        "title": slot.title,
        "who": slot.who,
        "comes": slot.comes_from and _milliseconds(slot.comes_from),
        "gone": slot.given_back and _milliseconds(slot.given_back),
        "goneAt": _clock(clock_at(site, slot.given_back)) if slot.given_back else "",
        "come": slot.has_come,
        "ours": bool(slot.key) and slot.key.startswith(key_of(display)),
    }


def _hours(slot: Slot, state: State) -> dict[str, Any]:
    """`day`: of the week, in the language of the display, for an opening that is not today or tomorrow."""
    opens = clock_at(state.room.site, slot.first)
    return {
        "first": _milliseconds(slot.first),
        "last": _milliseconds(slot.last),
        "from": _clock(opens),
        "day": str(Weekday(opens.isoweekday()).label),
    }


def _milliseconds(moment: datetime) -> int:
    return int(moment.timestamp() * 1000)


def _clock(local: datetime) -> str:
    return clock(local, (get_language() or "fr")[:2])
