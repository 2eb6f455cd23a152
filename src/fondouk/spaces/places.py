"""The places of a zone, "Atlas 01", "Atlas 02" …: parts that are given one by one to whoever books it."""

from __future__ import annotations

from decimal import ROUND_DOWN, Decimal

from fondouk.sites.models import Floor
from fondouk.spaces.models import Part, Resource

MOST = 200
CENT = Decimal("0.01")


def places_of(resource: Resource, floor: Floor | None, places: int, area: Decimal | None) -> list[Part]:
    """So many parts, not saved, which share the `area` (m²) to the hundredth; the last has what is left."""
    each = (area / places).quantize(CENT, ROUND_DOWN) if area else None
    found = []
    for number in range(1, places + 1):
        share = area - each * (places - 1) if area and each is not None and number == places else each
        code = f"{resource.code} {number:02d}"
        found.append(Part(site=resource.site, floor=floor, code=code, area=share or None))
    return found
