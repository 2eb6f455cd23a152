"""The report as the public may read it: without a cell that would tell what one company said."""

from __future__ import annotations

import copy
from typing import Any

from fondouk.impact.enums import Measure
from fondouk.methods.disclosure import FEWEST, LARGEST_SHARE, is_sensitive, suppressed

from .report import Report
from .share import SECTOR

COUNTED = {Measure.HOSTED.value}
"""How many companies there are is no secret of any of them."""


def shown(made: Report) -> Report:
    """`made` comes from `work_out(…, with_contributions=True)`. A cell that is hidden has no value, and says so."""
    found = copy.deepcopy(made)
    for measure, cell in found["measures"].items():
        if measure not in COUNTED and is_sensitive(cell["contributions"]):
            _hide(cell)
    for groups in found["breakdowns"].values():
        for measure in Measure:
            if measure.value in COUNTED:
                continue
            cells = {key: group[measure.value]["contributions"] for key, group in groups.items()}
            for key in suppressed(cells):
                _hide(groups[key][measure.value])
    _drop_few_carried(found)
    _hide_parts_that_differ_by_few(found["measures"])
    for row in found["by_year"]:
        for cell in row["declared"].values():
            if cell["said"] < FEWEST or cell["largest"] > LARGEST_SHARE * cell["value"]:
                cell.update(value=None, hidden=True)
            del cell["largest"]
    of_sector = found["breakdowns"]["sector"].get(SECTOR, {}).get(Measure.TURNOVER.value, {})
    if found["share"] and (found["share"]["said"] < FEWEST or of_sector.get("hidden")):
        found["share"] = None  # it says the turnover of the sector
    if found["share"]:
        del found["share"]["quartile"]  # near to what some company said
    strip_contributions(found)
    found.pop("contributors", None)
    return found


def _drop_few_carried(made: Report) -> None:
    """A headcount carried forward from one to three companies tells theirs: what was declared stands alone then.

    In a table all groups lose it: with the network's own, the others would give away the one that is left out.
    """
    head = Measure.HEADCOUNT.value
    for cells in (
        [made["measures"][head]],
        *([group[head] for group in groups.values()] for groups in made["breakdowns"].values()),
    ):
        if any(0 < cell.get("carried_from", 0) < FEWEST for cell in cells):
            for cell in cells:
                if "carried" in cell:
                    cell["carried"] = cell["carried_from"] = 0


def _hide_parts_that_differ_by_few(measures: dict[str, Any]) -> None:
    """People of those who said a part, beside those of all, tell of the few who did not say it."""
    for part in (Measure.WOMEN.value, Measure.UNDER_35.value):
        if 0 < measures[Measure.HEADCOUNT.value]["said"] - measures[part]["said"] < FEWEST:
            _hide(measures[part])


def _hide(cell: dict[str, Any]) -> None:
    cell["value"] = None
    cell["hidden"] = True
    for key in ("whole", "carried", "carried_from"):
        cell.pop(key, None)


def strip_contributions(made: Report) -> None:
    """What each total is made of is for deciding, not for keeping."""
    for cell in made["measures"].values():
        cell.pop("contributions", None)
    for groups in made["breakdowns"].values():
        for group in groups.values():
            for cell in group.values():
                cell.pop("contributions", None)
