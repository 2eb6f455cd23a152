"""Moving and cancelling: one, those that follow, all; what stands stays where it was put."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from fondouk.bookings.actions import cancel, move
from fondouk.bookings.enums import Audience, Scope, Status
from fondouk.bookings.models import Booking, BookingRule, Occurrence
from fondouk.bookings.wishes import Stale, TooLate, Unavailable
from fondouk.spaces.models import Claim
from tests.factories import PersonFactory, since
from tests.factories.bookings import TUESDAY, booked, room

pytestmark = pytest.mark.django_db
WEEK, DAY, HOUR = timedelta(weeks=1), timedelta(days=1), timedelta(hours=1)


def at(booking: Booking, week: int) -> Occurrence:
    return booking.occurrences.get(recurs_at=TUESDAY + week * WEEK)


def shifted(
    occurrence: Occurrence, by: timedelta, scope: Scope = Scope.THIS, **options: Any
) -> list[Occurrence]:
    starts = occurrence.starts + by
    options = {"ends": starts + (occurrence.ends - occurrence.starts), "audience": Audience.STAFF} | options
    return move(occurrence, starts=starts, scope=scope, by=PersonFactory(), **options)


def times(booking: Booking) -> list[str]:
    return [f"{one.starts:%m-%d %H}" for one in booking.occurrences.live().order_by("starts")]


def check_claims() -> None:
    """What is booked holds its space, at its time; nothing else does."""
    held = {
        (claim.owner, claim.part_id, claim.start, claim.end) for claim in Claim.objects.filter(kind="booking")
    }
    assert held == {
        (one.pk, part.pk, one.during.lower - one.setup_minutes * timedelta(minutes=1), one.during.upper)
        for one in Occurrence.objects.booked()
        for part in one.resource.parts.all()
    }


class TestCancelling:
    @pytest.mark.parametrize(
        ("scope", "until", "left"),
        [
            (Scope.THIS, None, ["01-05 10", "01-19 10", "01-26 10"]),
            (Scope.FOLLOWING, None, ["01-05 10"]),
            (Scope.FOLLOWING, date(2027, 1, 19), ["01-05 10", "01-26 10"]),
            (Scope.ALL, None, []),
        ],
    )
    def test_as_much_as_is_asked(self, scope: Scope, until: date | None, left: list[str]) -> None:
        series = booked(rule="FREQ=WEEKLY;COUNT=4")
        gone = cancel(at(series, 1), scope=scope, until=until, reason="Férié", by=PersonFactory())
        assert times(series) == left
        assert len(gone) == 4 - len(left)
        assert {one.cancellation.reason for one in gone} == {"Férié"}
        check_claims()

    def test_what_is_free_again_can_be_booked(self) -> None:
        place = room()
        cancel(booked(place).occurrences.get(), by=PersonFactory())
        booked(place)
        check_claims()

    def test_what_is_over_is_not_cancelled(self) -> None:
        series = booked(rule="FREQ=WEEKLY;COUNT=3")
        now = datetime(2027, 1, 12, 10, 30, tzinfo=UTC)
        gone = cancel(at(series, 0), scope=Scope.ALL, by=PersonFactory(), now=now)
        assert [one.starts for one in gone] == [TUESDAY + WEEK, TUESDAY + 2 * WEEK]
        with pytest.raises(TooLate):
            cancel(at(series, 0), by=PersonFactory(), now=now)
        with pytest.raises(TooLate):
            cancel(at(series, 1), by=PersonFactory(), now=now)

    def test_a_stale_page(self) -> None:
        only = booked().occurrences.get()
        shifted(only, HOUR)
        with pytest.raises(Stale) as stale:
            cancel(only, sequence=0, by=PersonFactory())
        assert stale.value.occurrence.sequence == 1
        cancel(only, sequence=1, by=PersonFactory())


class TestMoving:
    def test_a_single_one(self) -> None:
        booking = booked()
        shifted(booking.occurrences.get(), DAY)
        booking.refresh_from_db()
        assert booking.starts == TUESDAY + DAY
        assert times(booking) == ["01-06 10"]
        check_claims()

    @pytest.mark.parametrize("scope", Scope)
    def test_one_that_is_gone_while_the_others_stand_where_they_were_put(self, scope: Scope) -> None:
        """Read, then cancelled by somebody else: nothing is left that would move with it."""
        series = booked(rule="FREQ=WEEKLY;COUNT=2")
        read = at(series, 0)
        shifted(at(series, 1), DAY)
        cancel(at(series, 0), by=PersonFactory())
        with pytest.raises(TooLate):
            shifted(read, HOUR, scope)
        assert times(series) == ["01-13 10"]
        check_claims()

    def test_over_itself(self) -> None:
        booking = booked(hours=2)
        shifted(booking.occurrences.get(), HOUR)
        check_claims()

    def test_to_a_taken_time_nothing_changes(self) -> None:
        place = room()
        booking = booked(place)
        booked(place, starts=TUESDAY + 3 * HOUR)
        with pytest.raises(Unavailable) as taken:
            shifted(booking.occurrences.get(), 3 * HOUR)
        assert [clash.reason for clash in taken.value.clashes] == ["taken"]
        assert times(booking) == ["01-05 10"]
        check_claims()

    def test_to_another_room_and_length(self) -> None:
        booking, other = booked(attendees=4), None
        only = booking.occurrences.get()
        other = room(site=only.resource.site, capacity=4)
        shifted(only, 0 * HOUR, resource=other, ends=TUESDAY + 3 * HOUR)
        only.refresh_from_db()
        assert (only.resource, only.ends) == (other, TUESDAY + 3 * HOUR)
        check_claims()

    def test_what_the_room_or_the_rules_do_not_allow(self) -> None:
        only = booked(attendees=8).occurrences.get()
        BookingRule.objects.create(period=since(), longest_minutes=120)
        site = only.resource.site
        for options, field in (
            ({"resource": room(site=site, capacity=4)}, "resource"),
            ({"resource": room()}, "resource"),
            ({"resource": room(site=site, withdrawn_on=date(2027, 1, 5))}, "resource"),
            ({"resource": room(site=site, kind="office")}, "resource"),
            ({"ends": TUESDAY + 4 * HOUR}, "ends"),
            ({"ends": TUESDAY}, "ends"),
            ({"now": datetime(2027, 1, 5, 10, 30, tzinfo=UTC)}, "starts"),
        ):
            with pytest.raises(ValidationError) as refused:
                shifted(only, 0 * HOUR, **options)
            assert refused.value.message_dict.keys() == {field}
        check_claims()

    def test_one_of_a_series_keeps_its_place_in_it(self) -> None:
        series = booked(rule="FREQ=WEEKLY;COUNT=3")
        shifted(at(series, 1), DAY + HOUR)
        assert times(series) == ["01-05 10", "01-13 11", "01-19 10"]
        assert at(series, 1).sequence == 1
        check_claims()

    def test_those_that_follow_become_a_series_of_their_own(self) -> None:
        series = booked(rule="FREQ=WEEKLY;COUNT=5")
        cancel(at(series, 3), by=PersonFactory())
        moved = shifted(at(series, 2), DAY + HOUR, Scope.FOLLOWING)
        series.refresh_from_db()
        later = moved[0].booking
        assert times(series) == ["01-05 10", "01-12 10"]
        assert series.rule == "FREQ=WEEKLY;WKST=MO;UNTIL=20270118"
        assert times(later) == ["01-20 11", "02-03 11"]
        assert later.occurrences.filter(status=Status.CANCELLED).count() == 1
        assert later.rule == "FREQ=WEEKLY;WKST=MO;UNTIL=20270203"
        assert later.uid != series.uid
        check_claims()

    def test_those_up_to_a_day_stay_in_the_series_as_exceptions(self) -> None:
        series = booked(rule="FREQ=WEEKLY;COUNT=5")
        one = at(series, 1)
        moved = move(
            one, starts=one.starts + DAY + HOUR, ends=one.ends + DAY + HOUR, scope=Scope.FOLLOWING, until=date(2027, 1, 19),
            audience=Audience.STAFF, by=PersonFactory(),
        )  # fmt: skip
        series.refresh_from_db()
        assert len(moved) == 2
        assert Booking.objects.count() == 1
        assert times(series) == ["01-05 10", "01-13 11", "01-20 11", "01-26 10", "02-02 10"]
        assert series.rule == "FREQ=WEEKLY;WKST=MO;COUNT=5"
        check_claims()

    def test_the_time_that_is_written_is_that_of_all(self) -> None:
        """Also where it is written for one that was moved by itself before."""
        series = booked(rule="FREQ=WEEKLY;COUNT=3")
        shifted(at(series, 1), 3 * HOUR)
        one = at(series, 1)
        move(
            one,
            starts=one.starts + HOUR,
            ends=one.ends + HOUR,
            scope=Scope.ALL,
            audience=Audience.STAFF,
            by=PersonFactory(),
        )
        assert times(series) == ["01-05 14", "01-12 14", "01-19 14"]
        check_claims()

    def test_all_of_it_stays_one_series(self) -> None:
        series = booked(rule="FREQ=WEEKLY;BYDAY=TU,TH;COUNT=4")
        shifted(at(series, 0), DAY, Scope.ALL)
        series.refresh_from_db()
        assert Booking.objects.count() == 1
        assert times(series) == ["01-06 10", "01-08 10", "01-13 10", "01-15 10"]
        assert series.rule == "FREQ=WEEKLY;BYDAY=WE,FR;WKST=MO;UNTIL=20270115"
        assert (series.starts, series.ends) == (TUESDAY + DAY, TUESDAY + DAY + HOUR)
        check_claims()

    def test_a_week_later_each_on_the_date_of_the_next(self) -> None:
        series = booked(rule="FREQ=WEEKLY;COUNT=4")
        shifted(at(series, 0), WEEK, Scope.ALL)
        assert times(series) == ["01-12 10", "01-19 10", "01-26 10", "02-02 10"]
        check_claims()

    def test_one_that_was_moved_by_itself_stays_there(self) -> None:
        series = booked(rule="FREQ=WEEKLY;COUNT=3")
        shifted(at(series, 1), DAY)
        shifted(at(series, 0), HOUR, Scope.ALL)
        assert times(series) == ["01-05 11", "01-13 10", "01-19 11"]
        check_claims()

    def test_days_of_the_month_do_not_move(self) -> None:
        series = booked(rule="FREQ=MONTHLY;BYDAY=1TU;COUNT=3")
        first = series.occurrences.order_by("starts")[0]
        with pytest.raises(ValidationError):
            shifted(first, DAY, Scope.ALL)
        shifted(first, HOUR, Scope.ALL)
        assert times(series) == ["01-05 11", "02-02 11", "03-02 11"]
        check_claims()

    def test_a_move_asks_again_where_approval_is_needed(self) -> None:
        booking = booked()
        BookingRule.objects.create(period=since(), needs_approval=True)
        shifted(booking.occurrences.get(), HOUR)
        assert booking.occurrences.get().status == Status.REQUESTED
        check_claims()

    def test_what_is_cancelled_does_not_move(self) -> None:
        only = booked().occurrences.get()
        cancel(only, by=PersonFactory())
        with pytest.raises(TooLate):
            shifted(only, HOUR)
