"""Survival against published results: remission of leukaemia, Freireich et al. 1963, as in Cox 1972."""

from __future__ import annotations

import math

import pytest

from fondouk.methods.survival import Curve, Spell, TooFewEarly, kaplan_meier, log_rank

TREATED = [
    *[(time, True) for time in (6, 6, 6, 7, 10, 13, 16, 22, 23)],
    *[(time, False) for time in (6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35)],
]
CONTROL = [(time, True) for time in (1, 1, 2, 2, 3, 4, 4, 5, 5, 8, 8, 8, 8, 11, 11, 12, 12, 15, 17, 22, 23)]


def spells(group: list[tuple[int, bool]]) -> list[Spell]:
    return [Spell(0, time, ended) for time, ended in group]


@pytest.fixture(scope="module")
def treated() -> Curve:
    return kaplan_meier(spells(TREATED))


@pytest.mark.parametrize(
    ("week", "survival", "at_risk"),
    [(6, 0.857, 21), (7, 0.807, 17), (10, 0.753, 15), (13, 0.690, 12), (23, 0.448, 6)],
)
def test_the_treated_group(treated: Curve, week: int, survival: float, at_risk: int) -> None:
    assert round(treated.at(week).survival, 3) == survival
    assert treated.at(week).at_risk == at_risk


def test_median_and_counts(treated: Curve) -> None:
    assert (treated.subjects, treated.ended, treated.median) == (21, 9, 23.0)
    assert kaplan_meier(spells(CONTROL)).median == 8.0


def test_log_rank() -> None:
    assert round(log_rank([spells(TREATED), spells(CONTROL)]).statistic, 2) == 16.79


def test_the_interval_is_greenwoods_on_the_log_log_scale(treated: Curve) -> None:
    """Worked out by hand at ten weeks: deaths 3 of 21, 1 of 17, 1 of 15."""
    survival = (18 / 21) * (16 / 17) * (14 / 15)
    variance = 3 / (21 * 18) + 1 / (17 * 16) + 1 / (15 * 14)
    width = 1.959964 * math.sqrt(variance) / math.log(survival)
    low, high = survival ** math.exp(-width), survival ** math.exp(width)
    step = treated.at(10)
    assert step.low == pytest.approx(low, abs=1e-6)
    assert step.high == pytest.approx(high, abs=1e-6)


def test_who_is_watched_late_is_at_risk_late() -> None:
    """By hand: ends at 2 of {a, b}, at 3 of {b, c}, at 5 of {c, d}: d is watched from 3 on, c from 2."""
    watched = [Spell(0, 2, True), Spell(0, 3, True), Spell(2, 5, True), Spell(3, 6, False)]
    curve = kaplan_meier(watched)
    assert [(step.time, step.at_risk) for step in curve.steps if step.ended] == [(2, 2), (3, 2), (5, 2)]
    assert curve.at(2).survival == pytest.approx(1 / 2)
    assert curve.at(3).survival == pytest.approx(1 / 4)
    assert curve.at(5).survival == pytest.approx(1 / 8)


def test_ignoring_late_entries_would_flatter() -> None:
    late = [Spell(5, 6, True), Spell(5, 9, False), Spell(0, 1, True), Spell(0, 4, True), Spell(0, 8, False)]
    naive = [Spell(0, spell.left, spell.ended) for spell in late]
    assert kaplan_meier(late).at(4).survival < kaplan_meier(naive).at(4).survival


def test_nobody_watched_is_no_curve() -> None:
    with pytest.raises(ValueError, match="no subject"):
        kaplan_meier([Spell(3, 3, True)])
    with pytest.raises(ValueError, match="two groups"):
        log_rank([spells(TREATED)])


def test_nothing_is_said_where_all_who_were_watched_early_ended() -> None:
    with pytest.raises(TooFewEarly):
        kaplan_meier([Spell(0, 1, True), Spell(0, 4, True), Spell(5, 6, True), Spell(5, 9, False)])


def test_all_still_going_on() -> None:
    curve = kaplan_meier([Spell(0, 4, False), Spell(0, 5, False)])
    assert curve.median is None
    assert curve.at(5).survival == 1.0
    assert (curve.at(5).low, curve.at(5).high) == (1.0, 1.0)
