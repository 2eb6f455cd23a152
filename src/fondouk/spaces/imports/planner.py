"""What a row of a sheet of spaces does."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _

from fondouk.imports.planning import Planner, Values, shown
from fondouk.imports.recognition import ReadSheet
from fondouk.sites.imports import SiteBook
from fondouk.sites.models import Floor, Site
from fondouk.spaces.enums import SpaceKind
from fondouk.spaces.models import Part, Resource, ResourcePart
from fondouk.spaces.places import MOST as MOST_PLACES
from fondouk.spaces.places import places_of

from .book import SpaceBook, exact, loose
from .places import PlaceBook
from .rates import RateBook
from .words import combined_codes, is_known_kind, says_combined


@dataclass
class _Waiting:
    """A row that joins rooms which may stand further down. `ways` are the codes that may be meant, the likeliest first.
    `is_said`: the row names them, rather than its code.
    """

    values: Values
    site: Site
    code: str
    ways: list[list[str]]
    is_said: bool


class SpacePlanner(Planner):
    label_field = "code"

    def prepare(self) -> None:
        self.sites = SiteBook.of(self.context)
        self.book = SpaceBook.of(self.context)
        self.places = PlaceBook(self.context)
        self.rates = RateBook(self.writer, self.context.today)
        self.parts = {(id(part.site), exact(part.code)): part for part in self._parts_known()}
        self.seen: set[int] = set()
        self.accepted: list[Resource] = []
        self.waiting: list[_Waiting] = []
        self.awaited: set[tuple[int, str]] = set()

    def _parts_known(self) -> list[Part]:
        sites = {site.pk: site for site in self.sites.all}
        parts = {part.pk: part for parts in self.book.parts.values() for part in parts}
        for part in Part.objects.exclude(pk__in=parts).defer("code_folded"):
            part.site = sites[part.site_id]
            parts[part.pk] = part
        return list(parts.values())

    def plan_row(self, values: Values, sheet: ReadSheet) -> None:
        code = values.get("code")
        if not code or not loose(code):
            if "code" not in values.bad:
                values.refuse("missing", "code", _("A space needs a number or a name."))
            return
        site = self.sites.resolve(values)
        if site is None and not values.plan.is_refused:
            values.refuse("unknown site", "site", _("Say on which site this space is."))
        if values.plan.is_refused or site is None:
            return
        rooms = values.get("made_of")
        if rooms or combined_codes(code):
            if (id(site), loose(code)) in self.awaited:
                self._refuse_twice(values)
                return
            self.awaited.add((id(site), loose(code)))
            self.waiting.append(
                _Waiting(values, site, code, [rooms] if rooms else combined_codes(code), rooms is not None)
            )
            return
        self._accept(values, site, code, None)

    def _refuse_twice(self, values: Values) -> None:
        values.refuse(
            "duplicate",
            "code",
            _(
                "The space “%(value)s” stands in the book already for this site. A number is used once a site: where "
                "buildings number alike, put the building before it (A-%(value)s)."
            ),
        )

    def settle(self) -> None:
        """Rooms joined of others, once all others are known; those joined of joined ones last."""
        waiting, self.waiting = self.waiting, []
        while waiting:
            awaited = {(id(row.site), loose(row.code)) for row in waiting}
            later = [row for row in waiting if not self._settle(row, awaited)]
            if len(later) == len(waiting):
                for row in later:
                    self._give_up(row)
                return
            waiting = later

    def _settle(self, row: _Waiting, awaited: set[tuple[int, str]]) -> bool:
        """False when a room it joins waits itself."""
        rooms: list[Resource] = []
        for way in row.ways:
            found = [self.book.at(row.site, code) for code in way]
            rooms = [room for room in found if room is not None]
            if len(rooms) == len(way):
                break
            missing = {loose(code) for code, room in zip(way, found, strict=True) if room is None}
            if any((id(row.site), code) in awaited for code in missing):
                return False
        else:
            self._give_up(row)
            return True
        parts = {id(part): part for room in rooms for part in self.book.parts.get(id(room), [])}
        if not row.is_said and len(parts) < 2:
            self._give_up(row)
            return True
        self._accept(row.values, row.site, row.code, list(parts.values()) or None)
        return True

    def _give_up(self, row: _Waiting) -> None:
        """A room it joins is unknown: refused when the row names it, else "Recherche & Développement" is a
        name.
        """
        if not row.is_said:
            self._accept(row.values, row.site, row.code, None)
            return
        rooms = row.ways[0]
        missing = next((code for code in rooms if self.book.at(row.site, code) is None), rooms[0])
        row.values.refuse(
            "unknown space",
            "made_of",
            _("“%(room)s” is no space of this site. Add it, or correct what the room is made of."),
            room=shown(missing),
        )

    def _accept(self, values: Values, site: Site, code: str, joined: list[Part] | None) -> None:
        given = values.get("given")
        if given is not None and not 2 <= given <= MOST_PLACES:
            values.refuse("places", "given", _("A zone has between 2 and 200 places."))
            return
        existing = self.book.at(site, code)
        begins = values.get("in_use_from") or (existing.in_use_from if existing else None)
        ends = values.get("withdrawn_on") or (existing.withdrawn_on if existing else None)
        if begins is not None and ends is not None and ends < begins:
            values.refuse("dates", "withdrawn_on", _("It is out of use before it is in use."))
            return
        if existing is not None and id(existing) in self.seen:
            self._refuse_twice(values)
            return
        if values.get("kind") == SpaceKind.OTHER and not is_known_kind(values.written("kind")):
            values.warn("kind", "kind", _("“%(value)s” is no known kind of space: it is kept as “other”."))
        if joined is None and existing is None and says_combined(str(values.written("kind") or "")):
            values.warn(
                "made of",
                "code",
                _(
                    "“%(value)s” joins rooms that are not found: it counts as a room of its own. Name them in a "
                    "column “Made of”."
                ),
            )
        resource = existing or Resource(site=site, code=code, kind=values.get("kind") or SpaceKind.OFFICE)
        self.seen.add(id(resource))
        self.accepted.append(resource)
        stands_on = self.places.floor_of.get(resource.floor_id) if resource.floor_id else None
        floor = self.places.resolve(site, values, stands_on)
        wanted: dict[str, Any] = {
            "kind": values.get("kind"),
            "capacity": values.get("capacity"),
            "note": values.get("note"),
            "in_use_from": values.get("in_use_from"),
            "withdrawn_on": values.get("withdrawn_on"),
            "floor": floor if floor is not stands_on else None,
        }
        wanted = {name: value for name, value in wanted.items() if value is not None}
        if existing is None:
            resource.is_pool = given is not None
            for name, value in wanted.items():
                setattr(resource, name, value)
            self.writer.create(resource)
            self.book.add(resource)
            values.plan.touch(created=True)
        else:
            if stands_on is not None:
                resource.floor = stands_on
            values.change(self.writer, resource, **wanted)
        self._set_parts(resource, joined, floor, values)
        self.rates.set(resource, values)

    def _set_parts(
        self, resource: Resource, joined: list[Part] | None, floor: Floor | None, values: Values
    ) -> None:
        """A part of its own, or those of the rooms it joins. The parts of a space that is known stay as they
        are.
        """
        known = self.book.parts.get(id(resource))
        area = values.get("area")
        if known:
            if joined and {id(part) for part in joined} != {id(part) for part in known}:
                values.warn(
                    "made of",
                    "made_of",
                    _("This space is made of other parts in the database: they stay as they are."),
                )
            if values.get("given") not in (None, len(known)):
                values.warn(
                    "places", "given", _("This zone has other places in the database: they stay as they are.")
                )
            self._set_area(resource, known, area, values)
            return
        if resource.is_pool and not joined:
            self._divide(resource, floor, int(values.get("given")), area, values)
            return
        parts = joined or [self._own_part(resource, floor)]
        self.book.parts[id(resource)] = parts
        for part in parts:
            self.writer.create(ResourcePart(resource=resource, part=part))
        self._set_area(resource, parts, area, values)
        values.plan.touch()

    def _divide(
        self, resource: Resource, floor: Floor | None, places: int, area: Decimal | None, values: Values
    ) -> None:
        """A zone with so many places of its own, which share its area."""
        self.book.parts[id(resource)] = []
        for part in places_of(resource, floor, places, area):
            self.writer.create(part)
            self.book.parts[id(resource)].append(part)
            self.writer.create(ResourcePart(resource=resource, part=part))
        values.plan.touch()

    def _own_part(self, resource: Resource, floor: Floor | None) -> Part:
        key = (id(resource.site), exact(resource.code))
        part = self.parts.get(key)
        if part is None:
            part = Part(site=resource.site, floor=floor, code=resource.code)
            self.writer.create(part)
            self.parts[key] = part
        return part

    def _set_area(self, resource: Resource, parts: list[Part], area: Decimal | None, values: Values) -> None:
        """The part's own; of joined rooms the parts count, and another area is kept beside them."""
        if area is None:
            return
        if len(parts) == 1 and exact(parts[0].code) == exact(resource.code):
            if parts[0].pk is None:
                parts[0].area = area
            else:
                values.change(self.writer, parts[0], area=area)
            return
        total = sum((part.area or Decimal(0) for part in parts), Decimal(0))
        declared = area if area != total else None
        if resource.pk is None:
            resource.declared_area = declared
        else:
            values.change(self.writer, resource, declared_area=declared)
        if declared is not None and total:
            values.warn(
                "area",
                "area",
                _("The rooms that make it up add up to %(total)s m²: that is what counts."),
                total=shown(total),
            )

    def totals(self) -> dict[str, int]:
        combined = sum(1 for resource in self.accepted if len(self.book.parts.get(id(resource), [])) > 1)
        return {"spaces": len(self.accepted), "combined_rooms": combined}
