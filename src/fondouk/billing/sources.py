"""Who posts charges when a month is billed: an app registers what it has to charge for the sites and days asked of it.

It posts what it has not posted yet, with a link of its own that is unique: asked twice, it posts once.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

Post = Callable[[Collection[int], date, date], int]
"""`post(sites, since, before)`: charges for the days before `before`; how many were posted."""


@dataclass(frozen=True)
class Source:
    code: str
    label: Any
    post: Post


SOURCES: dict[str, Source] = {}


def register(code: str, label: Any) -> Callable[[Post], Post]:
    """Decorate the function that posts."""

    def decorate(post: Post) -> Post:
        SOURCES[code] = Source(code, label, post)
        return post

    return decorate
