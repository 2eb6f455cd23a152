"""Drawing a floor: its size, the picture below, where each part lies."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fondouk.audit.actions import record
from fondouk.files.actions import FileRefused, delete_file, store_file
from fondouk.files.sniffing import IMAGES
from fondouk.lib.saving import save
from fondouk.lib.shapes import BrokenDrawing, area, read_svg
from fondouk.lib.text import fold
from fondouk.people.models import Person
from fondouk.sites.models import Floor
from fondouk.spaces import verbs
from fondouk.spaces.models import FloorPlan, Part, Shape

PICTURE_LIMIT = 8 * 1024 * 1024
SVG_LIMIT = 4 * 1024 * 1024
REASONS = {
    "xml": gettext_lazy("This file is no SVG drawing that can be read safely."),
    "svg": gettext_lazy("This drawing does not say how large it is."),
    "none": gettext_lazy("No rectangle, polygon or straight path with a name was found in it."),
    "many": gettext_lazy("This drawing is too large."),
}

Points = Sequence[Sequence[int]]


class Meanwhile(Exception):
    """Somebody else has drawn since it was read. Nothing is written."""

    def __str__(self) -> str:
        return _("Somebody has changed this plan meanwhile. Look at it again.")


@dataclass(frozen=True)
class Imported:
    """Codes of parts that were drawn, of parts that the drawing does not hold, and names in it that no part has."""

    drawn: list[str]
    missing: list[str]
    unknown: list[str]


@transaction.atomic
def set_plan(
    floor: Floor, *, width: int, height: int, underlay: Any = None, drops_underlay: bool = False, by: Person
) -> FloorPlan:
    """Its size, and perhaps another picture below. Raises `ValidationError` beside "width", "underlay"."""
    plan, _made = FloorPlan.objects.select_for_update().get_or_create(floor=floor)
    former = plan.underlay
    if underlay is not None:
        try:
            plan.underlay = store_file(underlay, by=by, accepted=IMAGES, limit=PICTURE_LIMIT)
        except FileRefused as refused:
            said = _("Pictures (PNG, JPEG, WebP) are accepted.") if refused.code == "type" else str(refused)
            raise ValidationError({"underlay": said}) from refused
    elif drops_underlay:
        plan.underlay = None
    plan.width, plan.height = width, height
    plan.sequence += 1
    save(plan, beside={"floor_plan_has_a_size": "width"})
    if former is not None and former != plan.underlay:
        delete_file(former)
    record(verbs.PLAN_SET, floor, floor.building.site, by=by)
    return plan


@transaction.atomic
def draw(
    plan: FloorPlan,
    outlines: Mapping[int, Points],
    *,
    by: Person,
    among: Collection[int] | None = None,
    sequence: int | None = None,
) -> list[Shape]:
    """These parts of the floor lie there; those `among` which they were chosen, all of the floor unless it is said, are not
    drawn any more.

    Raises `ValidationError` with the key of the part ("part-7") as its field, `Meanwhile`.
    """
    locked = (
        FloorPlan.objects.select_for_update(of=("self",))
        .select_related("floor__building__site")
        .get(pk=plan.pk)
    )
    if sequence is not None and sequence != locked.sequence:
        raise Meanwhile
    parts = {part.pk: part for part in Part.objects.filter(floor=locked.floor, pk__in=outlines)}
    problems = {
        f"part-{key}": said
        for key, points in outlines.items()
        if (said := _wrong(points, locked) if key in parts else _("This space is on another floor."))
    }
    if problems:
        raise ValidationError(problems)
    going = locked.shapes.exclude(part__in=parts)
    (going if among is None else going.filter(part__in=among)).delete()
    kept = {shape.part_id: shape for shape in locked.shapes.all()}
    drawn = []
    for key, points in outlines.items():
        shape = kept.get(key) or Shape(part=parts[key])
        shape.plan, shape.points = locked, [[int(x), int(y)] for x, y in points]
        save(shape)
        drawn.append(shape)
    FloorPlan.objects.filter(pk=locked.pk).update(sequence=F("sequence") + 1)
    record(verbs.SHAPES_DRAWN, locked.floor, locked.floor.building.site, by=by, count=len(drawn))
    return drawn


def _wrong(points: Points, plan: FloorPlan) -> str:
    if len(points) < 3:
        return _("A shape has three corners at least.")
    if any(not (0 <= x <= plan.width and 0 <= y <= plan.height) for x, y in points):
        return _("It lies outside of the drawing.")
    if area([(x, y) for x, y in points]) < 1:
        return _("It has no surface.")
    return ""


@transaction.atomic
def import_shapes(plan: FloorPlan, content: bytes, *, by: Person) -> Imported:
    """Outlines of an SVG whose names are codes of parts of this floor, made as large as the plan. Parts that it does not
    hold stay as they are. Raises `ValidationError` beside "svg".
    """
    if len(content) > SVG_LIMIT:
        raise ValidationError({"svg": _("This file is too large.")})
    try:
        drawing = read_svg(content)
    except BrokenDrawing as broken:
        raise ValidationError({"svg": REASONS[broken.reason]}) from broken
    parts = {fold(part.code): part for part in Part.objects.filter(floor=plan.floor)}
    across, down = plan.width / drawing.width, plan.height / drawing.height
    outlines: dict[int, Points] = {shape.part_id: shape.points for shape in plan.shapes.all()}
    drawn: dict[str, None] = {}
    unknown: list[str] = []
    for outline in drawing.outlines:
        part = next((parts[fold(name)] for name in outline.names if fold(name) in parts), None)
        if part is None:
            unknown.append(outline.names[0])
            continue
        outlines[part.pk] = [
            [
                min(plan.width, max(0, round((x - drawing.x) * across))),
                min(plan.height, max(0, round((y - drawing.y) * down))),
            ]
            for x, y in outline.points
        ]
        drawn[part.code] = None
    if not drawn:
        raise ValidationError({"svg": _("None of its names is the code of a space of this floor.")})
    try:
        draw(plan, outlines, by=by)
    except ValidationError as error:
        codes = {f"part-{part.pk}": part.code for part in parts.values()}
        named = [f"{codes.get(name, name)}: {' '.join(said)}" for name, said in error.message_dict.items()]
        raise ValidationError({"svg": named}) from error
    missing = [part.code for part in parts.values() if part.code not in drawn]
    return Imported(list(drawn), sorted(missing), unknown)
