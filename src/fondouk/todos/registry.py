"""What waits for somebody: apps register sources of to-do items, computed from the records themselves."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any


@dataclass(frozen=True)
class Item:
    """One thing to do. `due` None: no day is set. `tone` is one of the kit's."""

    title: str
    url: str
    subject: str = ""
    reference: str = ""
    due: date | None = None
    status: Any = ""
    tone: str = "neutral"


@dataclass(frozen=True, kw_only=True)
class Source:
    """`items(account, limit, site)` returns those the account may act on, the most pressing first; `count(account, site)`
    all. `site`: the key of the only site to look at, None for all within reach; what belongs to no site always counts.

    `is_dated`: every item has a day, so that it comes before all those that have none.
    """

    code: str
    label: Any
    items: Callable[[Any, int, int | None], Iterable[Item]]
    count: Callable[[Any, int | None], int]
    order: int = 100
    permission: str | None = None
    is_dated: bool = False


SOURCES: dict[str, Source] = {}


def register(source: Source) -> None:
    SOURCES[source.code] = source
