"""Buildings and floors that rows of spaces name, made where they are missing."""

from __future__ import annotations

from typing import Any

from fondouk.imports.planning import Values
from fondouk.lib.text import squash
from fondouk.sites.imports import SiteBook
from fondouk.sites.models import Building, Floor, Site

ONLY_BUILDING = "1"
"""The code of a building that nobody named, on a site that has none."""


class PlaceBook:
    def __init__(self, context: Any) -> None:
        self.writer = context.writer
        self.buildings: dict[int, dict[str, Building]] = {}
        self.floors: dict[tuple[int, int], Floor] = {}
        self.floor_of: dict[int, Floor] = {}
        sites = {site.pk: site for site in SiteBook.of(context).all}
        by_pk: dict[int, Building] = {}
        for building in Building.objects.order_by("pk"):
            by_pk[building.pk] = building
            # Where both B1 and b1 stand, rows mean the first.
            self.buildings.setdefault(id(sites[building.site_id]), {}).setdefault(
                _key(building.code), building
            )
        for floor in Floor.objects.order_by("pk"):
            floor.building = by_pk[floor.building_id]
            self.floors[id(floor.building), floor.level] = floor
            self.floor_of[floor.pk] = floor

    def resolve(self, site: Site, values: Values, stands_on: Floor | None) -> Floor | None:
        """The floor a row names. What it does not say stays as it is, or is the only building, or the ground
        floor.
        """
        code, level = values.get("building"), values.get("floor")
        if code is None and level is None:
            return None
        here = self.buildings.setdefault(id(site), {})
        if code is not None:
            building = here.get(_key(code))
        elif stands_on is not None:
            building = stands_on.building
        else:
            building = next(iter(here.values())) if len(here) == 1 else here.get(ONLY_BUILDING)
        if building is None:
            building = Building(site=site, code=code or ONLY_BUILDING)
            self.writer.create(building)
            here[_key(building.code)] = building
        if level is None:
            level = stands_on.level if stands_on is not None and stands_on.building is building else 0
        floor = self.floors.get((id(building), level))
        if floor is None:
            floor = Floor(building=building, level=level)
            self.writer.create(floor)
            self.floors[id(building), level] = floor
        return floor


def _key(code: str) -> str:
    return squash(code) or code
