"""The tablet at a door: off line and on again, in French and Arabic."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, time, timedelta
from typing import Any

import pytest

from fondouk.bookings.actions import book
from fondouk.bookings.enums import Audience
from fondouk.bookings.models import Booking, BookingRule, CheckIn
from fondouk.bookings.queries import clock_at
from fondouk.bookings.wishes import Wish
from fondouk.displays.actions import revoke_display
from tests.factories import OpeningHoursFactory, PersonFactory, since
from tests.factories.bookings import room
from tests.factories.displays import hung_up

from .conftest import Visitor

KEPT = """async () => !!(await caches.match(location.href, { ignoreVary: true }))
    && (await (await caches.open("door")).keys()).length > 3"""
pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def place() -> Any:
    """A room of a site that never closes: the journey runs at any hour."""
    found = room(code="Atlas")
    for weekday in range(1, 8):
        OpeningHoursFactory(site=found.site, weekday=weekday, opens=time(0), closes=time(23, 59))
    BookingRule.objects.create(grace_minutes=15, within_hours=False, period=since())
    return found


def begins_now(place: Any, title: str) -> Booking:
    """A meeting that has just begun, and lasts an hour and more."""
    now = clock_at(place.site)
    ends = now.replace(minute=0) + timedelta(hours=2)
    wish = Wish(place, now, ends, title, PersonFactory())
    return book(wish, audience=Audience.STAFF, by=wish.organiser, is_begun=True)


def test_it_goes_on_without_a_network_and_tells_later_who_has_come(
    place: Any, visit: Callable[..., Visitor]
) -> None:
    begins_now(place, "Comité produit")
    display, secret = hung_up(place)
    visitor = visit()
    page = visitor.page
    page.set_viewport_size({"width": 1280, "height": 800})
    visitor.go(f"/door/{secret}/")
    page.wait_for_selector("body[data-state=awaited]")
    assert "Comité produit" in page.inner_text("main")
    assert visitor.axe() == []
    # What keeps the page is at work, and has it.
    page.wait_for_function(KEPT)
    visitor.context.set_offline(True)
    page.reload()
    page.wait_for_selector("[data-lost-said]:not([hidden])")
    assert "Comité produit" in page.inner_text("main")
    page.click("[data-come]")
    page.wait_for_selector("body[data-state=taken]")
    page.reload()  # what was tapped outlives the page
    page.wait_for_selector("body[data-state=taken]")
    assert not CheckIn.objects.exists()
    before = datetime.now().astimezone()
    visitor.context.set_offline(False)
    page.evaluate("dispatchEvent(new Event('online'))")
    page.wait_for_selector("[data-lost-said]", state="hidden")
    page.wait_for_function(
        "() => JSON.parse(localStorage.getItem('door:' + location.pathname)).taps.length === 0"
    )
    assert CheckIn.objects.get().at < before
    visitor.faults.clear()  # no network is told on the console
    revoke_display(display, by=display.keeper)
    page.evaluate("dispatchEvent(new Event('online'))")
    page.wait_for_function("() => document.querySelector('[data-door]') === null")


def test_a_passer_by_takes_the_room_and_gives_it_back(place: Any, visit: Callable[..., Visitor]) -> None:
    _display, secret = hung_up(place, language="ar")
    visitor = visit()
    page = visitor.page
    visitor.go(f"/door/{secret}/")
    page.wait_for_selector("body[data-state=free]")
    assert page.get_attribute("html", "dir") == "rtl"
    assert visitor.axe() == []
    visitor.look(width=390)
    assert not visitor.scrolls_sideways()
    page.focus("[data-choices] button")
    page.keyboard.press("Enter")
    page.wait_for_selector("body[data-state=taken]")
    booking = Booking.objects.get()
    assert CheckIn.objects.filter(occurrence__booking=booking).exists()
    page.click("[data-leave]")
    page.wait_for_selector("[data-leave]", state="hidden")
    one = booking.occurrences.get()
    assert one.ends <= clock_at(place.site) + timedelta(minutes=1)
    assert visitor.faults == []
