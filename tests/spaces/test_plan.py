"""The plan of a floor: drawn by hand, by numbers, out of an SVG; shown on a day; never a place for a script."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from fondouk.files.models import StoredFile
from fondouk.lib.shapes import BrokenDrawing, area, middle, read_svg
from fondouk.sites.models import Floor
from fondouk.spaces.actions import Meanwhile, draw, import_shapes, set_plan
from fondouk.spaces.models import FloorPlan, Resource, Shape
from fondouk.spaces.queries import picture
from tests.factories import (
    ContractFactory,
    ContractLineFactory,
    FloorFactory,
    PersonFactory,
    ResourceFactory,
    SiteFactory,
    staff,
)
from tests.factories.bookings import closed
from tests.files.samples import PNG_BYTES as PNG

BOX = [[0, 0], [100, 0], [100, 50], [0, 50]]


def floor_with(*codes: str, site: Any = None) -> tuple[Floor, FloorPlan, list[Resource]]:
    site = site or SiteFactory()
    floor = FloorFactory(building__site=site)
    spaces = [ResourceFactory(site=site, floor=floor, code=code) for code in codes]
    return floor, set_plan(floor, width=1000, height=500, by=PersonFactory()), spaces


def part_of(space: Resource) -> int:
    return space.parts.get().pk


SVG = b"""<svg xmlns="http://www.w3.org/2000/svg" xmlns:inkscape="http://www.inkscape.org/namespaces/inkscape"
  viewBox="0 0 200 100"><defs><rect id="B-9" width="9" height="9"/></defs>
  <g transform="translate(10 0) scale(2)"><rect id="b-1" x="0" y="5" width="20" height="10"/></g>
  <polygon points="60,0 80,0 80,20" inkscape:label="B-2"/>
  <path d="M 100 10 h 20 v 30 h -20 z"><title>B-3</title></path>
  <path id="B-4" d="M0 0 C 1 1 2 2 3 3 z"/><circle id="B-5" r="4"/><rect id="Hall" width="5" height="5"/>
  <script>alert(1)</script></svg>"""


class TestReading:
    def test_rectangles_polygons_and_straight_paths_where_they_lie(self) -> None:
        drawing = read_svg(SVG)
        assert (drawing.width, drawing.height) == (200, 100)
        found = {outline.names[0]: outline.points for outline in drawing.outlines}
        assert list(found) == ["b-1", "B-2", "B-3", "Hall"]
        assert found["b-1"] == ((10, 10), (50, 10), (50, 30), (10, 30))
        assert found["B-3"] == ((100, 10), (120, 10), (120, 40), (100, 40))

    @pytest.mark.parametrize(
        ("content", "reason"),
        [
            (b"", "xml"),
            (b"<svg", "xml"),
            (b"\x89PNG", "xml"),
            (b'<!DOCTYPE svg [<!ENTITY a "b">]><svg viewBox="0 0 1 1"/>', "xml"),
            (b"<html/>", "svg"),
            (b'<svg><rect id="a" width="1" height="1"/></svg>', "svg"),
            (b'<svg viewBox="0 0 0 1"><rect id="a" width="1" height="1"/></svg>', "svg"),
            (b'<svg viewBox="0 0 9 9"><rect width="1" height="1"/></svg>', "none"),
            (b'<svg viewBox="0 0 9 9">' + b"<g>" * 80 + b"</g>" * 80 + b"</svg>", "many"),
        ],
    )
    def test_what_is_no_drawing(self, content: bytes, reason: str) -> None:
        with pytest.raises(BrokenDrawing) as broken:
            read_svg(content)
        assert broken.value.reason == reason

    def test_what_lies_nowhere_is_left_out(self) -> None:
        one = b'<rect id="b" width="1" height="1"/>'
        far = b'<svg viewBox="0 0 9 9"><rect id="a" x="1e999" width="1" height="1"/>' + one + b"</svg>"
        assert [outline.names for outline in read_svg(far).outlines] == [("b",)]

    def test_turned_and_measured(self) -> None:
        svg = b'<svg viewBox="0 0 9 9"><rect id="a" width="2" height="1" transform="rotate(90 0 0)"/></svg>'
        (outline,) = read_svg(svg).outlines
        assert [(round(x), round(y)) for x, y in outline.points] == [(0, 0), (0, 2), (-1, 2), (-1, 0)]
        assert area([(0, 0), (4, 0), (4, 3)]) == 6
        assert middle([(0, 0), (4, 0), (4, 2), (0, 2)]) == (2, 1)
        assert middle([(0, 0), (4, 0), (8, 0)]) == (4, 0)


@pytest.mark.django_db
class TestDrawing:
    def test_all_of_it_or_nothing(self) -> None:
        _floor, plan, (a, b) = floor_with("B-1", "B-2")
        _other, _plan, (c,) = floor_with("B-3")
        by = PersonFactory()
        draw(plan, {part_of(a): BOX}, by=by)
        for broken, field in (
            ({part_of(b): BOX[:2]}, part_of(b)),
            ({part_of(b): [[0, 0], [1001, 0], [5, 5]]}, part_of(b)),
            ({part_of(b): [[0, 0], [9, 0], [5, 0]]}, part_of(b)),
            ({part_of(c): BOX}, part_of(c)),
        ):
            with pytest.raises(ValidationError) as refused, transaction.atomic():
                draw(plan, {part_of(a): BOX, **broken}, by=by)
            assert list(refused.value.message_dict) == [f"part-{field}"]
        assert [shape.part_id for shape in Shape.objects.all()] == [part_of(a)]
        plan.refresh_from_db()
        with pytest.raises(Meanwhile):
            draw(plan, {}, by=by, sequence=plan.sequence - 1)
        draw(plan, {part_of(b): BOX}, by=by, sequence=plan.sequence)
        assert [shape.part_id for shape in Shape.objects.all()] == [part_of(b)]
        with pytest.raises(IntegrityError), transaction.atomic():
            Shape.objects.update(points=[[0, 0]])

    def test_out_of_an_svg_made_as_large_as_the_plan(self) -> None:
        _floor, plan, spaces = floor_with("B-1", "B-2", "B-7")
        draw(plan, {part_of(spaces[2]): BOX}, by=PersonFactory())
        found = import_shapes(plan, SVG, by=PersonFactory())
        assert (found.drawn, found.missing, found.unknown) == (["B-1", "B-2"], ["B-7"], ["B-3", "Hall"])
        shapes = {shape.part.code: shape.points for shape in plan.shapes.select_related("part")}
        assert shapes["B-1"] == [[50, 50], [250, 50], [250, 150], [50, 150]]
        assert shapes["B-7"] == BOX
        with pytest.raises(ValidationError):
            import_shapes(
                plan, b'<svg viewBox="0 0 9 9"><rect id="x" width="1" height="1"/></svg>', by=PersonFactory()
            )

    def test_the_picture_below_is_one(self) -> None:
        floor, _plan, _spaces = floor_with("B-1")
        by = PersonFactory()
        with pytest.raises(ValidationError), transaction.atomic():
            set_plan(floor, width=100, height=100, underlay=SimpleUploadedFile("a.svg", SVG), by=by)
        plan = set_plan(floor, width=100, height=100, underlay=SimpleUploadedFile("a.png", PNG), by=by)
        assert plan.underlay is not None
        set_plan(floor, width=100, height=100, drops_underlay=True, by=by)
        assert not StoredFile.objects.exists()
        with pytest.raises(ValidationError), transaction.atomic():
            set_plan(floor, width=5, height=100, by=by)


@pytest.mark.django_db
def test_on_a_day_by_state_by_end_and_by_sector() -> None:
    floor, plan, (a, b, c) = floor_with("B-1", "B-2", "B-3")
    today = timezone.localdate()
    both = ResourceFactory(site=a.site, floor=floor, code="B-1+2", parts=[a.parts.get(), b.parts.get()])
    contract = ContractFactory()
    line = ContractLineFactory(contract=contract, resource=c)
    draw(plan, {part_of(one): BOX for one in (a, b, c)}, by=PersonFactory())
    drawn = {one.row.resource.code: one for one in picture(floor, today).drawn}
    assert {code: one.colour for code, one in drawn.items()} == {"B-1": "free", "B-2": "free", "B-3": "busy"}
    ends = {one.row.resource.code: one.colour for one in picture(floor, today, "end").drawn}
    assert ends["B-1"] == "free" and ends["B-3"] in ("endless", "ends-short", "ends-year", "ends-later")
    assert picture(floor, today, "sector").counts["free"] == 2
    assert line and both.code in [row.resource.code for row in picture(floor, today).rows]
    a.withdrawn_on = today + timedelta(days=7)
    a.save(update_fields=["withdrawn_on"])
    later = {one.row.resource.code for one in picture(floor, today + timedelta(days=8)).drawn}
    assert "B-1" not in later and "B-3" in later


@pytest.mark.django_db
def test_works_are_shown_on_their_days_and_no_others() -> None:
    floor, plan, (a,) = floor_with("B-1")
    draw(plan, {part_of(a): BOX}, by=PersonFactory())
    today = timezone.localdate()
    closed(a, starts=datetime.combine(today + timedelta(days=10), time(6)), hours=24)
    colours = [picture(floor, today + timedelta(days=ahead)).drawn[0].colour for ahead in (0, 10, 12)]
    assert colours == ["free", "works", "free"]


@pytest.mark.django_db
def test_as_many_queries_for_twenty_spaces_as_for_two(django_assert_max_num_queries: Any) -> None:
    floor, plan, spaces = floor_with(*(f"B-{number}" for number in range(20)))
    draw(plan, {part_of(one): BOX for one in spaces}, by=PersonFactory())
    with django_assert_max_num_queries(14):
        picture(floor, timezone.localdate(), "sector")


@pytest.mark.django_db
def test_the_screens(client: Client) -> None:
    floor, _plan, (a, b) = floor_with("B-1", "B-2")
    site = floor.building.site
    client.force_login(staff("spaces", site))
    address = reverse("floor_plan_edit", args=[floor.pk])
    assert client.get(address).status_code == 200
    plan = FloorPlan.objects.get()
    data = {f"part-{part_of(a)}": "10,20 100x70", f"part-{part_of(b)}": "", "sequence": plan.sequence}
    for broken in (
        "x",
        "1,2",
        "1,2 3,4 5,6,7",
        "0,0 2000x9",
        "9,9 0x9",
        "nan,1 2,3 4,5",
        "inf,1 2,3 4,5",
        "1e999,1 2,3 4,5",
    ):
        refused = client.post(address, {**data, f"part-{part_of(b)}": broken})
        assert refused.status_code == 422 and broken.encode() in refused.content
    assert not Shape.objects.exists()
    assert client.post(address, data).status_code == 302
    assert Shape.objects.get().points == [[10, 20], [110, 20], [110, 90], [10, 90]]
    assert client.post(address, data).status_code == 422  # somebody has drawn meanwhile
    page = client.get(reverse("floor_plan"), {"floor": floor.pk, "space": a.pk, "by": "end", "weeks": "12"})
    assert page.status_code == 200 and b"10,20 110,20" in page.content
    for query in ({"floor": "x"}, {"day": "x"}, {"weeks": "99999"}, {"by": "x", "space": "x"}):
        assert client.get(reverse("floor_plan"), query).status_code == 200
    size = reverse("floor_plan_size", args=[floor.pk])
    assert client.post(size, {"width": "1", "height": "9"}).status_code == 422
    assert client.post(size, {"width": "2000", "height": "900"}).status_code == 302
    imported = reverse("floor_plan_import", args=[floor.pk])
    assert client.post(imported, {"svg": SimpleUploadedFile("a.svg", b"no")}).status_code == 422
    assert client.post(imported, {"svg": SimpleUploadedFile("a.svg", SVG)}).status_code == 302
    assert Shape.objects.count() == 2
    client.force_login(staff("spaces", SiteFactory()))
    assert client.post(address, data).status_code == 404
    client.force_login(staff("reception", site))
    assert client.get(address).status_code == 404
