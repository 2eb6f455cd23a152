"""The simulation of filling against what is known exactly: Poisson queues and finite rooms."""

from __future__ import annotations

import math

import pytest
from scipy.stats import poisson

from fondouk.methods.filling import Past, Room, simulate

STAY_FOREVER = [(0.0, 1.0)]
SURE = Past(entries=(600_000,) * 10, months=(100_000.0,) * 10)
"""Six entries a month, observed for so long that nothing of the rate is left to chance."""
EVERYWHERE = {"remote": Room(1.0, None)}


def test_without_departures_the_number_of_companies_is_poisson():
    found = simulate([SURE], STAY_FOREVER, EVERYWHERE, months=24, runs=20_000, seed=3)
    for month in (1, 6, 24):
        band = found.hosted[month - 1]
        exact = poisson(6 * month)
        assert abs(band.median - exact.ppf(0.5)) <= 1
        assert abs(band.low - exact.ppf(0.1)) <= 1
        assert abs(band.high - exact.ppf(0.9)) <= 1


def test_with_departures_it_settles_where_arrivals_times_stay_say():
    """Little's law, and the M/G/infinity queue is Poisson: 6 a month who stay geometrically 10 months on average."""
    survival = [(0.0, 1.0), *((float(k), 0.9**k) for k in range(1, 400))]
    found = simulate([SURE], survival, EVERYWHERE, months=100, runs=8_000, seed=4)
    exact = poisson(6 * 10)
    assert abs(found.hosted[-1].median - exact.ppf(0.5)) <= 1
    assert abs(found.hosted[-1].low - exact.ppf(0.1)) <= 1
    assert abs(found.hosted[-1].high - exact.ppf(0.9)) <= 1


def test_stays_of_any_length_last_on_average_as_long_as_the_curve_says():
    """Not rounded up to whole months: exponential stays of ten months, six arrivals a month."""
    survival = [(0.0, 1.0), *((k / 10, math.exp(-k / 100)) for k in range(1, 4000))]
    found = simulate([SURE], survival, EVERYWHERE, months=120, runs=8_000, seed=6)
    assert abs(found.hosted[-1].median - poisson(60).ppf(0.5)) <= 1.5


def test_those_there_on_the_day_come_once():
    past = Past((600_000,), (100_000.0,), at_once=40)
    found = simulate([past], STAY_FOREVER, EVERYWHERE, months=36, runs=4_000)
    assert abs(found.hosted[0].median - 46) <= 1
    assert abs(found.hosted[-1].median - (40 + 36 * 6)) <= 2


def test_nobody_is_hosted_without_room_and_nobody_is_lost():
    rooms = {"office": Room(0.5, 10), "remote": Room(0.5, None)}
    found = simulate([SURE], STAY_FOREVER, rooms, months=36, runs=2_000)
    assert max(band.high for band in found.by_room["office"]) == 10
    assert found.full["office"][-1] == 1.0
    assert "remote" not in found.full
    free = simulate([SURE], STAY_FOREVER, EVERYWHERE, months=36, runs=2_000)
    told = found.hosted[-1].median + found.turned_away[-1].median
    assert told == pytest.approx(free.hosted[-1].median, rel=0.05)


def test_a_short_past_gives_a_wide_band_and_a_long_one_a_narrow_one():
    short, long = Past((6,), (1.0,)), Past((6_000,), (1_000.0,))
    narrow = simulate([long], STAY_FOREVER, EVERYWHERE, months=12, seed=1).hosted[-1]
    wide = simulate([short], STAY_FOREVER, EVERYWHERE, months=12, seed=1).hosted[-1]
    assert wide.high - wide.low > 1.5 * (narrow.high - narrow.low)


def test_demand_multiplies_entries():
    half = simulate([SURE], STAY_FOREVER, EVERYWHERE, months=12, demand=0.5).hosted[-1].median
    assert half == pytest.approx(36, abs=1)


def test_each_run_follows_one_past_site():
    """Two sites that differ much: the middle lies on neither, the band on both."""
    pasts = [Past((12_000,), (12_000.0,)), Past((120_000,), (12_000.0,))]
    band = simulate(pasts, STAY_FOREVER, EVERYWHERE, months=12, seed=2).hosted[-1]
    assert band.low < 20
    assert band.high > 100


def test_the_same_seed_tells_the_same_story():
    once, again = (simulate([SURE], STAY_FOREVER, EVERYWHERE, months=12, seed=9) for _time in range(2))
    assert once == again


@pytest.mark.parametrize(
    ("pasts", "survival", "rooms"),
    [
        ([], STAY_FOREVER, EVERYWHERE),
        ([Past((), ())], STAY_FOREVER, EVERYWHERE),
        ([SURE], [(0.0, 0.9)], EVERYWHERE),
        ([SURE], STAY_FOREVER, {"office": Room(0.4, 3)}),
    ],
)
def test_what_makes_no_sense_is_refused(pasts, survival, rooms):
    with pytest.raises(ValueError, match=r"one past|stays at first|add up"):
        simulate(pasts, survival, rooms, months=3)


def test_stays_end_when_the_curve_says():
    """Everybody leaves after exactly 3 months: at most three months' arrivals are there."""
    found = simulate([SURE], [(0.0, 1.0), (3.0, 0.0)], EVERYWHERE, months=12, runs=4_000)
    assert found.hosted[-1].median == pytest.approx(18, abs=1)
    assert math.isclose(found.hosted[0].median, 6, abs_tol=1)
