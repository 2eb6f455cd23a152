"""Booking by the API: the same rules and the same calendar as on screen, each refusal a problem that says what to do."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from fondouk.api.web.routes.resources import Availability
from fondouk.bookings.enums import PriceUnit, Status
from fondouk.bookings.models import Booking, Occurrence, PriceRule
from tests.factories import (
    SiteFactory,
    hosted_company,
    owner_of,
    since,
    staff,
)
from tests.factories.bookings import booked, room
from tests.machine import ROOT, Machine

pytestmark = pytest.mark.django_db
DAY = timezone.localdate() + timedelta(days=9)


def wanted(space: Any, begins: str = "10:00", ends: str = "11:00", **more: Any) -> dict[str, Any]:
    return {
        "resource": space.pk, "start": f"{DAY}T{begins}", "end": f"{DAY}T{ends}", "title": "Comité", **more,
    }  # fmt: skip


class TestBooking:
    def test_it_is_made_and_read(self, keeper: Machine, atlas: Any) -> None:
        answer = keeper("POST", "bookings", wanted(atlas, attendees=4))
        assert answer.status_code == 201
        made = answer.json()
        again = keeper("GET", answer["Location"].removeprefix(ROOT))
        assert again.json() == made
        assert again["ETag"] == answer["ETag"]
        assert made["occurrences"][0]["status"] == "booked"
        assert keeper("GET", f"bookings/{made['id']}", If_None_Match=again["ETag"]).status_code == 304

    def test_an_offset_is_read_on_the_clock_of_the_site(self, keeper: Machine, atlas: Any) -> None:
        body = wanted(atlas) | {"start": f"{DAY}T12:00:00+02:00", "end": f"{DAY}T13:00:00+02:00"}
        assert keeper("POST", "bookings", body).json()["start"] == f"{DAY}T10:00"

    def test_the_same_key_books_once(self, keeper: Machine, atlas: Any) -> None:
        first = keeper("POST", "bookings", wanted(atlas), Idempotency_Key="k1")
        assert keeper("POST", "bookings", wanted(atlas), Idempotency_Key="k1").json() == first.json()
        assert Booking.objects.count() == 1
        other = keeper("POST", "bookings", wanted(atlas, "14:00", "15:00"), Idempotency_Key="k1")
        assert other.status_code == 409
        assert other["Content-Type"] == "application/problem+json"

    def test_taken_says_by_what_and_offers_others(self, keeper: Machine, site: Any, atlas: Any) -> None:
        rif = room(site=site, code="Rif")
        assert keeper("POST", "bookings", wanted(atlas)).status_code == 201
        answer = keeper("POST", "bookings", wanted(atlas))
        problem = answer.json()
        assert answer.status_code == 409
        assert problem["conflicts"][0]["taken_by"] == ["Comité"]
        assert problem["alternatives"]["resources"] == [{"id": rif.pk, "code": "Rif"}]
        assert {"start": f"{DAY}T11:00", "end": f"{DAY}T12:00"} in problem["alternatives"]["times"]
        assert Booking.objects.count() == 1

    def test_a_private_title_stays_private(self, site: Any, atlas: Any, keeper: Machine) -> None:
        owner = Machine(owner_of(hosted_company(site)), secret="fdk_other")
        made = owner("POST", "bookings", wanted(atlas, private=True, note="secret"))
        assert made.status_code == 201
        seen = keeper("GET", f"bookings/{made.json()['id']}").json()
        assert (seen["title"], seen["note"]) == ("Private", "")
        refused = keeper("POST", "bookings", wanted(atlas)).json()
        assert refused["conflicts"][0]["taken_by"] == ["Private"]

    @pytest.mark.parametrize(
        ("change", "field"),
        [
            ({"end": f"{DAY}T09:00"}, "end"),
            ({"start": "2020-01-01T10:00", "end": "2020-01-01T11:00"}, "start"),
            ({"start": "soon"}, "start"),
            ({"attendees": 9}, "attendees"),
            ({"title": " "}, "title"),
            ({"rrule": "FREQ=WEEKLY"}, "rrule"),
            ({"rrule": "FREQ=DAILY;COUNT=10000"}, "rrule"),
            ({"rrule": "FREQ=SECONDLY;COUNT=2"}, "rrule"),
            ({"start": "9999-12-31T23:59-05:00"}, "start"),
            ({"start": "0001-01-01T00:00+05:00"}, "start"),
            ({"skip": ["0001-01-01T00:00+14:00"]}, "skip"),
            ({"rrule": "FREQ=MONTHLY;BYDAY=99MO;COUNT=2"}, "rrule"),
            ({"end": f"{DAY}T10:37"}, "end"),
            ({"end": f"{DAY + timedelta(days=8)}T10:00", "rrule": "FREQ=WEEKLY;COUNT=3"}, "rrule"),
            ({"resource": 0}, "resource"),
            ({"company": 0}, "company"),
            ({"attendees": -1}, "attendees"),
        ],
    )
    def test_what_is_refused_says_so_beside_its_field(
        self, keeper: Machine, atlas: Any, change: dict[str, Any], field: str
    ) -> None:
        answer = keeper("POST", "bookings", wanted(atlas) | change)
        assert answer.status_code == 422
        assert [error["field"] for error in answer.json()["errors"]] == [field]
        assert answer.json()["errors"][0]["detail"]
        assert not Booking.objects.exists()

    def test_a_space_of_another_site_is_not_there(self, keeper: Machine) -> None:
        elsewhere = room(site=SiteFactory(code="tanger"), code="Spartel")
        assert keeper("POST", "bookings", wanted(elsewhere)).status_code == 422

    def test_a_token_that_only_reads(self, site: Any, atlas: Any) -> None:
        reader = Machine(staff("site_manager", site), scopes=["read"])
        assert reader("POST", "bookings", wanted(atlas)).status_code == 403
        assert reader("GET", "bookings").json() == {"items": [], "next": None}

    def test_a_nul_is_left_out(self, keeper: Machine, atlas: Any) -> None:
        made = keeper("POST", "bookings", wanted(atlas, title="Co\x00mité", note="a\x00b")).json()
        assert (made["title"], made["note"]) == ("Comité", "ab")


class TestChange:
    def test_moved_and_renamed_with_its_etag(self, keeper: Machine, atlas: Any) -> None:
        made = keeper("POST", "bookings", wanted(atlas))
        address = f"bookings/{made.json()['id']}"
        change = {"start": f"{DAY}T15:00", "title": "Conseil"}
        answer = keeper("PATCH", address, change, If_Match=made["ETag"])
        assert answer.status_code == 200
        assert (answer.json()["start"], answer.json()["end"]) == (f"{DAY}T15:00", f"{DAY}T16:00")
        assert answer.json()["title"] == "Conseil"
        stale = keeper("PATCH", address, {"start": f"{DAY}T17:00"}, If_Match=made["ETag"])
        assert stale.status_code == 412
        assert Occurrence.objects.get().starts.hour == 15

    def test_one_time_of_a_series(self, keeper: Machine, atlas: Any) -> None:
        made = keeper("POST", "bookings", wanted(atlas, rrule="FREQ=WEEKLY;COUNT=4")).json()
        second = made["occurrences"][1]
        day = second["start"][:10]
        answer = keeper(
            "PATCH", f"bookings/{made['id']}", {"occurrence": second["id"], "start": f"{day}T16:00"}
        )
        assert [one["start"][11:] for one in answer.json()["occurrences"]] == [
            "10:00", "16:00", "10:00", "10:00",
        ]  # fmt: skip

    def test_into_what_is_taken(self, keeper: Machine, atlas: Any) -> None:
        keeper("POST", "bookings", wanted(atlas, "14:00", "15:00"))
        made = keeper("POST", "bookings", wanted(atlas)).json()
        answer = keeper("PATCH", f"bookings/{made['id']}", {"start": f"{DAY}T14:30"})
        assert answer.status_code == 409
        assert answer.json()["conflicts_count"] == 1

    def test_others_do_not_change_it(self, site: Any, atlas: Any, keeper: Machine) -> None:
        made = keeper("POST", "bookings", wanted(atlas)).json()
        visitor = Machine(owner_of(hosted_company(site)), secret="fdk_other")
        assert visitor("PATCH", f"bookings/{made['id']}", {"title": "x"}).status_code == 404
        assert visitor("DELETE", f"bookings/{made['id']}").status_code == 404
        assert visitor("GET", f"bookings/{made['id']}").status_code == 404

    def test_cancelled_whole_or_in_part(self, keeper: Machine, atlas: Any) -> None:
        made = keeper("POST", "bookings", wanted(atlas, rrule="FREQ=WEEKLY;COUNT=4")).json()
        address = f"bookings/{made['id']}"
        third = made["occurrences"][2]["id"]
        answer = keeper("DELETE", f"{address}?scope=following&occurrence={third}")
        assert [one["status"] for one in answer.json()["occurrences"]] == [
            Status.BOOKED, Status.BOOKED, Status.CANCELLED, Status.CANCELLED,
        ]  # fmt: skip
        assert keeper("DELETE", address).status_code == 200
        assert keeper("DELETE", address).status_code == 409
        assert keeper("GET", f"resources/availability?start={DAY}T10:00&end={DAY}T11:00").json()["items"]


class TestAvailability:
    def test_free_for_all_first_then_for_most(self, keeper: Machine, site: Any, atlas: Any) -> None:
        rif = room(site=site, code="Rif", capacity=20, equipment=["screen"])
        room(site=site, code="Sans écran", capacity=20)
        keeper("POST", "bookings", wanted(atlas))
        query = f"start={DAY}T10:00&end={DAY}T11:00&rrule=FREQ=WEEKLY;COUNT=3&capacity=8&equipment=screen"
        answer = keeper("GET", f"resources/availability?{query}").json()
        assert answer["times"] == 3
        assert [(one["id"], one["free"], one["missing"]) for one in answer["items"]] == [
            (rif.pk, 3, []),
            (atlas.pk, 2, [f"{DAY}T10:00"]),
        ]

    @pytest.mark.parametrize(
        ("query", "field"),
        [
            (f"start={DAY}T10:00&end={DAY}T09:00", "end"),
            (f"start=noon&end={DAY}T09:00", "start"),
            ("start=9999-12-31T10:00&end=9999-12-31T11:00", "start"),
            (f"start={DAY}T10:00&end={DAY}T11:00&rrule=FREQ=WEEKLY", "rrule"),
            (f"start={DAY}T10:00&end={DAY}T11:00&site=nowhere", "site"),
            (f"start={DAY}T10:00&end={DAY}T11:00&equipment=throne", "equipment.0"),
        ],
    )
    def test_what_is_refused_says_so(self, keeper: Machine, atlas: Any, query: str, field: str) -> None:
        answer = keeper("GET", f"resources/availability?{query}")
        assert answer.status_code == 422
        assert answer.json()["errors"][0]["field"].endswith(field)

    def test_what_is_past_or_too_far_is_not_free(self, keeper: Machine, atlas: Any) -> None:
        for day in ("2020-01-07", "2099-01-06"):
            answer = keeper("GET", f"resources/availability?start={day}T10:00&end={day}T11:00")
            assert answer.json() == {"times": 1, "items": []}

    def test_a_member_sees_the_rooms_of_its_sites(self, site: Any, atlas: Any) -> None:
        room(site=SiteFactory(code="tanger"), code="Spartel")
        member = Machine(owner_of(hosted_company(site)))
        assert [one["code"] for one in member("GET", "resources").json()["items"]] == ["Atlas"]

    def test_bookings_are_listed_by_day_and_space(self, keeper: Machine, site: Any, atlas: Any) -> None:
        made = keeper("POST", "bookings", wanted(atlas)).json()
        booked(room(site=site, code="Rif"))
        assert [one["id"] for one in keeper("GET", f"bookings?resource={atlas.pk}").json()["items"]] == [
            made["id"]
        ]
        assert [one["id"] for one in keeper("GET", f"bookings?until={DAY}").json()["items"]] == [made["id"]]
        assert [one["id"] for one in keeper("GET", "bookings?mine=true").json()["items"]] == [made["id"]]

    def test_the_answer_has_the_shape_of_the_document(self, keeper: Machine, atlas: Any) -> None:
        """It is not written by way of the schema: this does it once."""
        keeper("POST", "bookings", wanted(atlas))
        query = f"start={DAY}T10:00&end={DAY}T11:00&rrule=FREQ=WEEKLY;COUNT=3"
        answer = keeper("GET", f"resources/availability?{query}").json()
        assert Availability.model_validate(answer).model_dump() == answer


def test_a_machine_is_answered_in_problems_whatever_happens(
    keeper: Machine, atlas: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    unknown = keeper("GET", "nope/at/all")
    assert (unknown.status_code, unknown["Content-Type"]) == (404, "application/problem+json")

    def fail(*_args: Any, **_values: Any) -> None:
        raise RuntimeError("a fault of ours")

    monkeypatch.setattr("fondouk.api.web.routes.bookings.book", fail)
    keeper.client.raise_request_exception = False
    broken = keeper("POST", "bookings", wanted(atlas))
    assert (broken.status_code, broken["Content-Type"]) == (500, "application/problem+json")
    assert "a fault of ours" not in broken.content.decode()


def test_the_price_is_told_and_the_one_that_was_shown_is_kept_to(keeper: Machine, atlas: Any) -> None:
    PriceRule.objects.create(unit=PriceUnit.HOUR, amount=80, period=since(), name="Salles")
    company = hosted_company(atlas.site)
    body = wanted(atlas, company=company.pk)
    other = keeper("POST", "bookings", {**body, "price": "70"})
    assert (other.status_code, other.json()["price"]) == (409, "80.00")
    assert not Booking.objects.exists()
    price = keeper("POST", "bookings", {**body, "price": "80"}).json()["occurrences"][0]["price"]
    assert (price["amount"], price["to_pay"], price["currency"]) == ("80.00", "80.00", "MAD")
    assert [(line["name"], line["minutes"], line["total"]) for line in price["lines"]] == [
        ("Salles", 60, "80.00")
    ]


def test_what_is_taken_may_be_waited_for(keeper: Machine, atlas: Any) -> None:
    first = keeper("POST", "bookings", wanted(atlas)).json()
    waiting = keeper("POST", "bookings", {**wanted(atlas), "waitlist": True}).json()
    assert waiting["occurrences"][0]["status"] == "waiting"
    keeper("DELETE", f"bookings/{first['id']}")
    assert keeper("GET", f"bookings/{waiting['id']}").json()["occurrences"][0]["status"] == "booked"
