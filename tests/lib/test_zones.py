"""The clock on the wall in Morocco, before and after the decree of September 2026."""

import os
import zoneinfo
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fondouk.lib import zones

CASABLANCA = "Africa/Casablanca"
PARIS = "Europe/Paris"


@pytest.fixture(autouse=True)
def packaged_zones() -> None:
    zones.use_packaged_zones()


def wall(text: str) -> datetime:
    return datetime.fromisoformat(text)


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def test_zone_files_of_the_machine_are_never_read() -> None:
    zones.use_packaged_zones()
    assert zoneinfo.TZPATH == ()
    assert os.environ["PYTHONTZPATH"] == ""


def test_the_zone_data_knows_the_decree() -> None:
    zones.check_zones()
    assert tuple(map(int, zones.zones_version().split("."))) >= (2026, 3)


def test_stale_zone_data_stops_the_start_and_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(zones, "_WITNESS_ZONE", "Africa/Lagos")  # still an hour ahead, as stale data would be
    with pytest.raises(zones.StaleZones) as caught:
        zones.check_zones()
    assert caught.value.version == zones.zones_version()
    assert caught.value.offset == timedelta(hours=1)
    assert "tzdata>=2026.3" in str(caught.value)


@pytest.mark.parametrize(
    ("local", "instant"),
    [
        ("2026-09-01T10:00", "2026-09-01T09:00"),  # UTC+01 until 20 September
        ("2026-11-23T10:00", "2026-11-23T10:00"),  # UTC+00 since
        ("2026-03-01T10:00", "2026-03-01T10:00"),  # Ramadan of 2026
        ("2027-02-20T10:00", "2027-02-20T10:00"),  # Ramadan of 2027: no shift any more
        ("2027-07-01T10:00", "2027-07-01T10:00"),
    ],
)
def test_a_local_time_in_casablanca_is_an_instant(local: str, instant: str) -> None:
    assert zones.resolve(wall(local), CASABLANCA) == utc(instant)


def test_a_time_the_clock_jumps_over_is_refused() -> None:
    with pytest.raises(zones.NonexistentLocalTime) as caught:
        zones.resolve(wall("2026-03-29T02:30"), PARIS)
    assert (caught.value.local, caught.value.zone) == (wall("2026-03-29T02:30"), PARIS)


def test_a_time_that_comes_twice_means_the_first() -> None:
    twice = wall("2026-10-25T02:30")
    assert zones.resolve(twice, PARIS) == utc("2026-10-25T00:30")
    assert zones.resolve(twice.replace(fold=1), PARIS) == utc("2026-10-25T00:30")


def test_only_naive_times_are_resolved() -> None:
    with pytest.raises(TypeError):
        zones.resolve(utc("2026-01-01T10:00"), PARIS)


def test_an_unknown_zone_is_an_error() -> None:
    with pytest.raises(zoneinfo.ZoneInfoNotFoundError):
        zones.resolve(wall("2026-01-01T10:00"), "Africa/Fondouk")


@pytest.mark.parametrize(
    ("day", "zone", "hours"),
    [
        (date(2026, 11, 23), CASABLANCA, 24),
        (date(2026, 2, 15), CASABLANCA, 25),  # into Ramadan
        (date(2026, 3, 22), CASABLANCA, 23),  # out of it
        (date(2026, 9, 20), CASABLANCA, 25),  # the decree
        (date(2026, 3, 29), PARIS, 23),
        (date(2026, 4, 24), "Africa/Cairo", 23),  # midnight itself is skipped
        (date(2026, 10, 30), "Africa/Cairo", 24),
    ],
)
def test_a_local_day_lasts_as_long_as_its_clock_says(day: date, zone: str, hours: int) -> None:
    start, end = zones.local_range(day, zone)
    assert end - start == timedelta(hours=hours)


@given(st.dates(date(2000, 1, 1), date(2040, 1, 1)), st.sampled_from([CASABLANCA, PARIS, "Africa/Cairo"]))
def test_local_days_follow_each_other_without_gap(day: date, zone: str) -> None:
    _, end = zones.local_range(day, zone)
    following, _ = zones.local_range(day + timedelta(days=1), zone)
    assert end == following


@given(st.datetimes(datetime.fromisoformat("2000-01-01"), datetime.fromisoformat("2040-01-01")))
def test_a_resolved_time_reads_the_same_on_the_wall(local: datetime) -> None:
    try:
        instant = zones.resolve(local, CASABLANCA)
    except zones.NonexistentLocalTime:
        return
    assert instant.astimezone(zoneinfo.ZoneInfo(CASABLANCA)).replace(tzinfo=None) == local


@pytest.mark.parametrize(
    ("local", "zone", "instant"),
    [
        (wall("2027-03-28T02:30"), "Europe/Paris", datetime(2027, 3, 28, 1, tzinfo=UTC)),
        (wall("2027-03-28T02:00"), "Europe/Paris", datetime(2027, 3, 28, 1, tzinfo=UTC)),
        (wall("2027-03-28T03:00"), "Europe/Paris", datetime(2027, 3, 28, 1, tzinfo=UTC)),
        (wall("2026-03-22T02:59"), "Africa/Casablanca", datetime(2026, 3, 22, 2, tzinfo=UTC)),
        (wall("2027-01-05T10:00"), "Africa/Casablanca", datetime(2027, 1, 5, 10, tzinfo=UTC)),
    ],
)
def test_a_time_that_never_comes_may_mean_the_jump(local: datetime, zone: str, instant: datetime) -> None:
    assert zones.at_or_after(local, zone) == instant
