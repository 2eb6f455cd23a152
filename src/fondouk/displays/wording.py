"""A room in a few words, as its door says them."""

from __future__ import annotations

from django.utils.translation import ngettext

from fondouk.spaces.models import Resource


def place_of(room: Resource) -> str:
    """Its site and floor."""
    return f"{room.site} · {room.floor.label}" if room.floor else str(room.site)


def facts_of(room: Resource) -> str:
    """How many it seats, and what stands in it."""
    said = []
    if room.capacity:
        said.append(ngettext("%(n)d person", "%(n)d people", room.capacity) % {"n": room.capacity})
    return " · ".join([*said, *room.equipment_labels])
