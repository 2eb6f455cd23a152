"""Displays, with the secret that their address holds."""

from __future__ import annotations

from fondouk.displays.actions import add_display
from fondouk.displays.models import Display
from fondouk.people.models import Person
from fondouk.spaces.models import Resource

from .people import PersonFactory


def hung_up(resource: Resource, *, by: Person | None = None, **values: object) -> tuple[Display, str]:
    display = Display(resource=resource, **values)
    return display, add_display(display, by=by or PersonFactory())
