"""What can be found with Ctrl/Cmd+K: apps register the records and the actions they bring."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Hit:
    """One line of the results. `rank` compares hits of one source only."""

    title: str
    url: str
    detail: str = ""
    icon: str = "file"
    rank: float = 0.0


@dataclass(frozen=True, kw_only=True)
class Source:
    """`find(account, terms, limit)` returns what the account may see; `terms` come from `queries.Terms`."""

    code: str
    label: Any
    find: Callable[[Any, Any, int], Iterable[Hit]]
    order: int = 100


@dataclass(frozen=True, kw_only=True)
class Action:
    """Something to do or a page to open, found by its label and its other words."""

    label: Any
    route: str
    icon: str
    words: Any = ""
    permission: str | None = None


SOURCES: dict[str, Source] = {}
ACTIONS: list[Action] = []


def register(*items: Source | Action) -> None:
    for item in items:
        if isinstance(item, Source):
            SOURCES[item.code] = item
        else:
            ACTIONS.append(item)
