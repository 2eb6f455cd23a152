"""Rooms on the planning: drawn, moved and made longer by hand and by keyboard, in French and Arabic, on a wide screen and
on a phone.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, time, timedelta
from typing import Any

import pytest
from django.utils import timezone

from fondouk.bookings.models import Booking, Occurrence
from tests.factories import OpeningHoursFactory, SiteFactory, hosted_company, owner_of, staff
from tests.factories.bookings import booked, room

from .conftest import Visitor

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def day() -> Any:
    """The first working day that is a week away at least: nothing there is past, whatever the clock says."""
    found = timezone.localdate() + timedelta(days=7)
    return found + timedelta(days=max(0, 8 - found.isoweekday()) if found.isoweekday() > 5 else 0)


@pytest.fixture
def site() -> Any:
    found = SiteFactory(code="rabat", city="Rabat", city_ar="الرباط")
    for weekday in range(1, 7):
        OpeningHoursFactory(site=found, weekday=weekday, opens=time(8), closes=time(20))
    return found


def at(visitor: Visitor, code: str, hour: float) -> tuple[float, float]:
    """The middle of the line of a room, at that hour, on the screen."""
    row = visitor.page.locator(f".fk-planner-row[data-name='{code}'] [data-track]")
    row.scroll_into_view_if_needed()
    box = row.bounding_box()
    share = (hour - 8) / 12
    rtl = visitor.page.evaluate("document.dir") == "rtl"
    return box["x"] + box["width"] * ((1 - share) if rtl else share), box["y"] + box["height"] / 2


def drag(visitor: Visitor, start: tuple[float, float], end: tuple[float, float]) -> None:
    mouse = visitor.page.mouse
    mouse.move(*start)
    mouse.down()
    for step in range(1, 6):
        mouse.move(*(a + (b - a) * step / 5 for a, b in zip(start, end, strict=True)))
    mouse.up()


def times(booking: Booking) -> tuple[str, time, time]:
    one = Occurrence.objects.select_related("resource").get(booking=booking)
    return one.resource.code, one.starts.time(), one.ends.time()


@pytest.mark.parametrize("language", ["fr", "ar"])
def test_draw_move_and_make_longer(visit: Callable[..., Visitor], site: Any, day: Any, language: str) -> None:
    room(site=site, code="Atlas")
    room(site=site, code="Rif")
    visitor = visit(staff("direction")).look(width=1600)
    visitor.go(f"/{language}/planning/?site=rabat&day={day}")
    assert visitor.axe() == []
    page = visitor.page

    drag(visitor, at(visitor, "Atlas", 10.05), at(visitor, "Atlas", 11.45))
    page.wait_for_selector("#booking-panel[open] [name=title]")
    assert page.input_value("[name=begins]") == "10:00"
    assert page.input_value("[name=ends]") == "11:30"
    page.click("#booking-panel .btn-primary")  # without a title
    page.wait_for_selector("#booking-panel .fk-error")
    page.fill("[name=title]", "Comité")
    page.click("#booking-panel .btn-primary")
    page.wait_for_selector("[data-track] a.fk-block:has-text('Comité')")
    made = Booking.objects.get()
    assert times(made) == ("Atlas", time(10), time(11, 30))

    drag(visitor, at(visitor, "Atlas", 10.5), at(visitor, "Rif", 14.5))
    page.wait_for_selector(".fk-planner-row[data-name='Rif'] .fk-block:has-text('Comité')")
    assert times(made) == ("Rif", time(14), time(15, 30))
    assert page.url.endswith(f"day={day}")

    rtl = language == "ar"
    box = page.locator(".fk-block:has-text('Comité')").bounding_box()
    edge = (box["x"] + 3 if rtl else box["x"] + box["width"] - 3, box["y"] + box["height"] / 2)
    drag(visitor, edge, (at(visitor, "Rif", 16.5)[0], edge[1]))
    page.wait_for_selector(".fk-block[data-ends$='T16:30']")
    assert times(made) == ("Rif", time(14), time(16, 30))

    page.click("#toasts form button")  # undo
    page.wait_for_selector(".fk-block[data-ends$='T15:30']")
    assert times(made) == ("Rif", time(14), time(15, 30))

    box = page.locator(".fk-block:has-text('Comité')").bounding_box()
    edge = (box["x"] + box["width"] - 3 if rtl else box["x"] + 3, box["y"] + box["height"] / 2)
    drag(visitor, edge, (at(visitor, "Rif", 13)[0], edge[1]))
    page.wait_for_selector(".fk-block[data-starts$='T13:00']")
    assert times(made) == ("Rif", time(13), time(15, 30))


def test_by_keyboard_alone(visit: Callable[..., Visitor], site: Any, day: Any) -> None:
    atlas = room(site=site, code="Atlas")
    room(site=site, code="Rif")
    other = booked(atlas, starts=datetime.combine(day, time(9)), title="Revue")
    visitor = visit(staff("direction")).look(width=1600)
    visitor.go(f"/fr/planning/?site=rabat&day={day}")
    page, keyboard = visitor.page, visitor.page.keyboard

    page.focus(".fk-planner-row[data-name='Atlas'] [data-track-new]")
    keyboard.press("ArrowDown")
    for key in ("ArrowRight", "ArrowRight", "ArrowRight", "ArrowRight", "ArrowRight", "Shift+ArrowRight"):
        keyboard.press(key)
    assert "Rif" in page.inner_text("#planner-said")
    keyboard.press("Enter")
    page.wait_for_selector("#booking-panel[open] [name=title]")
    keyboard.type("Entretien")
    keyboard.press("Enter")
    page.wait_for_selector(".fk-planner-row[data-name='Rif'] .fk-block:has-text('Entretien')")
    assert times(Booking.objects.exclude(pk=other.pk).get()) == ("Rif", time(9), time(10, 15))

    page.focus(".fk-block:has-text('Revue')")
    keyboard.press("Alt+ArrowRight")
    keyboard.press("Shift+ArrowRight")
    keyboard.press("Enter")
    page.wait_for_selector(".fk-block[data-starts$='T09:15']:has-text('Revue')")
    assert times(other) == ("Atlas", time(9, 15), time(10, 30))

    page.focus(".fk-block:has-text('Revue')")
    keyboard.press("Alt+ArrowDown")
    keyboard.press("Enter")
    page.wait_for_selector("#toasts .fk-toast-danger")  # Rif is taken then
    assert times(other) == ("Atlas", time(9, 15), time(10, 30))


def test_a_change_by_somebody_else_appears(visit: Callable[..., Visitor], site: Any, day: Any) -> None:
    atlas = room(site=site, code="Atlas")
    visitor = visit(staff("direction")).look(width=1600)
    visitor.go(f"/fr/planning/?site=rabat&day={day}")
    booked(atlas, starts=datetime.combine(day, time(9)), title="Visite")
    visitor.page.wait_for_selector(".fk-block:has-text('Visite')", timeout=20_000)


def test_find_and_book_on_a_phone(visit: Callable[..., Visitor], site: Any, day: Any) -> None:
    atlas = room(site=site, code="Atlas", capacity=10, equipment=["screen"])
    room(site=site, code="Rif", capacity=4)
    booked(atlas, starts=datetime.combine(day + timedelta(days=7), time(10)), title="Revue")
    visitor = visit(staff("direction")).look(width=390)
    visitor.go("/ar/planning/search/")
    assert visitor.axe() == []
    page = visitor.page
    page.fill("[name=day]", day.strftime("%d/%m/%Y"))
    page.fill("[name=begins]", "10:00")
    page.fill("[name=ends]", "11:00")
    page.fill("[name=people]", "8")
    page.select_option("[name=repeat]", "weekly")
    page.fill("[name=until]", (day + timedelta(days=21)).strftime("%d/%m/%Y"))
    page.check("[name=equipment][value=screen]")
    page.click("main .btn-primary")
    page.wait_for_selector("a[href*='skip=']")
    assert not visitor.scrolls_sideways()
    assert visitor.axe() == []
    page.click("a[href*='skip=']")
    page.fill("[name=title]", "Cours")
    page.click("main .btn-primary")
    page.wait_for_url("**/bookings/*/")
    assert Booking.objects.get(title="Cours").occurrences.count() == 3
    assert visitor.axe() == []
    assert not visitor.scrolls_sideways()


def test_a_member_books_in_three_taps_on_a_phone(visit: Callable[..., Visitor], site: Any) -> None:
    for number in range(3):
        room(site=site, code=f"Salle {number + 1}")
    account = owner_of(hosted_company(site))
    visitor = visit(account).look(width=390)
    visitor.go("/ar/my/")
    page = visitor.page
    page.click("main a[href$='/my/bookings/new/']")
    page.wait_for_selector(".fk-room")
    assert visitor.axe() == []
    assert not visitor.scrolls_sideways()
    page.click(".fk-room >> nth=1")
    page.wait_for_selector("main [name=title]")
    assert visitor.axe() == []
    page.click("main .btn-primary")
    page.wait_for_url("**/my/bookings/*/")
    assert Booking.objects.get().company is not None
    assert visitor.axe() == []
    assert not visitor.scrolls_sideways()
    page.click("#toasts form button")  # and gives it back
    page.wait_for_url("**/my/bookings/")
    assert not Occurrence.objects.live().exists()
    assert visitor.axe() == []


def test_what_is_beyond_the_edge_of_a_phone_is_there(
    visit: Callable[..., Visitor], site: Any, day: Any
) -> None:
    """Scrolled sideways, the line and the name of its room stay in sight, and what is tapped opens."""
    late = booked(room(site=site, code="Atlas"), starts=datetime.combine(day, time(18)), title="Comité")
    visitor = visit(staff("direction")).look(width=390)
    visitor.go(f"/fr/planning/?site=rabat&day={day}")
    visitor.page.locator(".fk-block:has-text('Comité')").click()
    visitor.page.wait_for_url(f"**/bookings/{late.pk}/")
