"""Booking: what is refused and how it is said; once or again and again; approved or not."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from fondouk.audit.models import Entry
from fondouk.bookings.actions import book, decide
from fondouk.bookings.enums import Audience, Status
from fondouk.bookings.models import Booking, BookingRule, Occurrence
from fondouk.bookings.wishes import KeyReused, TooLate, Unavailable
from fondouk.spaces.models import Claim
from tests.factories import OpeningHoursFactory, PartFactory, PersonFactory, SiteFactory, since
from tests.factories.bookings import TUESDAY, booked, room, wish

pytestmark = pytest.mark.django_db
STAFF, RESIDENT = Audience.STAFF, Audience.RESIDENT


def problems(said: Any, audience: Audience = STAFF, **options: Any) -> dict[str, list[str]]:
    with pytest.raises(ValidationError) as refused:
        book(said, audience=audience, by=said.organiser, **options)
    assert not Booking.objects.exists()
    return refused.value.message_dict


class TestOnce:
    def test_holds_every_part_of_its_space(self) -> None:
        parts = [PartFactory(), PartFactory()]
        booking = booked(room(parts=parts))
        only = booking.occurrences.get()
        assert (only.starts, only.status) == (TUESDAY, Status.BOOKED)
        assert only.during.lower == datetime(
            2027, 1, 5, 10, tzinfo=UTC
        )  # Morocco is on UTC since September 2026
        claims = Claim.objects.of("booking", [only.pk])
        assert sorted(claims.values_list("part", flat=True)) == sorted(part.pk for part in parts)
        assert Entry.objects.filter(verb="bookings.booked").count() == 1

    def test_setting_up_and_cleaning_hold_the_space_too(self) -> None:
        place = room()
        BookingRule.objects.create(period=since(), setup_minutes=15, cleanup_minutes=30)
        only = booked(place).occurrences.get()
        claim = Claim.objects.get()
        assert (claim.start, claim.end) == (
            only.during.lower - timedelta(minutes=15),
            only.during.upper + timedelta(minutes=30),
        )
        with pytest.raises(Unavailable):
            booked(place, starts=TUESDAY + timedelta(minutes=75))
        booked(place, starts=TUESDAY + timedelta(minutes=105))

    def test_what_is_taken_says_by_what(self) -> None:
        place = room()
        first = booked(place, title="Atelier")
        with pytest.raises(Unavailable) as taken:
            booked(place, starts=TUESDAY + timedelta(minutes=30))
        clash = taken.value.clashes[0]
        assert (clash.reason, clash.claims[0].label, clash.span.starts) == (
            "taken",
            "Atelier",
            TUESDAY + timedelta(minutes=30),
        )
        assert Booking.objects.get() == first

    def test_over_midnight_and_for_several_days(self) -> None:
        place = room()
        booked(place, starts=TUESDAY.replace(hour=22), hours=4)
        booked(place, starts=TUESDAY + timedelta(days=1), hours=72)
        with pytest.raises(Unavailable):
            booked(place, starts=TUESDAY.replace(hour=1) + timedelta(days=1))

    def test_a_private_title_is_not_on_the_calendar(self) -> None:
        booked(title="Licenciement", is_private=True)
        assert Claim.objects.get().label == ""


class TestRefused:
    def test_an_end_before_the_start(self) -> None:
        assert problems(wish(ends=TUESDAY)) == {"ends": ["La fin précède le début."]}

    def test_the_past(self) -> None:
        assert problems(wish(), now=datetime(2027, 1, 5, 10, tzinfo=UTC)).keys() == {"starts"}
        assert booked(starts=TUESDAY).pk

    @pytest.mark.parametrize(
        ("rule", "values", "field"),
        [
            ({"is_allowed": False}, {}, "resource"),
            ({"step_minutes": 30}, {"starts": TUESDAY.replace(minute=15)}, "starts"),
            ({"shortest_minutes": 60}, {"hours": 0.5}, "ends"),
            ({"longest_minutes": 120}, {"hours": 3}, "ends"),
            ({"horizon_days": 30}, {"starts": TUESDAY + timedelta(days=30)}, "starts"),
            ({"horizon_days": 30}, {"rule": "FREQ=WEEKLY;COUNT=10"}, "rule"),
            ({"notice_minutes": 60 * 24 * 7}, {}, "starts"),
            ({}, {"attendees": 9}, "attendees"),
            ({}, {"title": " "}, "title"),
            ({}, {"title": "x" * 161}, "title"),
            ({}, {"rule": "FREQ=DAILY;UNTIL=20270104"}, "rule"),
            ({}, {"rule": "FREQ=DAILY;UNTIL=20401231"}, "rule"),
        ],
    )
    def test_beside_its_field(self, rule: dict[str, Any], values: dict[str, Any], field: str) -> None:
        if rule:
            BookingRule.objects.create(period=since(), **rule)
        now = datetime(2027, 1, 1, tzinfo=UTC)
        assert problems(wish(**values), now=now).keys() == {field}

    def test_a_space_out_of_use(self) -> None:
        assert problems(wish(room(withdrawn_on=date(2027, 1, 5)))).keys() == {"resource"}
        assert booked(room(withdrawn_on=date(2027, 1, 6))).pk

    def test_an_office_is_let_not_booked(self) -> None:
        assert problems(wish(room(kind="office"))).keys() == {"resource"}

    def test_an_hour_that_does_not_exist(self) -> None:
        """Paris puts the clock forward on 28 March 2027 at two."""
        place = room(site=SiteFactory(zone="Europe/Paris"))
        with pytest.raises(Unavailable) as jumped:
            booked(place, starts=datetime(2027, 3, 28, 2, 30))  # noqa: DTZ001
        assert [clash.reason for clash in jumped.value.clashes] == ["jumped"]
        assert not Booking.objects.exists()


class TestOpeningHours:
    def test_residents_book_while_the_site_is_open(self) -> None:
        site = SiteFactory()
        for day in range(1, 6):
            OpeningHoursFactory(site=site, weekday=day, opens=time(9), closes=time(18))
        place = room(site=site)
        now = datetime(2027, 1, 1, tzinfo=UTC)
        said = wish(place, starts=TUESDAY.replace(hour=9), hours=9)
        book(said, audience=RESIDENT, by=said.organiser, now=now)
        for starts, hours in ((8, 1), (17, 1.25), (20, 1)):
            said = wish(place, starts=TUESDAY.replace(hour=starts) + timedelta(days=1), hours=hours)
            with pytest.raises(Unavailable) as closed:
                book(said, audience=RESIDENT, by=said.organiser, now=now)
            assert [clash.reason for clash in closed.value.clashes] == ["closed"]
        daily = wish(place, starts=TUESDAY + timedelta(days=1), rule="FREQ=DAILY;COUNT=7")
        with pytest.raises(Unavailable) as weekend:
            book(daily, audience=RESIDENT, by=daily.organiser, now=now)
        # Saturday, Sunday, and 11 January, when the manifesto of independence is celebrated.
        assert [clash.span.starts.day for clash in weekend.value.clashes] == [9, 10, 11]


class TestSeries:
    def test_all_or_nothing_then_with_what_is_left_out(self) -> None:
        place = room()
        booked(place, starts=TUESDAY + timedelta(days=14))
        series = wish(place, rule="FREQ=WEEKLY;COUNT=4")
        with pytest.raises(Unavailable) as taken:
            book(series, audience=STAFF, by=series.organiser)
        dates = [clash.span.recurs_at for clash in taken.value.clashes]
        assert dates == [TUESDAY + timedelta(days=14)]
        assert Booking.objects.count() == 1
        booking = book(
            series, audience=STAFF, by=series.organiser, skip=[*dates, TUESDAY + timedelta(hours=1)]
        )
        assert booking.occurrences.count() == 3
        assert [skipped.recurs_at for skipped in booking.skipped.all()] == dates

    def test_every_clash_is_told_at_once(self) -> None:
        place = room()
        for week in (1, 3):
            booked(place, starts=TUESDAY + timedelta(weeks=week), hours=0.5)
        with pytest.raises(Unavailable) as taken:
            booked(place, rule="FREQ=WEEKLY;COUNT=5")
        assert [clash.span.starts for clash in taken.value.clashes] == [
            TUESDAY + timedelta(weeks=week) for week in (1, 3)
        ]

    @pytest.mark.parametrize(
        ("zone", "first", "offsets"),
        [
            # Ramadan of 2026: the clock was put back on 15 February and forward on 22 March; the decree on 20 September.
            ("Africa/Casablanca", datetime(2026, 2, 11, 10), [9, 10, 10, 10, 10, 10, 9]),  # noqa: DTZ001
            ("Africa/Casablanca", datetime(2026, 9, 16, 10), [9, 10, 10, 10, 10, 10, 10]),  # noqa: DTZ001
        ],
    )
    def test_a_series_keeps_its_clock_whatever_the_law_says(
        self, zone: str, first: datetime, offsets: list[int]
    ) -> None:
        said = wish(room(site=SiteFactory(zone=zone)), starts=first, rule="FREQ=WEEKLY;COUNT=7")
        booking = book(said, audience=STAFF, by=said.organiser, now=datetime(2026, 1, 1, tzinfo=UTC))
        rows = list(booking.occurrences.order_by("starts"))
        assert {row.starts.time() for row in rows} == {time(10)}
        assert [row.during.lower.hour for row in rows] == offsets

    def test_a_series_that_meets_itself_is_refused(self) -> None:
        with pytest.raises(ValidationError) as refused:
            booked(hours=30, rule="FREQ=DAILY;COUNT=3")
        assert refused.value.message_dict.keys() == {"rule"}
        assert not Booking.objects.exists()
        assert not Claim.objects.exists()


class TestSentTwice:
    def test_the_same_key_is_the_same_booking(self) -> None:
        said = wish()
        first = book(said, audience=STAFF, by=said.organiser, key="k")
        assert book(said, audience=STAFF, by=said.organiser, key="k") == first
        assert Claim.objects.count() == 1

    def test_another_wish_under_the_same_key(self) -> None:
        said = wish()
        book(said, audience=STAFF, by=said.organiser, key="k")
        other = wish(said.resource, organiser=said.organiser, starts=TUESDAY + timedelta(days=1))
        with pytest.raises(KeyReused):
            book(other, audience=STAFF, by=said.organiser, key="k")

    def test_keys_are_of_one_person(self) -> None:
        booked(by=PersonFactory())
        for _number in range(2):
            said = wish()
            book(said, audience=STAFF, by=said.organiser, key="k")
        assert Booking.objects.count() == 3


class TestApproval:
    @pytest.fixture(autouse=True)
    def _asks(self) -> None:
        BookingRule.objects.create(period=since(), needs_approval=True)

    def test_a_request_holds_nothing_until_it_is_granted(self) -> None:
        place = room()
        one, other = booked(place), booked(place)
        assert not Claim.objects.exists()
        decide(one, is_granted=True, by=PersonFactory())
        assert one.occurrences.get().status == Status.BOOKED
        with pytest.raises(Unavailable):
            decide(other, is_granted=True, by=PersonFactory())
        assert other.occurrences.get().status == Status.REQUESTED
        decide(other, is_granted=False, reason="Prise", by=PersonFactory())
        assert other.occurrences.get().status == Status.DECLINED
        assert Occurrence.objects.booked().count() == Claim.objects.count() == 1

    def test_nothing_is_decided_twice(self) -> None:
        booking = booked()
        decide(booking, is_granted=True, by=PersonFactory())
        for granted in (True, False):
            with pytest.raises(TooLate):
                decide(booking, is_granted=granted, by=PersonFactory())
        assert booking.decisions.count() == 1
