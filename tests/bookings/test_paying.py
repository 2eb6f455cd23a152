"""Credits set aside when something is booked, used when it is over, given back when it is not; what stays due."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from fondouk.bookings.actions import cancel, change_end, decide, move, release_missed, restore, settle_credits
from fondouk.bookings.enums import Audience, PriceUnit, Scope, Status
from fondouk.bookings.models import Booking, BookingRule, Cancellation, Occurrence, PriceRule
from fondouk.companies.models import Company
from fondouk.credits.models import Entry, Lot
from fondouk.credits.queries import lots_of
from tests.factories import CompanyFactory, ResidencyFactory, since
from tests.factories.bookings import TUESDAY, booked, room
from tests.factories.credits import lot
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
STAFF = Audience.STAFF


def payer() -> Company:
    company = CompanyFactory()
    ResidencyFactory(company=company, period=since())
    return company  # type: ignore[no-any-return]


@pytest.fixture(autouse=True)
def _hourly() -> None:
    """A hundred an hour, everywhere."""
    PriceRule.objects.create(unit=PriceUnit.HOUR, amount=100, period=since())


def state(booking: Booking) -> list[tuple[Decimal | None, Decimal]]:
    return list(booking.occurrences.order_by("starts").values_list("price", "credits"))


def left(company: Company) -> Decimal:
    return sum((one.remaining for one in Lot.objects.filter(company=company)), Decimal(0))


class TestSetAside:
    def test_as_far_as_they_go_the_earliest_first(self) -> None:
        company = payer()
        lot(company, 250)
        booking = booked(company=company, rule="FREQ=WEEKLY;COUNT=4")
        assert state(booking) == [(100, 100), (100, 100), (100, 50), (100, 0)]
        assert left(company) == 0
        assert [one.to_pay for one in booking.occurrences.order_by("starts")] == [0, 0, 50, 100]

    def test_only_those_good_on_the_day(self) -> None:
        company = payer()
        lot(company, 500, until=date(2027, 1, 13))
        assert state(booked(company=company, rule="FREQ=WEEKLY;COUNT=3")) == [
            (100, 100),
            (100, 100),
            (100, 0),
        ]

    def test_not_while_it_awaits_approval(self) -> None:
        company = payer()
        lot(company, 500)
        BookingRule.objects.create(needs_approval=True, period=since())
        booking = booked(company=company)
        assert (state(booking), left(company)) == ([(100, 0)], 500)
        decide(booking, is_granted=True, by=PersonFactory())
        assert (state(booking), left(company)) == ([(100, 100)], 400)

    def test_another_length_costs_something_else(self) -> None:
        company = payer()
        lot(company, 500)
        booking = booked(company=company)
        one = booking.occurrences.get()
        move(one, starts=TUESDAY, ends=TUESDAY + 3 * HOUR, audience=STAFF, by=booking.organiser)
        assert (state(booking), left(company)) == ([(300, 300)], 200)
        change_end(one, ends=TUESDAY + 2 * HOUR, audience=STAFF, by=booking.organiser)
        assert (state(booking), left(company)) == ([(200, 200)], 300)

    def test_ending_early_once_it_has_begun_costs_the_same(self) -> None:
        company = payer()
        booking = booked(company=company, hours=3)
        one = booking.occurrences.get()
        now = one.during.lower + HOUR
        change_end(one, ends=TUESDAY + 2 * HOUR, audience=STAFF, by=booking.organiser, now=now)
        assert state(booking) == [(300, 0)]

    def test_the_ledger_says_what_for(self) -> None:
        company = payer()
        lot(company, 500)
        booked(room(code="Atlas"), company=company)
        assert Entry.objects.get(kind="held").reason == "Atlas · 2027-01-05 10:00"


class TestGivenBack:
    def test_when_it_is_cancelled_and_set_aside_again_when_that_is_taken_back(self) -> None:
        company = payer()
        lot(company, 300)
        booking = booked(company=company, rule="FREQ=WEEKLY;COUNT=3")
        first = booking.occurrences.order_by("starts")[0]
        gone = cancel(first, scope=Scope.ALL, by=booking.organiser)
        assert left(company) == 300
        restore(
            booking,
            {one.pk: (one.was, one.sequence) for one in gone},
            audience=Audience.STAFF,
            by=booking.organiser,
        )
        assert (left(company), state(booking)) == (0, [(100, 100)] * 3)

    def test_what_somebody_else_used_meanwhile_is_to_be_paid(self) -> None:
        company = payer()
        lot(company, 100)
        booking = booked(company=company)
        gone = cancel(booking.occurrences.get(), by=booking.organiser)
        booked(company=company)
        restore(
            booking,
            {one.pk: (one.was, one.sequence) for one in gone},
            audience=Audience.STAFF,
            by=booking.organiser,
        )
        assert state(booking) == [(100, 0)]


class TestDue:
    @pytest.fixture(autouse=True)
    def _policy(self) -> None:
        BookingRule.objects.create(
            cancel_minutes=24 * 60, cancel_percent=50, missed_percent=100, within_hours=False, period=since()
        )

    def late(self, booking: Booking, **options: Any) -> Decimal:
        one = booking.occurrences.get()
        cancel(one, by=booking.organiser, now=one.during.lower - HOUR, **options)
        return Cancellation.objects.get(occurrence=one).due

    def test_half_of_it_within_a_day(self) -> None:
        company = payer()
        lot(company, 100)
        booking = booked(company=company)
        assert self.late(booking) == 50
        assert (state(booking), left(company)) == ([(100, 50)], 50)
        assert settle_credits(now=booking.occurrences.get().during.upper) == 1
        row = lots_of(company.pk).get()
        assert (row.used, row.aside, row.remaining) == (50, 0, 50)

    def test_nothing_before_and_nothing_when_it_is_waived(self) -> None:
        booking = booked(company=payer())
        cancel(booking.occurrences.get(), by=booking.organiser)
        assert Cancellation.objects.get().due == 0
        assert self.late(booked(company=payer()), is_waived=True) == 0

    def test_by_the_rule_that_held_when_it_was_booked(self) -> None:
        booking = booked(company=payer())
        BookingRule.objects.update(cancel_percent=100)
        assert self.late(booking) == 50

    def test_a_move_does_not_spare_it(self) -> None:
        booking = booked(company=payer())
        one = booking.occurrences.get()
        options: Any = {"by": booking.organiser, "now": one.during.lower - HOUR}
        times = {"starts": one.starts + timedelta(days=7), "ends": one.ends + timedelta(days=7)}
        with pytest.raises(ValidationError, match=r"50.00") as refused:
            move(one, **times, audience=Audience.RESIDENT, **options)
        assert list(refused.value.message_dict) == ["starts"]
        moved = move(one, **times, audience=Audience.STAFF, **options)
        assert [each.starts for each in moved] == [times["starts"]]

    def test_moved_by_whoever_booked_it_as_long_as_nothing_is_due(self) -> None:
        booking = booked(company=payer())
        one = booking.occurrences.get()
        starts = one.starts + timedelta(days=7)
        options: Any = {"by": booking.organiser, "now": one.during.lower - timedelta(hours=25)}
        assert move(one, starts=starts, ends=starts + HOUR, audience=Audience.RESIDENT, **options)

    @pytest.mark.parametrize(
        ("audience", "hours", "price"),
        [(Audience.RESIDENT, 1, 100), (Audience.STAFF, 1, 50), (Audience.RESIDENT, 25, 50)],
    )
    def test_nor_does_an_earlier_end(self, audience: Audience, hours: int, price: int) -> None:
        booking = booked(company=payer())
        one = booking.occurrences.get()
        now = one.during.lower - hours * HOUR
        change_end(one, ends=one.ends - HOUR / 2, audience=audience, by=booking.organiser, now=now)
        assert booking.occurrences.get().price == price

    def test_all_of_it_when_nobody_comes(self) -> None:
        BookingRule.objects.update(grace_minutes=15)
        company = payer()
        lot(company, 100)
        booking = booked(company=company)
        one = booking.occurrences.get()
        assert release_missed(now=one.during.lower + timedelta(minutes=14)) == []
        assert len(release_missed(now=one.during.lower + timedelta(minutes=15))) == 1
        assert Cancellation.objects.get().due == 100
        assert (Occurrence.objects.get().status, left(company)) == (Status.MISSED, 0)


def test_used_once_it_is_over() -> None:
    company = payer()
    lot(company, 300)
    booking = booked(company=company, rule="FREQ=WEEKLY;COUNT=2")
    end = booking.occurrences.order_by("starts")[0].during.upper
    assert settle_credits(now=end - timedelta(seconds=1)) == 0
    assert settle_credits(now=end) == 1
    assert settle_credits(now=end) == 0
    row = lots_of(company.pk).get()
    assert (row.used, row.aside, row.remaining) == (100, 100, 100)
