"""How a new site may fill: entries and lengths of stay drawn from those of sites opened before, room by room.

Each run follows one past site: in the k-th year after opening, companies arrive as a Poisson process whose monthly rate
is drawn from what that site saw in its k-th year (a gamma posterior with Jeffreys' prior, so that few observations make
a wide band); thinned by how companies are hosted. How long each stays is drawn from the product-limit estimate of all
stays. Whoever finds no room is turned away. Many runs give a median and a band, which say how the past would vary if it
came again: not that the new city is like the old ones. (Gelman et al., *Bayesian Data Analysis*, 3rd ed., 2.6; Kaplan and
Meier 1958.)
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

JEFFREYS = 0.5
LOW, HIGH = 10.0, 90.0
"""Percentiles of the band: it holds 80 % of the runs."""

Ints = NDArray[np.int64]


@dataclass(frozen=True)
class Past:
    """What one site saw: entries and months watched in each year after its opening, the first at 0."""

    entries: tuple[int, ...]
    months: tuple[float, ...]
    at_once: int = 0
    """Those that were there on the day: they come once, and tell nothing of the rate."""


@dataclass(frozen=True)
class Room:
    """A way of being hosted: its share of entries; how many companies find room, None for as many as come."""

    share: float
    places: int | None


@dataclass(frozen=True)
class Band:
    """At the end of one month: what a tenth, half and nine tenths of the runs do not exceed."""

    low: float
    median: float
    high: float


@dataclass(frozen=True)
class Filling:
    """`hosted` and each of `by_room` hold a band for every month; `full` the share of runs in which a room is full by
    then; `turned_away` the band of those that found no room, until then.
    """

    hosted: tuple[Band, ...]
    by_room: dict[str, tuple[Band, ...]]
    full: dict[str, tuple[float, ...]]
    turned_away: tuple[Band, ...]


def simulate(
    pasts: Sequence[Past],
    survival: Sequence[tuple[float, float]],
    rooms: Mapping[str, Room],
    *,
    months: int,
    demand: float = 1.0,
    runs: int = 2000,
    seed: int = 0,
) -> Filling:
    """`survival`: steps (months, share that stays longer), the first (0, 1), falling. `demand` multiplies every rate.

    Raises `ValueError` without a past, for shares that do not add up to one, or for a curve that does not begin at one.
    """
    if not pasts or any(len(past.entries) != len(past.months) or not past.months for past in pasts):
        raise ValueError("one past site at least, each with a year at least")
    if not rooms or abs(sum(room.share for room in rooms.values()) - 1) > 1e-9:
        raise ValueError("shares of rooms add up to one")
    if not survival or survival[0] != (0, 1):
        raise ValueError("everybody stays at first")
    chance = np.random.default_rng(seed)
    followed = chance.integers(len(pasts), size=runs)
    rates = _rates(pasts, followed, months, chance) * demand
    rates[:, 0] += np.array([past.at_once for past in pasts])[followed] * demand
    staying = {name: np.zeros(runs, dtype=np.int64) for name in rooms}
    leaving = {name: np.zeros((runs, months + 1), dtype=np.int64) for name in rooms}
    is_full = {name: np.zeros(runs, dtype=bool) for name in rooms}
    refused = np.zeros(runs, dtype=np.int64)
    hosted: list[Band] = []
    turned: list[Band] = []
    by_room: dict[str, list[Band]] = {name: [] for name in rooms}
    full: dict[str, list[float]] = {name: [] for name in rooms}
    for month in range(months):
        for name, room in rooms.items():
            staying[name] -= leaving[name][:, month]
            come = chance.poisson(rates[:, month] * room.share)
            taken = come if room.places is None else np.minimum(come, room.places - staying[name])
            refused += come - taken
            staying[name] += taken
            _send_off(leaving[name], taken, month, survival, chance)
            if room.places is not None:
                is_full[name] |= staying[name] >= room.places
            by_room[name].append(_band(staying[name]))
            full[name].append(float(is_full[name].mean()))
        hosted.append(_band(np.sum(list(staying.values()), axis=0)))
        turned.append(_band(refused))
    return Filling(
        tuple(hosted),
        {name: tuple(bands) for name, bands in by_room.items()},
        {name: tuple(shares) for name, shares in full.items() if rooms[name].places is not None},
        tuple(turned),
    )


def _rates(
    pasts: Sequence[Past], followed: Ints, months: int, chance: np.random.Generator
) -> NDArray[np.float64]:
    """Of every run and month: that of the past site it follows; past its last year, that year again."""
    rates = np.empty((len(followed), months))
    for year in range(-(-months // 12)):
        shapes = np.array([past.entries[min(year, len(past.entries) - 1)] for past in pasts]) + JEFFREYS
        exposures = np.array([past.months[min(year, len(past.months) - 1)] for past in pasts])
        drawn = chance.gamma(shapes[followed]) / exposures[followed]
        rates[:, year * 12 : (year + 1) * 12] = drawn[:, None]
    return rates


def _send_off(
    leaving: Ints,
    taken: Ints,
    month: int,
    survival: Sequence[tuple[float, float]],
    chance: np.random.Generator,
) -> None:
    """Note in which month each of those who came will go. They come at any time of theirs, so that whole months are
    stayed on average as long as the curve says; nobody goes in the month they came.
    """
    runs = np.repeat(np.arange(len(taken)), taken)
    if not len(runs):
        return
    times = np.array([time for time, _share in survival])
    shares = np.array([share for _time, share in survival])
    # The first step whose share is no longer above the draw; beyond the last step nobody is seen to go.
    steps = np.searchsorted(-shares, -chance.random(len(runs)), side="left")
    goes = steps < len(times)
    came = chance.random(int(goes.sum()))
    stay = np.maximum(1, np.floor(came + times[steps[goes]]).astype(np.int64))
    when = month + stay
    within = when < leaving.shape[1]
    np.add.at(leaving, (runs[goes][within], when[within]), 1)


def _band(values: NDArray[np.int64]) -> Band:
    low, median, high = np.percentile(values, [LOW, 50.0, HIGH], method="inverted_cdf")
    return Band(float(low), float(median), float(high))
