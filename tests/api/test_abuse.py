"""What an attacker tried on bookings by the API, and what it must not give away."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone

from fondouk.api.web.routes.bookings import one_shape
from fondouk.bookings.actions import cancel, change_end, move
from fondouk.bookings.enums import Audience, PriceUnit, Scope, Status
from fondouk.bookings.models import Booking, BookingRule, Cancellation, Occurrence, PriceRule
from tests.factories import hosted_company, owner_of, since, staff
from tests.factories.bookings import booked, room
from tests.factories.companies import FigureFactory
from tests.machine import Machine

from .test_bookings import wanted

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture
def secret(atlas: Any) -> Booking:
    starts = datetime.combine(timezone.localdate() + timedelta(days=9), time(10))
    return booked(
        atlas, starts=starts, rule="FREQ=DAILY;COUNT=3", title="SECRET", note="HUSH", is_private=True
    )


class TestPrivate:
    @pytest.mark.parametrize("said", [{"private": False}, {"title": "Blind"}, {"note": ""}])
    def test_its_words_are_changed_by_nobody_who_may_not_read_them(
        self,
        keeper: Machine,
        secret: Booking,
        said: dict[str, Any],
    ) -> None:
        answer = keeper("PATCH", f"bookings/{secret.pk}", said)
        assert answer.status_code == 422
        assert b"SECRET" not in answer.content and b"HUSH" not in answer.content
        secret.refresh_from_db()
        assert (secret.title, secret.note, secret.is_private) == ("SECRET", "HUSH", True)
        assert keeper("PATCH", f"bookings/{secret.pk}", {"attendees": 3}).status_code == 200

    def test_a_part_that_is_split_off_is_as_private(self, keeper: Machine, secret: Booking) -> None:
        second = secret.occurrences.order_by("starts")[1]
        said = {
            "occurrence": second.recurs_at.isoformat(),
            "scope": "following",
            "start": (second.starts + HOUR).isoformat(),
        }
        answer = keeper("PATCH", f"bookings/{secret.pk}", said)
        assert answer.status_code == 200
        assert answer.json()["id"] != secret.pk
        assert b"SECRET" not in answer.content and b"HUSH" not in answer.content

    def test_its_tag_confirms_no_guess(self, secret: Booking, settings: Any) -> None:
        before = one_shape(staff("spaces"), secret)[1]
        settings.SECRET_KEY = "another"
        assert one_shape(staff("spaces"), secret)[1] != before


class TestDue:
    @pytest.fixture(autouse=True)
    def _policy(self) -> None:
        PriceRule.objects.create(unit=PriceUnit.HOUR, amount=100, period=since())
        BookingRule.objects.create(
            cancel_minutes=24 * 60, cancel_percent=50, within_hours=False, period=since()
        )

    def test_earlier_and_then_a_little_later_spares_nothing(self) -> None:
        booking = booked(hours=4)
        one = booking.occurrences.get()
        options: Any = {
            "audience": Audience.RESIDENT,
            "by": booking.organiser,
            "now": one.during.lower - HOUR,
        }
        for minutes in (15, 30):
            change_end(one, ends=one.starts + timedelta(minutes=minutes), **options)
        assert booking.occurrences.get().price == 400
        change_end(one, ends=one.starts + 5 * HOUR, **options)
        assert booking.occurrences.get().price == 500
        cancel(one, by=booking.organiser, now=options["now"])
        assert Cancellation.objects.get().due == 250

    def test_a_part_that_is_split_off_is_as_old(self) -> None:
        series = booked(rule="FREQ=WEEKLY;COUNT=4")
        Booking.objects.update(made_at=timezone.now() - timedelta(days=2))
        first, second = series.occurrences.order_by("starts")[:2]
        now = first.during.lower - HOUR
        move(
            second, starts=second.starts + 2 * HOUR, ends=second.ends + 2 * HOUR, scope=Scope.FOLLOWING,
            audience=Audience.RESIDENT, by=series.organiser, now=now,
        )  # fmt: skip
        part = Booking.objects.exclude(pk=series.pk).get()
        series.refresh_from_db()
        assert (part.made_at, part.made_by) == (series.made_at, series.made_by)


def test_whoever_needs_no_approval_gives_none_by_moving(site: Any, atlas: Any) -> None:
    rif = room(site=site, code="Rif")
    BookingRule.objects.create(period=since(), resource=atlas, needs_approval=True)
    asked = booked(atlas)
    reception = Machine(staff("reception", site))
    answer = reception("PATCH", f"bookings/{asked.pk}", {"resource": rif.pk})
    assert answer.status_code == 200
    assert asked.occurrences.get().status == Status.REQUESTED


def test_one_time_is_cancelled_where_one_is_named(keeper: Machine, atlas: Any) -> None:
    made = keeper("POST", "bookings", wanted(atlas, rrule="FREQ=DAILY;COUNT=4")).json()
    second = made["occurrences"][1]["id"]
    answer = keeper("DELETE", f"bookings/{made['id']}?occurrence={second}").json()
    assert [one["status"] for one in answer["occurrences"]] == ["booked", "cancelled", "booked", "booked"]
    keeper("DELETE", f"bookings/{made['id']}")
    assert not Occurrence.objects.live().exists()


@pytest.mark.parametrize(
    "more", [{"skip": ["2027-01-12T10:00"]}, {"waitlist": True}, {"price": "1.00"}, {"note": "x"}]
)
def test_a_key_stands_for_all_that_was_sent_with_it(
    keeper: Machine, atlas: Any, more: dict[str, Any]
) -> None:
    said = wanted(atlas, rrule="FREQ=DAILY;COUNT=3")
    assert keeper("POST", "bookings", said, Idempotency_Key="k").status_code == 201
    assert keeper("POST", "bookings", said, Idempotency_Key="k").status_code in (200, 201)
    assert keeper("POST", "bookings", {**said, **more}, Idempotency_Key="k").status_code == 409
    assert Booking.objects.count() == 1


@pytest.mark.parametrize(
    "said", [{"title": "\ud800"}, {"note": "a\udfff"}, {"foo": 1}, {"price": 0}, {"company": 1}]
)
def test_what_cannot_be_meant_is_refused(keeper: Machine, atlas: Any, said: dict[str, Any]) -> None:
    made = keeper("POST", "bookings", wanted(atlas)).json()
    answer = keeper("PATCH", f"bookings/{made['id']}", said)
    assert (answer.status_code, [one["field"] for one in answer.json()["errors"]]) == (422, list(said))


@pytest.mark.parametrize("method", ["GET", "POST", "PATCH", "PUT", "DELETE"])
def test_an_unknown_address_is_a_problem(keeper: Machine, method: str) -> None:
    keeper.client.handler.enforce_csrf_checks = True
    answer = keeper(method, "nothing/is/here", {})
    assert (answer.status_code, answer["Content-Type"]) == (404, "application/problem+json")


def test_amounts_are_for_those_who_may_see_them() -> None:
    company = hosted_company()
    FigureFactory(company=company, indicator="turnover", value=Decimal(7_000_000))
    FigureFactory(company=company, indicator="headcount", value=Decimal(12))
    for role, expected in (
        ("reception", {"headcount"}),
        ("events", {"headcount"}),
        ("finance", {"headcount", "turnover"}),
    ):
        answer = Machine(staff(role), secret=f"fdk_{role}")("GET", f"companies/{company.pk}").json()
        assert {one["indicator"] for one in answer["figures"]} == expected, role
    answer = Machine(owner_of(company), secret="fdk_owner")("GET", f"companies/{company.pk}").json()
    assert {one["indicator"] for one in answer["figures"]} == {"headcount", "turnover"}
