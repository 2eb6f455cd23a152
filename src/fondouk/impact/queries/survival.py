"""How long companies stay: spells as subjects of the Kaplan–Meier estimate."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from fondouk.methods import survival as method

from .stays import Spell

YEAR = 365.25
MARKS = (1, 2, 3, 5, 8, 10)
"""Years for which the table gives the estimate."""


def watched(spells: Sequence[Spell], *, since: date | None, until: date) -> list[method.Spell]:
    """In years from each one's entry. `since` begins the observation: whoever came before is at risk only from then on.

    Spells whose beginning nobody knows have no origin and are left out; so are those that ended before the observation.
    """
    found = []
    for spell in spells:
        if spell.first is None or spell.first > until:
            continue
        ended = spell.last is not None and spell.last < until
        end = spell.last if ended and spell.last is not None else until
        entered = max(0, (since - spell.first).days) if since else 0
        left = (end - spell.first).days + 1
        if left > entered:
            found.append(method.Spell(entered / YEAR, left / YEAR, ended))
    return found


def curve(spells: Sequence[Spell], *, since: date | None, until: date) -> dict[str, Any] | None:
    """As JSON: `subjects`, `ended`, `median` in years, `steps` to draw, `marks` for the table; None without anybody."""
    seen = watched(spells, since=since, until=until)
    try:
        found = method.kaplan_meier(seen)
    except ValueError:
        return None
    return {
        "since": since.isoformat() if since else None,
        "until": until.isoformat(),
        "subjects": found.subjects,
        "ended": found.ended,
        "late": sum(spell.entered > 0 for spell in seen),
        "unknown": sum(spell.first is None for spell in spells),
        "median": _rounded(found.median, 2),
        "steps": _drawn(found),
        "marks": [
            {
                "years": years,
                "at_risk": found.at_risk(years, seen),
                "survival": _rounded(step.survival),
                "low": _rounded(step.low),
                "high": _rounded(step.high),
            }
            for years in MARKS
            if years <= found.last_watched
            for step in [found.at(years)]
        ],
    }


def _drawn(found: method.Curve, most: int = 160) -> list[dict[str, Any]]:
    """Steps at which something ended, thinned to what a drawing can show, with the last one watched."""
    steps = [step for step in found.steps if step.ended or step.time == 0]
    stride = max(1, len(steps) // most)
    chosen = [*steps[::stride], steps[-1], found.steps[-1]]
    return [
        {
            "years": _rounded(step.time, 3),
            "survival": _rounded(step.survival),
            "low": _rounded(step.low),
            "high": _rounded(step.high),
            "at_risk": step.at_risk,
        }
        for step in sorted(set(chosen), key=lambda step: step.time)
    ]


def compared(
    groups: Mapping[str, Sequence[Spell]], *, since: date | None, until: date
) -> dict[str, float] | None:
    """Whether the groups stay alike: the log-rank test, None where it cannot be made."""
    seen = [watched(spells, since=since, until=until) for spells in groups.values()]
    try:
        found = method.log_rank([group for group in seen if group])
    except ValueError:
        return None
    return {"statistic": round(found.statistic, 3), "p_value": found.p_value, "groups": sum(map(bool, seen))}


def _rounded(value: float | None, digits: int = 4) -> float | None:
    return None if value is None else round(value, digits)
