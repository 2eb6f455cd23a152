"""The places of a zone, "Atlas 01", "Atlas 02" …: parts that are given one by one to whoever books it."""

from __future__ import annotations

from decimal import ROUND_DOWN, Decimal

from django.db.models import Exists, OuterRef, QuerySet

from fondouk.sites.models import Floor
from fondouk.spaces.models import Part, Resource, ResourcePart

MOST = 200
CENT = Decimal("0.01")


def own_places(resource: Resource) -> QuerySet[Part]:
    """Those that a zone has of its own: of one that joins other spaces, the places are theirs, whatever they are called."""
    found = Part.objects.filter(
        resources=resource, resources__is_pool=True, code__startswith=f"{resource.code} "
    )
    others = ResourcePart.objects.filter(part=OuterRef("pk")).exclude(resource=resource)
    return found.filter(~Exists(others))


def places_of(resource: Resource, floor: Floor | None, places: int, area: Decimal | None) -> list[Part]:
    """So many parts, not saved, which share the `area` (m²) to the hundredth; the last has what is left."""
    each = (area / places).quantize(CENT, ROUND_DOWN) if area else None
    found = []
    for number in range(1, places + 1):
        share = area - each * (places - 1) if area and each is not None and number == places else each
        code = f"{resource.code} {number:02d}"
        found.append(Part(site=resource.site, floor=floor, code=code, area=share or None))
    return found
