"""Doors: who passes, when, what is noted, what their readers are told."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from fondouk.access.actions import (
    give_right,
    knock,
    new_reader,
    open_from_here,
    step,
)
from fondouk.access.enums import Refusal, State
from fondouk.access.locks import LOCKS
from fondouk.access.models import (
    Door,
    DoorRight,
    Passage,
)
from tests.factories import PersonFactory, SiteFactory, hosted_company, since, staff
from tests.factories.access import badge, door
from tests.factories.bookings import booked, room

MORNING = datetime(2027, 1, 5, 9, 30, tzinfo=UTC)  # a Tuesday; the clock of the site says the same


@pytest.mark.django_db
class TestDoors:
    @pytest.fixture(autouse=True)
    def in_the_morning(self) -> Any:
        with time_machine.travel(MORNING, tick=False):
            yield

    def test_who_passes_and_when(self) -> None:
        company = hosted_company()
        site = company.residencies.get().site
        gate, _secret = door(site=site)
        held = badge(company=company)
        by = PersonFactory()

        def asked(number: str = "0042", now: datetime = MORNING) -> str:
            return knock(gate, number, now=now).refusal

        assert asked("0001") == Refusal.UNKNOWN
        assert asked() == Refusal.NO_RIGHT
        right = give_right(
            DoorRight(
                door=gate, company=company, period=since(), weekdays=0b11111, begins=time(8), ends=time(18)
            ),
            by=by,
        )
        assert asked() == ""
        assert LOCKS["simulated"].is_open(str(gate.pk))
        assert asked(now=MORNING + timedelta(hours=10)) == Refusal.CLOSED
        assert asked(now=MORNING + timedelta(days=4)) == Refusal.CLOSED  # Saturday
        right.delete()
        give_right(DoorRight(door=gate, company=None, period=since()), by=by)
        assert asked(now=MORNING + timedelta(minutes=1)) == ""
        step(held, State.SUSPENDED, by=by)
        assert asked() == Refusal.SUSPENDED
        step(held, State.LOST, by=by)
        assert asked() == Refusal.REVOKED
        Door.objects.update(is_on=False)
        gate.refresh_from_db()
        assert asked() == Refusal.OFF

    def test_a_stranger_from_another_site_has_no_right_to_the_doors_of_all(self) -> None:
        gate, _secret = door()
        give_right(DoorRight(door=gate, company=None, period=since()), by=PersonFactory())
        badge(company=hosted_company(), site=gate.site)
        assert knock(gate, "0042").refusal == Refusal.NO_RIGHT

    def test_whoever_has_booked_the_room_passes_while_it_lasts(self) -> None:
        person = PersonFactory()
        place = room()
        gate, _secret = door(site=place.site, resource=place)
        badge(site=place.site, person=person)
        one = booked(place, organiser=person).occurrences.get()
        begins = one.during.lower
        assert knock(gate, "0042", now=begins - timedelta(minutes=1)).refusal == Refusal.NO_RIGHT
        assert knock(gate, "0042", now=begins + timedelta(minutes=1)).refusal == ""
        assert knock(gate, "0042", now=one.during.upper).refusal == Refusal.NO_RIGHT

    def test_a_lock_that_does_not_answer_is_said_so(self) -> None:
        gate, _secret = door(address="broken")
        assert open_from_here(gate, by=PersonFactory()).refusal == Refusal.FAILED
        assert Passage.objects.count() == 1

    def test_held_to_the_reader_twice_is_once(self) -> None:
        company = hosted_company()
        gate, _secret = door(site=company.residencies.get().site)
        give_right(DoorRight(door=gate, company=company, period=since()), by=PersonFactory())
        badge(company=company)
        first, second = knock(gate, "0042"), knock(gate, "0042")
        assert first.pk == second.pk
        assert knock(gate, "0042", now=MORNING + timedelta(seconds=3)).pk != first.pk

    def test_a_badge_that_is_suspended_a_moment_later_is_refused_at_once(self) -> None:
        company = hosted_company()
        gate, _secret = door(site=company.residencies.get().site)
        give_right(DoorRight(door=gate, company=company, period=since()), by=PersonFactory())
        held = badge(company=company)
        assert knock(gate, "0042").refusal == ""
        step(held, State.SUSPENDED, by=PersonFactory())
        assert knock(gate, "0042", now=MORNING + timedelta(seconds=1)).refusal == Refusal.SUSPENDED

    def test_the_reader_has_a_secret_of_its_own(self, client: Client) -> None:
        company = hosted_company()
        gate, secret = door(site=company.residencies.get().site)
        give_right(DoorRight(door=gate, company=company, period=since()), by=PersonFactory())
        badge(company=company)

        def read(key: str, sent: Any) -> Any:
            return client.post(
                reverse("door_reader"),
                sent,
                content_type="application/json",
                headers={"Authorization": f"Bearer {key}"},
            )

        assert read(secret, '{"number": "0042"}').json() == {"open": True, "because": ""}
        assert read(secret, '{"number": "1"}').json() == {"open": False, "because": "unknown"}
        for broken in ("", "{", '{"number": 3}', '{"number": ""}', '{"number": "\\u0000"}', "[]"):
            assert read(secret, broken).status_code == 400
        assert read("other", '{"number": "0042"}').status_code == 401
        newer = new_reader(gate, by=PersonFactory())
        assert read(secret, '{"number": "0042"}').status_code == 401
        assert read(newer, '{"number": "0042"}').status_code == 200

    def test_the_screens(self, client: Client) -> None:
        site = SiteFactory()
        client.force_login(staff("site_manager", site))
        data = {"name": "Hall", "site": site.pk, "resource": "", "adapter": "simulated", "address": "", "open_seconds": "5",
                "is_on": "on"}  # fmt: skip
        assert client.post(reverse("door_new"), {**data, "open_seconds": "500"}).status_code == 422
        made = client.post(reverse("door_new"), data)
        gate = Door.objects.get()
        assert made.status_code == 200 and b"Bearer" in made.content
        assert client.post(reverse("door_new"), data).status_code == 422  # the name is taken
        right = {
            "company": "",
            "first_day": "01/01/2027",
            "last_day": "",
            "days": ["0", "1"],
            "begins": "",
            "ends": "",
        }
        address = reverse("door_right_new", args=[gate.pk])
        assert client.post(address, {**right, "begins": "08:00"}).status_code == 422
        assert client.post(address, {**right, "days": []}).status_code == 422
        client.post(address, right)
        client.post(reverse("door_opening", args=[gate.pk]))
        assert Passage.objects.get().refusal == ""
        assert client.get(reverse("door_page", args=[gate.pk])).status_code == 200
        client.post(reverse("door_right_removal", args=[DoorRight.objects.get().pk]))
        assert not DoorRight.objects.exists()
        assert client.post(reverse("door_reader_secret", args=[gate.pk])).status_code == 200
        client.post(reverse("door_edit", args=[gate.pk]), {**data, "name": "Grand hall"})
        assert Door.objects.get().name == "Grand hall"
        assert client.get(reverse("doors")).status_code == 200
