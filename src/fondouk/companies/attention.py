"""What a company's record calls for: apps register what they notice, the page shows it and *À traiter* counts it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from fondouk.todos.registry import Item

Notice = Callable[[Any, date], Iterable[Item]]
NOTICES: list[Notice] = []


def register(notice: Notice) -> Notice:
    """Add a function `(company, day) -> items`, the most pressing first."""
    NOTICES.append(notice)
    return notice


def points(company: Any, day: date) -> list[Item]:
    """Everything noticed, what is late or due soonest first."""
    items = [item for notice in NOTICES for item in notice(company, day)]
    return sorted(items, key=lambda item: (item.due is None, item.due or date.max))
