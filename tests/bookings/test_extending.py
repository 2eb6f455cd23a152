"""Series longer than eighteen months: rows reach that far, and a job writes more as time goes by."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from fondouk.bookings.actions import cancel, extend_series, move, restore
from fondouk.bookings.actions.booking import ROLLING
from fondouk.bookings.enums import Audience, Scope, Status
from fondouk.bookings.feeds import calendar_of
from fondouk.bookings.models import Booking, BookingRule, Occurrence
from tests.factories import since
from tests.factories.bookings import TUESDAY, booked, closed, room

pytestmark = pytest.mark.django_db
WEEK, HOUR = timedelta(weeks=1), timedelta(hours=1)
LONG = 120
"""Weeks."""


def series(place: Any = None, weeks: int = LONG, **values: Any) -> Booking:
    BookingRule.objects.create(period=since(), horizon_days=3650, audience=Audience.STAFF)
    return booked(place, rule=f"FREQ=WEEKLY;COUNT={weeks}", **values)


def weeks_later(weeks: int) -> datetime:
    return timezone.now() + weeks * WEEK


def test_rows_reach_eighteen_months_and_the_rest_follows_week_by_week() -> None:
    made = series()
    last = (timezone.now() + ROLLING).replace(tzinfo=None)
    first = list(made.occurrences.order_by("starts").values_list("starts", flat=True))
    assert first[-1] <= last < first[-1] + 2 * WEEK
    assert made.goes_on_at == first[-1] + WEEK
    assert extend_series() == 0
    assert extend_series(now=weeks_later(3)) in (3, 4)
    assert extend_series(now=weeks_later(3)) == 0
    extend_series(now=weeks_later(200))
    made.refresh_from_db()
    times = list(made.occurrences.order_by("starts").values_list("starts", flat=True))
    assert times == [TUESDAY + number * WEEK for number in range(LONG)]
    assert made.goes_on_at is None


def test_what_is_taken_by_then_is_left_out_and_said(django_capture_on_commit_callbacks: Any) -> None:
    place = room(code="Atlas")
    made = series(place)
    when = made.goes_on_at
    assert when is not None
    closed(place, starts=when + WEEK)
    with django_capture_on_commit_callbacks(execute=True):
        extend_series(now=weeks_later(4))
    assert [one.recurs_at for one in made.skipped.all()] == [when + WEEK]
    assert made.skipped.get().reason
    assert made.occurrences.filter(starts=when).exists()
    assert not made.occurrences.filter(starts=when + WEEK).exists()
    assert made.occurrences.filter(starts=when + 2 * WEEK).exists()


def test_who_may_not_book_there_any_more_books_no_further() -> None:
    made = series()
    BookingRule.objects.create(period=since(), resource=made.resource, is_allowed=False)
    assert extend_series(now=weeks_later(4)) == 0
    made.refresh_from_db()
    assert made.goes_on_at is None
    assert made.occurrences.filter(status=Status.BOOKED).exists()


def test_cancelled_from_a_time_on_it_does_not_come_back_and_restored_it_goes_on() -> None:
    made = series()
    goes_on = made.goes_on_at
    gone = cancel(made.occurrences.order_by("starts")[5], scope=Scope.FOLLOWING, by=made.organiser)
    made.refresh_from_db()
    assert made.goes_on_at is None
    assert extend_series(now=weeks_later(30)) == 0
    restore(
        made,
        {one.pk: (Status.BOOKED, one.sequence) for one in gone},
        audience=Audience.STAFF,
        by=made.organiser,
    )
    made.refresh_from_db()
    assert made.goes_on_at == goes_on


def test_cancelled_up_to_a_day_the_rest_goes_on_after_it() -> None:
    made = series()
    assert made.goes_on_at is not None
    last = (made.goes_on_at + 2 * WEEK).date()
    cancel(made.occurrences.order_by("starts")[5], scope=Scope.FOLLOWING, until=last, by=made.organiser)
    extend_series(now=weeks_later(10))
    live = made.occurrences.live().order_by("starts").values_list("starts", flat=True)
    assert next(start for start in live if start > TUESDAY + 5 * WEEK) == made.goes_on_at + 3 * WEEK


def test_moved_from_a_time_on_it_goes_on_where_it_was_moved() -> None:
    made = series()
    goes_on = made.goes_on_at
    assert goes_on is not None
    one = made.occurrences.order_by("starts")[4]
    day = timedelta(days=1)
    move(
        one,
        starts=one.starts + day,
        ends=one.ends + day,
        scope=Scope.FOLLOWING,
        audience=Audience.STAFF,
        by=made.organiser,
    )
    made.refresh_from_db()
    part = Booking.objects.exclude(pk=made.pk).get()
    assert (made.goes_on_at, part.goes_on_at) == (None, goes_on + day)
    extend_series(now=weeks_later(200))
    times = list(part.occurrences.order_by("starts").values_list("starts", flat=True))
    assert times == [TUESDAY + number * WEEK + day for number in range(4, LONG)]
    assert made.occurrences.count() == 4


def test_a_range_reaches_as_far_as_rows_are_written() -> None:
    made = series()
    assert made.goes_on_at is not None
    one = made.occurrences.order_by("starts")[4]
    said = {
        "starts": one.starts + HOUR,
        "ends": one.ends + HOUR,
        "audience": Audience.STAFF,
        "by": made.organiser,
    }
    with pytest.raises(ValidationError) as refused:
        move(one, scope=Scope.FOLLOWING, until=made.goes_on_at.date(), **said)
    assert refused.value.message_dict.keys() == {"until"}
    move(one, scope=Scope.FOLLOWING, until=(made.goes_on_at - WEEK).date(), **said)


def test_a_calendar_is_told_what_is_written() -> None:
    made = series()
    assert made.goes_on_at is not None
    text = calendar_of([made], name="x", host="h", hides=lambda _one: False).decode()
    until = date.fromisoformat(text.split("UNTIL=")[1][:8])
    assert made.goes_on_at.date() - WEEK <= until < made.goes_on_at.date()


def test_times_that_stand_in_each_others_way_by_now_are_left_out() -> None:
    """Twenty hours a day; a rule asks for five hours of cleaning since then: every second day is left."""
    BookingRule.objects.create(
        period=since(), horizon_days=3650, longest_minutes=3000, audience=Audience.STAFF
    )
    made = booked(rule="FREQ=DAILY;COUNT=600", hours=20)
    written = made.occurrences.count()
    BookingRule.objects.create(
        period=since(), resource=made.resource, horizon_days=3650, longest_minutes=3000, cleanup_minutes=300,
        audience=Audience.STAFF,
    )  # fmt: skip
    assert extend_series(now=weeks_later(200)) == pytest.approx((600 - written) / 2, abs=1)
    made.refresh_from_db()
    assert made.goes_on_at is None
    assert made.occurrences.count() + made.skipped.count() == 600


def test_what_awaits_approval_goes_on_awaiting_it() -> None:
    place = room()
    BookingRule.objects.create(period=since(), resource=place, needs_approval=True)
    made = series(place)
    assert extend_series(now=weeks_later(3)) > 0
    assert set(made.occurrences.values_list("status", flat=True)) == {Status.REQUESTED}


def test_short_series_know_nothing_of_it() -> None:
    assert booked(rule="FREQ=WEEKLY;COUNT=5").goes_on_at is None
    assert not Occurrence.objects.filter(starts__gt=datetime.combine(date(2028, 1, 1), time(0))).exists()
