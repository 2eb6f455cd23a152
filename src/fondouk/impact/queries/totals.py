"""Totals of what was declared, with how many have said it, what was carried forward, and who is missing."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import Any

from fondouk.companies.enums import PARTS_OF, Stage
from fondouk.impact.enums import PEOPLE, Breakdown, Measure
from fondouk.methods.disclosure import FEWEST

from .declared import Declared

Total = dict[str, Any]
"""As JSON: `value` of those who said it (None where nobody did), `said` how many that are, `of` how many companies there
are; of headcounts also `carried` (people) and `carried_from` (companies); of parts `whole`, the total of the whole among
those who said the part; of all `contributions` by company (and `carried_…`, `whole_contributions`) where they are asked for,
for what the public may see."""


def total(companies: Iterable[Declared], measure: str, *, with_contributions: bool = False) -> Total:
    """Of these companies together."""
    among = list(companies)
    if measure == Measure.HOSTED:
        found: Total = {"value": len(among), "said": len(among), "of": len(among)}
        return (
            {**found, "contributions": {one.company: 1.0 for one in among}} if with_contributions else found
        )
    whole = PARTS_OF.get(measure)  # type: ignore[call-overload]
    needed = [measure] if whole is None or measure == Measure.EXPORTS else [measure, whole]
    who = [one for one in among if all(code in one.said for code in needed)]
    values = [one.said[measure] for one in who]
    found = {
        "value": _plain(sum(values, Decimal(0)), measure) if values else None,
        "said": len(who),
        "of": len(among),
    }
    if measure == Measure.EXPORTS:
        # Who declared a turnover and no exports has none.
        found["said"] = sum("turnover" in one.said for one in among)
        found["whole"] = _plain(
            sum((one.said.get("turnover", Decimal(0)) for one in among), Decimal(0)), measure
        )
        if found["said"]:
            found["value"] = found["value"] or 0
    elif whole is not None:
        found["whole"] = _plain(sum((one.said[whole] for one in who), Decimal(0)), measure)
        if with_contributions:
            found["whole_contributions"] = {one.company: float(one.said[whole]) for one in who}
    if measure == Measure.HEADCOUNT:
        carried = {
            one.company: one.earlier[0] for one in among if "headcount" not in one.said and one.earlier
        }
        found["carried"], found["carried_from"] = int(sum(carried.values(), Decimal(0))), len(carried)
        if with_contributions:
            found["carried_contributions"] = {key: float(value) for key, value in carried.items()}
    if with_contributions:
        found["contributions"] = {one.company: float(one.said[measure]) for one in who}
    return found


def _plain(value: Decimal, measure: str) -> int | float:
    return int(value) if measure in PEOPLE or value == value.to_integral_value() else float(value)


def grouped(companies: Iterable[Declared], by: Breakdown) -> dict[str, list[Declared]]:
    """By the key of the group: a site, the code of a sector or a stage; "" where it is not known, which comes last.

    A company on two sites is in both groups.
    """
    keys: Callable[[Declared], Iterable[str]]
    if by == Breakdown.SITE:
        keys = lambda one: map(str, one.sites)  # noqa: E731 - one of three, side by side
    elif by == Breakdown.SECTOR:
        keys = lambda one: [one.sector]  # noqa: E731
    else:
        keys = lambda one: [one.stage]  # noqa: E731
    groups: dict[str, list[Declared]] = {}
    for one in companies:
        for key in keys(one):
            groups.setdefault(key, []).append(one)
    stages = {stage: number for number, stage in enumerate(Stage.values)}

    def place(key: str) -> int:
        if by == Breakdown.SITE:
            return int(key)
        if by == Breakdown.STAGE:
            return stages.get(key, 0)
        # The largest first; of those that the public may not read nobody learns which is larger.
        return -len(groups[key]) if len(groups[key]) >= FEWEST else 0

    return {key: groups[key] for key in sorted(groups, key=lambda key: (key == "", key and place(key), key))}
