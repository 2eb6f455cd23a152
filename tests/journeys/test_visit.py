"""From the wish to see the park to the day in one's calendar, by keyboard, without an account or a cookie."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.cache import caches
from django.utils import timezone

from fondouk.mail.models import Message
from fondouk.prospects import forms
from fondouk.prospects.models import Prospect
from tests.factories import NetworkFactory, SiteFactory, staff

from .conftest import Visitor

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def test_from_the_wish_to_the_calendar(
    visit: Callable[..., Visitor], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(forms, "HASTE", timedelta(0))
    caches["default"].clear()  # sites are kept for a minute, those of an earlier journey too
    NetworkFactory(name="Parcs du Nord")
    site = SiteFactory(code="rabat", city="Rabat", city_ar="الرباط")
    day = timezone.localdate() + timedelta(days=10)

    visitor = visit().look(width=390)
    visitor.go("/ar/visit/?site=rabat")
    assert visitor.axe() == []
    assert not visitor.scrolls_sideways()
    page, keyboard = visitor.page, visitor.page.keyboard
    page.focus("[name=name]")
    for value in ("ريم التازي", "", "rim@example.ma", ""):
        keyboard.type(value)
        keyboard.press("Tab")
    page.focus("[name=purpose]")
    keyboard.press("ArrowDown")
    page.focus("[name=message]")
    keyboard.type("أود زيارة المكاتب")
    keyboard.press("Tab")
    page.focus("main button[type=submit]")
    keyboard.press("Enter")
    page.wait_for_url("**?sent")
    assert "ريم التازي" in page.inner_text("main")
    assert visitor.axe() == []
    assert {cookie["name"] for cookie in page.context.cookies()} <= {"fondouk_theme"}
    asked = Prospect.objects.get()
    assert (asked.site, asked.language, asked.tours.get().is_live) == (site, "ar", True)

    manager = visit(staff("site_manager", site))
    manager.go("/fr/todo/")
    manager.page.click("a:has-text('Demande sans réponse')")
    manager.page.click("button:has-text('Je m’en charge')")
    manager.page.click("a:has-text('Programmer la visite')")
    manager.page.fill("[name=on]", day.strftime("%d/%m/%Y"))
    manager.page.fill("[name=begins]", "10h30")
    manager.page.fill("[name=ends]", "11:30")
    manager.page.click("button:has-text('Programmer la visite')")
    manager.page.wait_for_url(f"**/prospects/{asked.pk}/")
    assert "10:30" in manager.page.inner_text("main")
    assert manager.axe() == []

    letter = Message.objects.get(kind="prospects.tour_planned")
    assert letter.language == "ar"
    path = re.search(r"https?://[^/]+(/\S+)", letter.text).group(1)  # type: ignore[union-attr]
    visitor.go(path)
    assert "10:30" in page.inner_text("main")
    with page.expect_download() as download:
        page.click("a[href$='.ics']")
    assert "DTSTART" in download.value.path().read_text()
    page.click("form[action$='/withdrawal/'] button")
    page.wait_for_load_state()
    assert Prospect.objects.get().outcome == "withdrawn"
    assert not asked.tours.live().exists()
