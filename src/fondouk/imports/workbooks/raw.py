"""A workbook as it was typed, before anything is understood."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

Cell = str | int | float | bool | date | datetime | time | timedelta | None

Range = tuple[tuple[int, int], tuple[int, int]]
"""(row, column) of the first and of the last cell, counted from 0."""


@dataclass
class RawSheet:
    """`rows[0]` is row 1 of the spreadsheet; rows end at their last value. `merged` are ranges, ends
    included.
    """

    name: str
    rows: list[list[Cell]]
    merged: list[Range] = field(default_factory=list)
    is_hidden: bool = False
    is_text: bool = False
    """From a CSV, where a cell too many is a separator that nobody meant."""


@dataclass
class RawBook:
    """`warnings` are codes of `opening.WARNINGS`."""

    name: str
    sheets: list[RawSheet]
    warnings: list[str] = field(default_factory=list)
