"""The first minute of a newcomer: into the demonstration, through it by keyboard, and out to their own network."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.utils import timezone

from fondouk.companies.models import Company
from fondouk.demo import queries
from fondouk.demo.actions import load_demonstration
from fondouk.lib.demonstration import Scene

from .conftest import Visitor

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def loaded(transactional_db: None, settings: Any, live_server: Any) -> None:
    settings.PUBLIC_URL = live_server.url.replace("127.0.0.1", "localhost")
    # Tables emptied between tests leave what migrations had brought: nothing is kept aside that they need.
    load_demonstration(Scene(timezone.localdate(), scale=0.05))


def press(page: Any, label: str) -> None:
    """Tab to the control of that name, and press it."""
    for _key in range(80):
        page.keyboard.press("Tab")
        if label in (page.evaluate("document.activeElement.innerText") or ""):
            page.keyboard.press("Enter")
            return
    raise AssertionError(f"{label} cannot be reached with the keyboard")


def test_the_first_minute_by_keyboard(loaded: None, visit: Callable[..., Visitor]) -> None:
    visitor = visit()
    page = visitor.page
    visitor.go("/")
    page.wait_for_url("**/fr/demo/")
    assert visitor.axe() == []
    press(page, "Voir ce que la direction lit le matin")
    page.wait_for_url("**/fr/today/")
    assert "inventés" in page.inner_text(".fk-strip")
    assert visitor.axe() == []
    press(page, "Voir comme quelqu’un d’autre")
    page.wait_for_url("**/fr/demo/")
    assert "1 sur 5" in page.inner_text("main")
    press(page, "Visiteur")
    page.wait_for_url("**/fr/")
    # Another language, on this page and on the next.
    page.click(".fk-public-top a[lang=ar], .fk-public-top a:has-text('العربية')")
    page.wait_for_url("**/ar/")
    visitor.go("/ar/demo/")
    assert page.get_attribute("html", "dir") == "rtl"
    for width in (1280, 390):
        visitor.look(width=width, dark=width == 390).go("/ar/demo/")
        assert visitor.axe() == []
        assert not visitor.scrolls_sideways()


def test_one_click_leads_to_ones_own_network(loaded: None, visit: Callable[..., Visitor]) -> None:
    visitor = visit()
    visitor.go("/fr/demo/")
    visitor.page.click("text=Effacer et commencer")
    visitor.page.wait_for_url("**/fr/setup/**")
    assert visitor.page.locator(".fk-strip").count() == 0
    assert not queries.is_loaded()
    assert not Company.objects.exists()


def test_the_public_reads_the_directory_on_a_phone_in_arabic(
    loaded: None, visit: Callable[..., Visitor]
) -> None:
    visitor = visit().look(width=390)
    page = visitor.page
    visitor.go("/ar/directory/")
    assert visitor.axe() == []
    assert not visitor.scrolls_sideways()
    name = page.locator(".fk-list-title").first.inner_text()
    page.locator(".fk-list-title").first.click()
    page.wait_for_url("**/ar/directory/*/*/")
    assert page.inner_text("h1") == name
    assert visitor.axe() == []
    assert not visitor.scrolls_sideways()
    visitor.go("/ar/impact/")
    assert visitor.axe() == []
    assert not visitor.scrolls_sideways()
    assert str(date.today().year - 1) in page.inner_text("main")  # noqa: DTZ011 - the year is the same everywhere
