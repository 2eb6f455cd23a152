"""A workbook as it was typed, before anything is understood."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

Cell = str | int | float | bool | date | datetime | time | timedelta | None


@dataclass
class RawSheet:
    """`rows[0]` is row 1 of the spreadsheet. `merged` are ranges of (row, column) counted from 0, ends included."""

    name: str
    rows: list[list[Cell]]
    merged: list[tuple[tuple[int, int], tuple[int, int]]] = field(default_factory=list)


@dataclass
class RawBook:
    """`warnings` are codes: "macros", "links"."""

    name: str
    sheets: list[RawSheet]
    warnings: list[str] = field(default_factory=list)
