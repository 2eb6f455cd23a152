"""The report as the public may read it: without a cell that would tell what one company said."""

from __future__ import annotations

import copy
from typing import Any

from fondouk.impact.enums import Measure
from fondouk.methods.disclosure import FEWEST, LARGEST_SHARE, is_sensitive, suppressed

from .report import Report

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
    for row in found["by_year"]:
        for cell in row["declared"].values():
            if cell["said"] < FEWEST or cell["largest"] > LARGEST_SHARE * cell["value"]:
                cell.update(value=None, hidden=True)
            del cell["largest"]
    if found["share"] and found["share"]["said"] < FEWEST:
        found["share"] = None
    if found["share"]:
        del found["share"]["quartile"]  # near to what some company said
    strip_contributions(found)
    found.pop("contributors", None)
    return found


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
