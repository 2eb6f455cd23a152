"""Spaces as a sheet: one row a resource, with its own area or what it is made of, and the rates of today."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _

from fondouk.imports.exporting import Exporter
from fondouk.sites.models import Floor, Site
from fondouk.spaces.enums import SpaceKind
from fondouk.spaces.models import Layout, Part, Resource, ResourcePart, ResourceRate

from .book import exact
from .rates import CURRENCY, UNITS
from .words import KINDS, floor_word

BETWEEN = re.compile(r"[+;,&]|\bet\b|\band\b")
COLUMNS = ("site", "building", "floor", "code", "kind", "area", "capacity")


def resource_area(parts: list[Part]) -> Decimal | None:
    """Of a zone, the sum of its places; None where one is unknown."""
    known = [part.area for part in parts if part.area is not None]
    return sum(known, Decimal(0)) if known and len(known) == len(parts) else None


class SpaceExporter(Exporter):
    def headers(self) -> list[str]:
        codes = (*COLUMNS, *UNITS, "made_of", "given", "in_use_from", "withdrawn_on", "note")
        return [self.title(code) for code in codes]

    def rows(self) -> Iterator[list[Any]]:
        sites = dict(Site.objects.values_list("pk", "name"))
        floors = {floor.pk: floor for floor in Floor.objects.select_related("building")}
        parts = self._parts()
        owners = self._owners(parts)
        rates = self._rates()
        self.leave_out(
            _("Re-layouts: their spaces stay, with their dates"), Layout.objects.standing().count()
        )
        for resource in Resource.objects.defer("code_folded", "vector").order_by("site", "pk").iterator(2000):
            floor = floors.get(resource.floor_id) if resource.floor_id else None
            own = parts.get(resource.pk, [])
            yield [
                sites[resource.site_id],
                floor.building.code if floor else None,
                floor_word(floor.level, self.language) if floor else None,
                resource.code,
                KINDS.word(SpaceKind(resource.kind), self.language),
                self._area(resource, own),
                resource.capacity,
                *(rates.get((resource.pk, unit)) for unit in UNITS.values()),
                self._made_of(resource, own, owners),
                len(own) if resource.is_pool else None,
                resource.in_use_from,
                resource.withdrawn_on,
                resource.note,
            ]

    def _parts(self) -> dict[int, list[Part]]:
        by_pk = {part.pk: part for part in Part.objects.defer("code_folded")}
        parts: dict[int, list[Part]] = {}
        used = set()
        for resource, part in ResourcePart.objects.order_by("pk").values_list("resource_id", "part_id"):
            parts.setdefault(resource, []).append(by_pk[part])
            used.add(part)
        self.leave_out(_("Parts that belong to no space"), len(by_pk.keys() - used))
        return parts

    def _owners(self, parts: dict[int, list[Part]]) -> dict[int, str]:
        """For each part the code of the space that is this part alone, of several the one named as the part
        is.
        """
        owners: dict[int, str] = {}
        for pk, code in Resource.objects.order_by("pk").values_list("pk", "code"):
            own = parts.get(pk, [])
            if len(own) == 1 and (own[0].pk not in owners or exact(own[0].code) == exact(code)):
                owners[own[0].pk] = code
        return owners

    def _rates(self) -> dict[tuple[int, int], Decimal]:
        rates: dict[tuple[int, int], Decimal] = {}
        known = ResourceRate.objects.all()
        for rate in known.on(self.today):
            if rate.currency == CURRENCY:
                rates[rate.resource_id, rate.unit] = rate.amount
        self.leave_out(_("Rates of other times or currencies"), known.count() - len(rates))
        return rates

    def _area(self, resource: Resource, parts: list[Part]) -> Decimal | None:
        if resource.is_pool and resource.declared_area is None:
            return resource_area(parts)
        is_own = len(parts) == 1 and exact(parts[0].code) == exact(resource.code)
        if is_own or (len(parts) == 1 and resource.declared_area is None):
            self.leave_out(_("Declared areas beside that of the part"), resource.declared_area is not None)
            return parts[0].area
        return resource.declared_area

    def _made_of(self, resource: Resource, parts: list[Part], owners: dict[int, str]) -> str | None:
        if not parts or (
            len(parts) == 1 and exact(owners.get(parts[0].pk, resource.code)) == exact(resource.code)
        ):
            return None
        if any(part.pk not in owners for part in parts):
            if resource.is_pool and not any(part.pk in owners for part in parts):
                return None  # places of its own
            self.leave_out(_("Spaces made of parts that are no space of their own"))
            return None
        codes = [owners[part.pk] for part in parts]
        return ("\n" if any(BETWEEN.search(code) for code in codes) else " + ").join(codes)
