"""Headings of a list that sort it: `?sort=name`, and `?sort=-name` the other way round."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import F


def headings(sort: str, names: Iterable[str]) -> dict[str, dict[str, str]]:
    """For each column its `next` word in the address, and its `direction` now ("ascending", "descending", "")."""
    return {
        name: {
            "next": f"-{name}" if sort == name else name,
            "direction": {name: "ascending", f"-{name}": "descending"}.get(sort, ""),
        }
        for name in names
    }


def ordered(rows: Any, sort: str, columns: dict[str, str]) -> Any:
    """`rows` by the column that the address names, those without a value last; as they come for any other word."""
    column = columns.get(sort.removeprefix("-"))
    if column is None:
        return rows
    way = F(column).desc(nulls_last=True) if sort.startswith("-") else F(column).asc(nulls_last=True)
    return rows.order_by(way, "pk")
