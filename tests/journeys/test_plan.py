"""Drawing a floor: by hand, by keyboard, and what becomes of it on the plan."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.urls import reverse

from fondouk.spaces.actions import set_plan
from fondouk.spaces.models import Shape
from tests.factories import FloorFactory, PersonFactory, ResourceFactory, SiteFactory, staff

from .conftest import Visitor

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def test_drawn_moved_pulled_and_shown(visit: Callable[..., Visitor]) -> None:
    site = SiteFactory()
    floor = FloorFactory(building__site=site)
    office = ResourceFactory(site=site, floor=floor, code="B-204")
    part = office.parts.get().pk
    set_plan(floor, width=1000, height=500, by=PersonFactory())
    visitor = visit(staff("spaces", site))
    page = visitor.page
    visitor.go(reverse("floor_plan_edit", args=[floor.pk]))
    field = page.locator(f"#part-{part}")
    page.locator("[data-plan-choice]").check()
    canvas = page.locator("[data-plan-canvas]")
    canvas.scroll_into_view_if_needed()
    box = canvas.bounding_box()
    scale = box["width"] / 1000

    def at(x: int, y: int) -> tuple[float, float]:
        return box["x"] + x * scale, box["y"] + y * scale

    def drag(first: tuple[int, int], last: tuple[int, int]) -> None:
        page.mouse.move(*at(*first))
        page.mouse.down()
        page.mouse.move(*at(*last), steps=5)
        page.mouse.up()

    drag((100, 100), (300, 200))
    assert field.input_value() == "100,100 200x100"
    drag((200, 150), (250, 180))  # by its middle
    assert field.input_value() == "150,130 200x100"
    drag((350, 230), (400, 300))  # by its corner
    assert field.input_value() == "150,130 250x170"
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Shift+ArrowDown")
    assert field.input_value() == "140,130 250x180"
    drag((200, 200), (2000, 200))  # no further than the edge
    assert field.input_value() == "750,130 250x180"
    page.click("main form[data-plan] button[type=submit]")
    page.wait_for_selector(".fk-plan a")
    assert Shape.objects.get().points == [[750, 130], [1000, 130], [1000, 310], [750, 310]]
    page.focus(".fk-plan a")
    page.keyboard.press("Enter")
    page.wait_for_selector("aside #space")
    assert "B-204" in page.inner_text("aside #space")
    assert visitor.axe() == []
    assert visitor.faults == []
