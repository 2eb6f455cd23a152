"""How long things last when many have not ended yet: Kaplan–Meier, with entries that come late, and the log-rank test.

`lifelines` does the work. It is imported when it is first needed: it takes two seconds and a hundred megabytes.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Spell:
    """One subject. It was watched from `entered` to `left` (both counted from its own origin, in one unit), and ended
    then, or was still going on (censored).

    `entered` above zero is left truncation: it had lasted so long when the watching began, and says nothing about before.
    """

    entered: float
    left: float
    ended: bool


@dataclass(frozen=True)
class Step:
    """From `time` on `survival` lasts, between `low` and `high` with 95 % confidence; `at_risk` were watched just before."""

    time: float
    at_risk: int
    ended: int
    survival: float
    low: float
    high: float


@dataclass(frozen=True)
class Curve:
    """Steps in order of time, the first at zero. `median` is None while more than half last."""

    subjects: int
    ended: int
    steps: tuple[Step, ...]
    median: float | None

    def at(self, time: float) -> Step:
        """What stands at `time`: the last step that is not after it."""
        return next(step for step in reversed(self.steps) if step.time <= time)

    def at_risk(self, time: float, spells: Sequence[Spell]) -> int:
        """How many were watched just before `time`."""
        return sum(spell.entered < time <= spell.left for spell in spells)

    @property
    def last_watched(self) -> float:
        return self.steps[-1].time


class TooFewEarly(ValueError):
    """So few were watched early, and so many of those ended, that nothing could be said of the others."""


def _watched(spells: Sequence[Spell]) -> list[Spell]:
    """Those watched for any time at all: a subject that ended before the watching began was never seen."""
    return [spell for spell in spells if spell.left > spell.entered >= 0]


def kaplan_meier(spells: Sequence[Spell]) -> Curve:
    """The product-limit estimate with Greenwood's variance on the log-log scale.

    Raises `ValueError` when nobody was watched, and `TooFewEarly` where late entries leave so few at risk at first that
    the estimate falls to nothing while others go on.
    """
    seen = _watched(spells)
    if not seen:
        raise ValueError("no subject was watched")
    from lifelines import KaplanMeierFitter
    from lifelines.exceptions import StatError

    late = any(spell.entered for spell in seen)
    try:
        fitter = KaplanMeierFitter().fit(
            [spell.left for spell in seen],
            [spell.ended for spell in seen],
            entry=[spell.entered for spell in seen] if late else None,
        )
    except StatError:
        raise TooFewEarly from None
    # Read out once: to ask a data frame for one cell after the other takes longer than the estimate.
    observed, watched = fitter.event_table["observed"].to_dict(), fitter.event_table["at_risk"].to_dict()
    bounds = fitter.confidence_interval_.to_numpy()
    entries, exits = sorted(spell.entered for spell in seen), sorted(spell.left for spell in seen)
    steps = []
    for time, survival, (low, high) in zip(
        fitter.survival_function_.index, fitter.survival_function_.iloc[:, 0], bounds, strict=True
    ):
        if time < 0:
            continue
        # Entered before and not yet left: who left before had entered before.
        at_risk = (
            bisect_left(entries, time) - bisect_left(exits, time) if late and time > 0 else watched[time]
        )
        ended = observed.get(time, 0)
        steps.append(
            Step(
                float(time),
                int(at_risk),
                int(ended),
                float(survival),
                *(_bound(x, survival) for x in (low, high)),
            )
        )
    median = float(fitter.median_survival_time_)
    return Curve(
        len(seen), sum(spell.ended for spell in seen), tuple(steps), None if math.isinf(median) else median
    )


def _bound(value: float, survival: float) -> float:
    """At survival one or zero the log-log scale has no width."""
    return float(survival) if math.isnan(value) else float(value)


@dataclass(frozen=True)
class LogRank:
    """Whether groups last alike: chi square with groups - 1 degrees of freedom, and its p-value."""

    statistic: float
    p_value: float


def log_rank(groups: Sequence[Sequence[Spell]]) -> LogRank:
    """Mantel's test of two groups or more. Raises `ValueError` with fewer, or where one was not watched."""
    seen = [_watched(group) for group in groups]
    if len(seen) < 2 or not all(seen):
        raise ValueError("two groups at least, each with somebody in it")
    from lifelines.statistics import multivariate_logrank_test

    subjects = [(spell, number) for number, group in enumerate(seen) for spell in group]
    late = any(spell.entered for spell, _number in subjects)
    found = multivariate_logrank_test(
        [spell.left for spell, _number in subjects],
        [number for _spell, number in subjects],
        [spell.ended for spell, _number in subjects],
        **({"entry": [spell.entered for spell, _number in subjects]} if late else {}),
    )
    return LogRank(float(found.test_statistic), float(found.p_value))
