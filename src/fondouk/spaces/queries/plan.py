"""A floor as it stands on a day: what is drawn where, who holds it, until when, in which sector."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from fondouk.companies.models import Company, SectorAssignment
from fondouk.lib.shapes import middle
from fondouk.lib.zones import local_range
from fondouk.sites.models import Floor
from fondouk.spaces.enums import SpaceKind
from fondouk.spaces.models import Claim, FloorPlan, Resource, Shape

from .inventory import FREE, HELD, Row, rows

SHORT, YEAR = timedelta(days=92), timedelta(days=365)
SMALL, A_LETTER = 5, 0.55
"""Widths, in the size of a letter: below which a part is small, and of a letter itself."""
COLOURS = 8
"""Sectors that are told apart by colour; further ones share the last."""


@dataclass
class Drawn:
    """A part on the drawing, with the space that is shown for it: its own, or one that joins it with others and is held."""

    shape: Shape
    row: Row
    company: Company | None = None
    sector: int | None = None
    until: date | None = None
    colour: str = ""
    letters: int = 0
    """How large letters are on this plan."""

    @property
    def label(self) -> str:
        """Of a place of a zone what tells it from the others."""
        code, part = self.row.resource.code, self.shape.part.code
        if not self.row.resource.is_pool:
            return code
        return part[len(code) :].strip() if part.startswith(f"{code} ") else part

    @property
    def who(self) -> str:
        """Who holds it, where that is drawn; of a shared room how many of its places are taken."""
        if not self.row.held:
            return ""
        if self.row.resource.kind == SpaceKind.COWORKING and self.row.resource.capacity:
            return f"{sum(one.places or 1 for one in self.row.held)} / {self.row.resource.capacity}"
        return self.row.held[0].label

    @property
    def is_small(self) -> bool:
        return self.width < self.letters * SMALL

    @property
    def is_upright(self) -> bool:
        """Whether its label is too wide for it, and stands."""
        size = self.letters * (0.66 if self.is_small else 1)
        return self.width < len(self.label) * size * A_LETTER and self.height > self.width

    @property
    def points(self) -> str:
        return " ".join(f"{x},{y}" for x, y in self.shape.points)

    @property
    def middle(self) -> tuple[int, int]:
        x, y = middle([(x, y) for x, y in self.shape.points])
        return round(x), round(y)

    @property
    def width(self) -> int:
        xs = [x for x, _y in self.shape.points]
        return max(xs) - min(xs)

    @property
    def height(self) -> int:
        ys = [y for _x, y in self.shape.points]
        return max(ys) - min(ys)


@dataclass
class Picture:
    """`rows`: the spaces of the floor, drawn or not; `sectors`: their names, where those are what is shown."""

    plan: FloorPlan | None
    drawn: list[Drawn]
    rows: list[Row]
    sectors: dict[int, str] = field(default_factory=dict)

    @property
    def counts(self) -> dict[str, int]:
        """How many parts there are of each colour."""
        return dict(Counter(one.colour for one in self.drawn))


def picture(floor: Floor, day: date, by: str = "state") -> Picture:
    """`by`: "state", "end" (of what holds it) or "sector" (of whoever does). A fixed number of queries."""
    spaces = Resource.objects.filter(floor=floor).in_use(day).select_related("site")
    found = rows(
        spaces.prefetch_related("parts").order_by("code_folded").defer("vector", "site__vector"), day
    )
    plan = FloorPlan.objects.select_related("underlay").filter(floor=floor).first()
    shapes = list(plan.shapes.select_related("part")) if plan else []
    by_part: dict[int, list[Row]] = {}
    for row in found:
        for part in row.resource.parts.all():
            by_part.setdefault(part.pk, []).append(row)
    companies = _companies(floor, [shape.part_id for shape in shapes], day)
    drawn = []
    for shape in shapes:
        if row_of := _shown(by_part.get(shape.part_id, [])):
            ends = [one.until for one in row_of.held if one.until]
            drawn.append(
                Drawn(
                    shape,
                    row_of,
                    companies.get(shape.part_id),
                    until=min(ends) if ends else None,
                    letters=plan.letters if plan else 0,
                )
            )
    made = Picture(plan, drawn, found)
    if by == "sector":
        _by_sector(made, day)
    else:
        for one in drawn:
            one.colour = _end(one, day) if by == "end" else one.row.state
    return made


def _shown(candidates: Sequence[Row]) -> Row | None:
    """The space made of this part alone; one that joins it where that one is held and its own is not."""
    if not candidates:
        return None
    own = min(candidates, key=lambda row: len(row.resource.parts.all()))
    taken = [row for row in candidates if row.state not in (FREE,) and row.held]
    return own if own.held or own.state != FREE or not taken else taken[0]


def _companies(floor: Floor, parts: Sequence[int], day: date) -> dict[int, Company]:
    """Who holds each part for the whole of the day at least, by its claim: a meeting of an hour is none."""
    first, last = local_range(day, floor.building.site.zone)
    claims = Claim.objects.filter(
        part__in=parts, company__isnull=False, during__contains=(first, last - timedelta(microseconds=1))
    )
    return {one.part_id: one.company for one in claims.select_related("company") if one.company}


def _end(one: Drawn, day: date) -> str:
    if one.row.state in ("works",):
        return one.row.state
    if not one.row.held:
        return FREE
    if one.until is None:
        return "endless"
    left = one.until - day
    return "ends-short" if left <= SHORT else "ends-year" if left <= YEAR else "ends-later"


def _by_sector(made: Picture, day: date) -> None:
    keys = {one.company.pk for one in made.drawn if one.company}
    assigned = SectorAssignment.objects.on(day).filter(company__in=keys).select_related("sector")
    sectors = {one.company_id: one.sector for one in assigned}
    counts: dict[int, int] = {}
    for one in made.drawn:
        sector = sectors.get(one.company.pk) if one.company else None
        one.sector = sector.pk if sector else None
        if sector:
            counts[sector.pk] = counts.get(sector.pk, 0) + 1
            made.sectors[sector.pk] = str(sector)
    order = sorted(counts, key=lambda key: (-counts[key], key))
    places = {key: f"c{min(place, COLOURS - 1) + 1}" for place, key in enumerate(order)}
    for one in made.drawn:
        one.colour = places[one.sector] if one.sector else HELD if one.row.held else one.row.state
