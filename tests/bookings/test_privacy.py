"""A person's copy tells what they booked; forgotten, a room was taken by nobody in particular."""

from __future__ import annotations

import pytest
from django.apps import apps

from fondouk.bookings.actions import describe, make_feed
from fondouk.bookings.models import Booking, CalendarFeed
from fondouk.bookings.privacy import collect, erase
from fondouk.spaces.models import Claim
from tests.factories import PersonFactory
from tests.factories.bookings import booked, room

pytestmark = pytest.mark.django_db


def test_a_copy_tells_what_they_booked() -> None:
    person = PersonFactory(name="Hajar Lamrani")
    booked(room(code="Atlas"), organiser=person, title="Comité", rule="FREQ=WEEKLY;COUNT=3")
    make_feed(person)
    told = collect(person)
    assert [(one["space"], one["title"], one["times"]) for one in told["bookings"]] == [
        ("Atlas", "Comité", 3)
    ]
    assert len(told["calendar_addresses"]) == 1


def test_forgotten_the_name_is_nowhere_any_more() -> None:
    person, other = PersonFactory(name="Hajar Lamrani"), PersonFactory(name="Omar Tazi")
    mine = booked(organiser=person, title="Entretien Hajar Lamrani", note="Rappeler au 0612")
    theirs = booked(organiser=other, title="Bilan avec Hajar Lamrani", note="Avec Hajar Lamrani, salle en U")
    describe(mine, title="Point Hajar Lamrani", by=person)
    make_feed(person)
    erase(person)
    mine.refresh_from_db()
    theirs.refresh_from_db()
    assert (mine.title, mine.note) == ("Point —", "")
    assert (theirs.title, theirs.note) == ("Bilan avec —", "Avec —, salle en U")
    assert not CalendarFeed.objects.exists()
    events = apps.get_app_config("bookings").get_model("BookingEvent").objects.all()
    said = [text for row in events.values_list("title", "note") for text in row]
    said += list(Claim.objects.values_list("label", flat=True))
    assert not any("Lamrani" in text for text in said)
    assert Booking.objects.count() == 2
