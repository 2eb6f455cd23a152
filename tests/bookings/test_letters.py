"""Whoever has booked is told what others do with it, in their own language; of what they do themselves they are not."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from fondouk.bookings.actions import cancel, decide, move
from fondouk.bookings.enums import Audience, Scope
from fondouk.bookings.models import BookingRule
from fondouk.mail.models import Message
from tests.factories import PersonFactory, hosted_company, owner_of, since
from tests.factories.bookings import TUESDAY, booked, room

pytestmark = pytest.mark.django_db


@pytest.fixture
def organiser() -> Any:
    account = owner_of(hosted_company())
    account.person.language = "fr"
    account.person.save(update_fields=["language"])
    return account.person


def test_of_a_decision_with_its_reason(organiser: Any) -> None:
    hall = room(code="La Cour")
    BookingRule.objects.create(period=since(), resource=hall, needs_approval=True)
    keeper = PersonFactory()
    company = organiser.memberships.get().company
    for is_granted in (True, False):
        starts = TUESDAY + timedelta(days=is_granted)
        asked = booked(hall, organiser=organiser, company=company, title="Forum", starts=starts)
        decide(asked, is_granted=is_granted, reason="Salle en travaux" if not is_granted else "", by=keeper)
    granted, declined = Message.objects.order_by("pk")
    assert granted.subject.startswith("Accordée") and "La Cour" in granted.subject
    assert "Forum" in granted.text and "/fr/my/bookings/" in granted.text
    assert declined.subject.startswith("Refusée")
    assert "Salle en travaux" in declined.text


def test_of_what_others_move_and_cancel(organiser: Any) -> None:
    keeper = PersonFactory(name="Driss Filali")
    series = booked(organiser=organiser, rule="FREQ=WEEKLY;COUNT=4", title="Point")
    first, second = series.occurrences.order_by("starts")[:2]
    hour = timedelta(hours=1)
    move(first, starts=first.starts + hour, ends=first.ends + hour, audience=Audience.STAFF, by=keeper)
    cancel(second, scope=Scope.FOLLOWING, reason="Fermeture", by=keeper)
    moved, gone = Message.objects.order_by("pk")
    assert "Driss Filali" in moved.text and "11:00" in moved.text
    assert "Fermeture" in gone.text and "2 autres" in gone.text


def test_not_of_what_they_do_themselves(organiser: Any) -> None:
    booking = booked(organiser=organiser)
    cancel(booking.occurrences.get(), by=organiser)
    assert not Message.objects.exists()
