"""Mails that calendar programs understand: read back by another library than the one that wrote them."""

from __future__ import annotations

import email
from datetime import timedelta
from email import policy
from typing import Any

import pytest
import vobject
from django.core import mail
from django.test import Client

from fondouk.bookings.actions import cancel, decide, move, want_invitations
from fondouk.bookings.enums import Audience, Scope
from fondouk.bookings.models import Booking, BookingRule, InvitedPerson
from fondouk.mail.actions import deliver, forget
from fondouk.mail.models import Message
from fondouk.people.models import Person
from tests.factories import AccountFactory, since, staff
from tests.factories.bookings import TUESDAY, booked, room

pytestmark = pytest.mark.django_db
WEEKLY = "FREQ=WEEKLY;COUNT=4"


@pytest.fixture
def reader() -> Person:
    person: Person = AccountFactory(email="zineb@example.com").person
    want_invitations(person, wanted=True)
    return person


def last() -> Any:
    """The calendar of the last letter."""
    return vobject.readOne(Message.objects.exclude(calendar="").order_by("-pk")[0].calendar)


def methods() -> list[str]:
    return list(Message.objects.exclude(calendar="").order_by("pk").values_list("calendar_method", flat=True))


def shifted(booking: Booking, scope: Scope = Scope.THIS, place: int = 0) -> None:
    one = booking.occurrences.order_by("starts")[place]
    starts = one.starts + timedelta(hours=2)
    move(
        one,
        starts=starts,
        ends=starts + timedelta(hours=1),
        scope=scope,
        audience=Audience.STAFF,
        by=booking.organiser,
    )


def test_booked_moved_and_cancelled_under_one_name(reader: Person) -> None:
    booking = booked(organiser=reader, title="Comité, été")
    event = last().vevent
    assert (event.summary.value, event.attendee.value) == ("Comité, été", "mailto:zineb@example.com")
    assert event.dtstart.value.replace(tzinfo=None) == TUESDAY
    name, first = event.uid.value, int(event.sequence.value)
    shifted(booking)
    event = last().vevent
    assert (event.uid.value, int(event.sequence.value) > first) == (name, True)
    assert event.dtstart.value.replace(tzinfo=None) == TUESDAY + timedelta(hours=2)
    second = int(event.sequence.value)
    cancel(booking.occurrences.get(), by=reader)
    event = last().vevent
    assert (event.uid.value, event.status.value) == (name, "CANCELLED")
    assert int(event.sequence.value) > second
    assert methods() == ["REQUEST", "REQUEST", "CANCEL"]


def test_one_time_of_a_series(reader: Person) -> None:
    booking = booked(organiser=reader, rule=WEEKLY)
    assert last().vevent.rrule.value.startswith("FREQ=WEEKLY")
    cancel(booking.occurrences.order_by("starts")[1], by=reader)
    event = last().vevent
    assert event.contents["recurrence-id"][0].value.replace(tzinfo=None) == TUESDAY + timedelta(weeks=1)
    shifted(booking, place=2)
    events = last().vevent_list
    assert len(events) == 2
    assert events[0].exdate.value[0].replace(tzinfo=None) == TUESDAY + timedelta(weeks=1)
    cancel(booking.occurrences.order_by("starts")[0], scope=Scope.ALL, by=reader)
    assert "recurrence-id" not in last().vevent.contents  # all of it at once
    assert methods() == ["REQUEST", "CANCEL", "REQUEST", "CANCEL"]


def test_a_series_that_parts_is_told_twice(reader: Person) -> None:
    booking = booked(organiser=reader, rule=WEEKLY)
    shifted(booking, Scope.FOLLOWING, place=2)
    old, new = (vobject.readOne(one.calendar).vevent for one in Message.objects.order_by("-pk")[:2])
    assert old.uid.value != new.uid.value
    assert {old.uid.value.split("@")[0], new.uid.value.split("@")[0]} == {
        str(one.uid) for one in Booking.objects.all()
    }


def test_what_was_asked_for_comes_once_it_is_granted(reader: Person) -> None:
    place = room()
    BookingRule.objects.create(resource=place, needs_approval=True, period=since())
    booking = booked(place, organiser=reader)
    assert methods() == []
    decide(booking, is_granted=True, by=staff("direction").person)
    assert methods() == ["REQUEST"]


def test_nobody_is_written_to_who_does_not_want_it(reader: Person) -> None:
    booked()
    want_invitations(reader, wanted=True)
    want_invitations(reader, wanted=False)
    booked(organiser=reader)
    assert methods() == []


def test_the_mail_has_a_part_for_programs(reader: Person, settings: Any) -> None:
    settings.FONDOUK_DELIVERY_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    booked(organiser=reader, title="Comité, été")
    deliver(Message.objects.get().pk)
    sent = email.message_from_bytes(mail.outbox[0].message().as_bytes(), policy=policy.default)
    assert sent.get_content_type() == "multipart/alternative"
    part = next(one for one in sent.walk() if one.get_content_type() == "text/calendar")
    assert part["Content-Type"].params["method"] == "REQUEST"
    assert part["Content-Type"].params["charset"].lower() == "utf-8"
    read = vobject.readOne(part.get_content())
    assert (read.method.value, read.vevent.summary.value) == ("REQUEST", "Comité, été")
    assert read.vtimezone
    forget(Message.objects.all())
    assert Message.objects.get().calendar == ""


def test_asked_for_and_ended_on_the_page_of_calendars(client: Client) -> None:
    account = staff("reception")
    client.force_login(account)
    client.post("/fr/calendars/invitations/", {"wanted": "yes"})
    assert InvitedPerson.objects.get().person == account.person
    client.post("/fr/calendars/invitations/")
    assert not InvitedPerson.objects.exists()
