"""The editor of a plan: its size, the picture below, outlines by hand, by numbers, or out of an SVG."""

from __future__ import annotations

import json
import re
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from fondouk.lib.saving import say_beside
from fondouk.people.rules import required
from fondouk.sites.models import Floor
from fondouk.spaces.actions import Meanwhile, draw, import_shapes, set_plan
from fondouk.spaces.models import FloorPlan
from fondouk.spaces.queries import parts_on
from fondouk.spaces.web.forms.plan import PlanForm, SvgForm
from fondouk.ui.toasts import toast

MOST = 400
"""Corners of one outline."""
RECTANGLE = re.compile(r"(\d{1,6})\s*,\s*(\d{1,6})\s+(\d{1,6})\s*[x×*]\s*(\d{1,6})")


def _floor(request: HttpRequest, pk: int) -> Floor:
    floor = get_object_or_404(Floor.objects.select_related("building__site"), pk=pk)
    if not request.user.has_perm("spaces.edit", FloorPlan(floor=floor)):
        raise Http404
    return floor


@require_http_methods(["GET", "HEAD", "POST"])
@required("spaces.edit")
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """A POST holds the outline of each part as `part-7`: "10,20 110,20 110,90 10,90", or nothing where it is not drawn."""
    account: Any = request.user
    floor = _floor(request, pk)
    plan = FloorPlan.objects.filter(floor=floor).first()
    parts = parts_on(floor, _day(request))
    problems: dict[str, str] = {}
    if request.method == "POST" and plan is not None:
        outlines: dict[int, Any] = {}
        for part in parts:
            text = request.POST.get(f"part-{part.pk}", "").strip()
            if text:
                try:
                    outlines[part.pk] = _read(text)
                except (ValueError, OverflowError):
                    problems[f"part-{part.pk}"] = _("Write the corners as x,y with a space between them.")
        sequence = request.POST.get("sequence", "")
        if not problems:
            try:
                draw(
                    plan,
                    outlines,
                    by=account.person,
                    among=[part.pk for part in parts],
                    sequence=int(sequence) if sequence.isdecimal() else None,
                )
            except ValidationError as error:
                problems = {name: " ".join(said) for name, said in error.message_dict.items()}
            except Meanwhile as late:
                problems = {"": str(late)}
            else:
                toast(request, _("Saved."))
                day = _day(request)
                later = f"&day={day:%d/%m/%Y}" if day > timezone.localdate() else ""
                return redirect(f"{reverse('floor_plan')}?floor={floor.pk}{later}")
    return _shown(request, floor, problems=problems, status=422 if problems else 200)


def _day(request: HttpRequest) -> date:
    """`as_of` in the address, where the layout of a day to come is drawn; else today."""
    try:
        return max(date.fromisoformat(request.GET.get("as_of", "")), timezone.localdate())
    except ValueError:
        return timezone.localdate()


def _kept(request: HttpRequest) -> str:
    """The day that is drawn, for the address of the next page."""
    day = _day(request)
    return f"?as_of={day.isoformat()}" if day > timezone.localdate() else ""


def _read(text: str) -> list[tuple[int, int]]:
    """Corners, or a rectangle: "10,20 100x70". Raises `ValueError`, `OverflowError`."""
    if found := RECTANGLE.fullmatch(text):
        x, y, width, height = map(int, found.groups())
        return [(x, y), (x + width, y), (x + width, y + height), (x, y + height)]
    points = [tuple(round(float(number)) for number in corner.split(",")) for corner in text.split()]
    if len(points) > MOST or any(len(point) != 2 for point in points):
        raise ValueError(text[:40])
    return points  # type: ignore[return-value]


def written(points: list[list[int]]) -> str:
    """As `_read` reads it."""
    xs, ys = {x for x, _y in points}, {y for _x, y in points}
    if len(points) == 4 and len(xs) == len(ys) == 2:
        x, y = min(xs), min(ys)
        return f"{x},{y} {max(xs) - x}x{max(ys) - y}"
    return " ".join(f"{x},{y}" for x, y in points)


def _shown(
    request: HttpRequest,
    floor: Floor,
    *,
    problems: dict[str, str] | None = None,
    size: PlanForm | None = None,
    svg: SvgForm | None = None,
    status: int = 200,
) -> HttpResponse:
    plan = FloorPlan.objects.select_related("underlay").filter(floor=floor).first()
    shapes = {shape.part_id: shape for shape in plan.shapes.all()} if plan else {}
    said = problems or {}
    lines = []
    day = _day(request)
    for part in parts_on(floor, day):
        shape = shapes.get(part.pk)
        text = written(shape.points) if shape else ""
        name = f"part-{part.pk}"
        lines.append((part, request.POST.get(name, text) if said else text, said.get(name, "")))
    initial = {"width": plan.width, "height": plan.height} if plan else {"width": 4000, "height": 2500}
    context = {
        "floor": floor,
        "site": floor.building.site,
        "plan": plan,
        "day": day,
        "kept": _kept(request),
        "is_later": day > timezone.localdate(),
        "lines": lines,
        "problem": said.get("", ""),
        "size": size or PlanForm(initial=initial),
        "svg": svg or SvgForm(),
        "named": json.dumps({part.pk: part.code for part, _text, _said in lines}),
    }
    return render(request, "spaces/plan/edit.html", context, status=status)


@require_POST
@required("spaces.edit")
def resize(request: HttpRequest, pk: int) -> HttpResponse:
    account: Any = request.user
    floor = _floor(request, pk)
    form = PlanForm(request.POST, request.FILES)
    if form.is_valid():
        said = form.cleaned_data
        try:
            set_plan(
                floor,
                width=int(said["width"]),
                height=int(said["height"]),
                underlay=said["underlay"],
                drops_underlay=said["drops_underlay"],
                by=account.person,
            )
        except ValidationError as error:
            say_beside(form, error)
        else:
            toast(request, _("Saved."))
            return redirect(f"{reverse('floor_plan_edit', args=[pk])}{_kept(request)}")
    return _shown(request, floor, size=form, status=422)


@require_POST
@required("spaces.edit")
def import_svg(request: HttpRequest, pk: int) -> HttpResponse:
    account: Any = request.user
    floor = _floor(request, pk)
    plan = get_object_or_404(FloorPlan, floor=floor)
    form = SvgForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            found = import_shapes(plan, form.cleaned_data["svg"].read(), by=account.person)
        except ValidationError as error:
            say_beside(form, error)
        else:
            count = len(found.drawn)
            said = ngettext("%(n)s space is drawn.", "%(n)s spaces are drawn.", count) % {"n": count}
            if found.unknown:
                names = ", ".join(found.unknown[:5])
                said = f"{said} {_('Names that no space has: %(names)s') % {'names': names}}"
            toast(request, said)
            return redirect(f"{reverse('floor_plan_edit', args=[pk])}{_kept(request)}")
    return _shown(request, floor, svg=form, status=422)
