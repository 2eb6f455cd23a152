"""The report as the public may read it: without a cell that would tell what one company said.

Neither by itself, nor beside the other cells, nor beside what an earlier edition of the year told.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations
from typing import Any

from fondouk.impact.enums import Breakdown, Measure
from fondouk.methods.disclosure import (
    FEWEST,
    LARGEST_SHARE,
    Contributions,
    Published,
    differences,
    is_sensitive,
    suppressed,
)

from .declared import Declared
from .report import Report
from .share import SECTOR
from .totals import grouped, total

HEADCOUNT = Measure.HEADCOUNT.value
PARTS = (Measure.WOMEN.value, Measure.UNDER_35.value)
SECRET = tuple(measure.value for measure in Measure if measure != Measure.HOSTED)
"""How many companies there are is no secret of any of them."""
CONTRIBUTIONS = ("contributions", "carried_contributions", "whole_contributions")


@dataclass(frozen=True)
class Earlier:
    """What an edition of the year told already, and of whom."""

    shown: Report
    companies: Sequence[Declared]

    def row(self, by: str, measure: str) -> Published:
        """The cells of one measure in one breakdown."""
        shown = self.shown["breakdowns"][by]
        with_carried = _has_carried(shown)
        cells = {
            key: of_cell(total(group, measure, with_contributions=True), measure, with_carried=with_carried)
            for key, group in grouped(self.companies, Breakdown(by)).items()
        }
        return Published(cells, {key for key, group in shown.items() if not group[measure].get("hidden")})


def shown(made: Report, earlier: Sequence[Earlier] = ()) -> Report:
    """`made` comes from `work_out(…, with_contributions=True)`. A cell that is hidden has no value, and says so."""
    found = copy.deepcopy(made)
    for measure in SECRET:
        if is_sensitive(found["measures"][measure]["contributions"].values()):
            _hide(found["measures"][measure])
    _drop_few_carried(found, earlier)
    _hide_parts_that_differ_by_few(found["measures"])
    for by, groups in found["breakdowns"].items():
        for measure in SECRET:
            with_carried = _has_carried(groups)
            cells = {
                key: of_cell(group[measure], measure, with_carried=with_carried)
                for key, group in groups.items()
            }
            for key in suppressed(cells, earlier=[one.row(by, measure) for one in earlier]):
                _hide(groups[key][measure])
        for group in groups.values():
            for measure in PARTS:
                group[measure].pop("whole", None)  # shown of the network alone
    for row in found["by_year"]:
        for cell in row["declared"].values():
            if cell["contributors"] < FEWEST or cell["largest"] > LARGEST_SHARE * cell["value"]:
                cell.update(value=None, hidden=True)
            del cell["largest"], cell["contributors"]
    of_sector = found["breakdowns"]["sector"].get(SECTOR, {}).get(Measure.TURNOVER.value, {})
    if found["share"] and (found["share"]["said"] < FEWEST or of_sector.get("hidden")):
        found["share"] = None  # it says the turnover of the sector
    if found["share"]:
        del found["share"]["quartile"]  # near to what some company said
    strip_contributions(found)
    return found


def of_cell(cell: dict[str, Any], measure: str, *, with_carried: bool) -> Contributions:
    """What the public reads in a cell of a breakdown: people declared, and those carried forward where they are told."""
    carried = cell.get("carried_contributions", {}) if measure == HEADCOUNT and with_carried else {}
    return {**carried, **cell["contributions"]}


def told_again(made: Report, now: Report, before: Earlier) -> int:
    """How many companies the totals of `now` would tell of, beside those of an earlier edition; 0: none.

    `made` holds the contributions of what `now` shows. Of several totals, the fewest companies.
    """
    counts = [0]
    for measure in SECRET:
        cells = now["measures"][measure], before.shown["measures"][measure]
        if any(cell.get("hidden") for cell in cells):
            continue
        old = total(before.companies, measure, with_contributions=True)
        for name in ("contributions", "whole_contributions"):
            changed = differences(old.get(name, {}), made["measures"][measure].get(name, {}))
            if is_sensitive(changed.values()):
                counts.append(len(changed))
    return min(filter(None, counts), default=0)


def _has_carried(groups: dict[str, Any]) -> bool:
    return any(group[HEADCOUNT].get("carried_from") for group in groups.values())


def _drop_few_carried(made: Report, earlier: Sequence[Earlier]) -> None:
    """A headcount carried forward from few companies tells theirs: what was declared stands alone then.

    In a table all groups lose it: with the network's own, the others would give away the one that is left out. Where an
    earlier edition carried forward all but a few of the same, nobody is carried forward in this one.
    """
    head = made["measures"][HEADCOUNT]
    of_all = head.get("carried_contributions", {})
    is_told = any(
        one.shown["measures"][HEADCOUNT].get("carried_from")
        and is_sensitive(differences(_carried(one.companies), of_all).values())
        for one in earlier
    )
    for cells in _rows_of_headcounts(made):
        if is_told or any(is_sensitive(cell.get("carried_contributions", {}).values()) for cell in cells):
            for cell in cells:
                if "carried" in cell:
                    cell["carried"] = cell["carried_from"] = 0


def _carried(companies: Sequence[Declared]) -> Contributions:
    found: Contributions = total(companies, HEADCOUNT, with_contributions=True)["carried_contributions"]
    return found


def _rows_of_headcounts(made: Report) -> Iterator[list[dict[str, Any]]]:
    yield [made["measures"][HEADCOUNT]]
    for groups in made["breakdowns"].values():
        yield [group[HEADCOUNT] for group in groups.values()]


def _hide_parts_that_differ_by_few(measures: dict[str, Any]) -> None:
    """People of those who said one part, beside those of another or of all, tell of the few who did not say it."""
    people = {name: set(measures[name]["contributions"]) for name in (HEADCOUNT, *PARTS)}
    heads = measures[HEADCOUNT]["contributions"]
    for first, second in combinations(people, 2):
        few = {key: heads.get(key, 0) for key in people[first] ^ people[second]}
        if is_sensitive(few.values()) and not (
            measures[first].get("hidden") or measures[second].get("hidden")
        ):
            _hide(measures[second])


def _hide(cell: dict[str, Any]) -> None:
    cell["value"] = None
    cell["hidden"] = True
    for key in ("whole", "carried", "carried_from"):
        cell.pop(key, None)


def strip_contributions(made: Report) -> None:
    """What each total is made of is for deciding, not for keeping."""
    for cell in made["measures"].values():
        _strip(cell)
    for groups in made["breakdowns"].values():
        for group in groups.values():
            for cell in group.values():
                _strip(cell)


def _strip(cell: dict[str, Any]) -> None:
    for name in CONTRIBUTIONS:
        cell.pop(name, None)


def kept(companies: Sequence[Declared]) -> list[dict[str, Any]]:
    """Who said what, and where each belongs, as JSON: an edition keeps it in the house, for those that come after."""
    return [
        {
            "company": one.company, "sites": list(one.sites), "sector": one.sector, "stage": one.stage,
            "said": {code: str(value) for code, value in one.said.items()},
            "earlier": [str(one.earlier[0]), one.earlier[1]] if one.earlier else None,
        }
        for one in companies
    ]  # fmt: skip


def read_again(rows: Sequence[dict[str, Any]]) -> list[Declared]:
    """What `kept` gave."""
    return [
        Declared(
            row["company"],
            tuple(row["sites"]),
            row["sector"],
            row["stage"],
            {code: Decimal(value) for code, value in row["said"].items()},
            (Decimal(row["earlier"][0]), row["earlier"][1]) if row["earlier"] else None,
        )
        for row in rows
    ]
