"""Half-open periods of days."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fondouk.lib.periods import BrokenPeriod, Period, add_months, month, year

days = st.dates(date(2000, 1, 1), date(2010, 1, 1))


@st.composite
def periods(draw: st.DrawFn) -> Period:
    start = draw(st.none() | days)
    end = draw(st.none() | days)
    if start is not None and end is not None:
        start, end = min(start, end), max(start, end) + timedelta(days=1)
    return Period(start, end)


def test_people_name_the_first_and_the_last_day() -> None:
    period = Period.from_inclusive(date(2026, 1, 1), date(2026, 1, 31))
    assert period == month(2026, 1)
    assert period.last_day == date(2026, 1, 31)
    assert period.days == 31
    assert date(2026, 1, 31) in period
    assert not period.contains(date(2026, 2, 1))


def test_an_unbounded_period_has_no_length() -> None:
    always = Period(None, None)
    assert (always.days, always.last_day) == (None, None)
    assert Period.from_inclusive(date(2026, 1, 1), None) == Period(date(2026, 1, 1), None)
    assert always.covers(month(2026, 1))


def test_neighbours_do_not_overlap() -> None:
    assert not month(2026, 1).overlaps(month(2026, 2))
    assert month(2026, 1).intersection(month(2026, 2)) is None


def test_december_ends_with_the_year() -> None:
    assert month(2026, 12).end == year(2026).end == date(2027, 1, 1)
    assert year(2024).days == 366


@pytest.mark.parametrize("end", [date(2026, 1, 1), date(2025, 12, 31)])
def test_a_period_without_a_day_is_refused(end: date) -> None:
    with pytest.raises(BrokenPeriod) as caught:
        Period(date(2026, 1, 1), end)
    assert (caught.value.start, caught.value.end) == (date(2026, 1, 1), end)


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2026, 11, 23), 22, date(2028, 9, 23)),
        (date(2026, 3, 31), -1, date(2026, 2, 28)),
        (date(2026, 1, 15), -13, date(2024, 12, 15)),
        (date(2026, 1, 15), 0, date(2026, 1, 15)),
    ],
)
def test_months_later_stays_within_the_month(day: date, months: int, expected: date) -> None:
    assert add_months(day, months) == expected


@given(periods(), periods(), days)
def test_the_intersection_holds_the_days_of_both(one: Period, other: Period, day: date) -> None:
    both = one.intersection(other)
    assert (both is not None and day in both) == (day in one and day in other)


@given(periods(), periods())
def test_overlap_is_mutual_and_means_a_common_day(one: Period, other: Period) -> None:
    assert one.overlaps(other) == other.overlaps(one) == (one.intersection(other) is not None)
    assert one.intersection(other) == other.intersection(one)


@given(periods(), periods())
def test_a_period_covers_what_it_intersects_whole(one: Period, other: Period) -> None:
    both = one.intersection(other)
    assert one.covers(other) == (both == other)
    assert one.covers(one)
    if both is not None:
        assert one.covers(both)
        assert other.covers(both)


@given(periods())
def test_inclusive_days_give_the_period_back(period: Period) -> None:
    assert Period.from_inclusive(period.start, period.last_day) == period


@given(days, st.integers(-500, 500))
def test_adding_months_moves_the_month_and_at_most_clamps_the_day(day: date, months: int) -> None:
    moved = add_months(day, months)
    assert (moved.year * 12 + moved.month) - (day.year * 12 + day.month) == months
    assert moved.day == day.day or (moved.day < day.day and (moved + timedelta(days=1)).day == 1)
