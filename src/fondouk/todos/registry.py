"""What waits for somebody: apps register sources of to-do items, computed from the records themselves."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any


@dataclass(frozen=True)
class Item:
    """One thing to do. `due` None: no day is set. `tone` is one of the kit's. The rest is noted by people, see `Note`."""

    title: str
    url: str
    subject: str = ""
    reference: str = ""
    due: date | None = None
    status: Any = ""
    tone: str = "neutral"
    key: str = ""
    """Of the record in its source ("ice:42"): set by `queries`, and what a note is about."""
    assignee: str = ""
    until: date | None = None
    """Put off until that day."""


@dataclass(frozen=True, kw_only=True)
class Source:
    """`rows(account, site)` are the records that ask for something and that the account may act on, the most pressing
    first; `item(row)` says what. `site`: the key of the only site to look at, None for all within reach; what belongs to
    no site always counts. Rows may carry what `item` needs (`select_related`): it is dropped where they are only counted.

    `is_dated`: every item has a day, so that it comes before all those that have none.
    """

    code: str
    label: Any
    rows: Callable[[Any, int | None], Any]
    item: Callable[[Any], Item]
    order: int = 100
    permission: str | None = None
    is_dated: bool = False
    owner: str = ""
    """The path, from a row, of the person who deals with it anyway, unless a note gives it to somebody else."""


SOURCES: dict[str, Source] = {}


def register(source: Source) -> None:
    SOURCES[source.code] = source
