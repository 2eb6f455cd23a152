"""What was worked out, kept until a table it was worked out from changes.

A table that only grows, or whose history does, says by its latest row whether anything has changed since. One query asks
for the latest rows of all of them, from their indexes; what is kept under another state is never read again. While somebody
is writing, a row with a smaller key may still come: what is worked out meanwhile is kept for a moment only.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from django.core.cache import cache, caches
from django.db import connection

T = TypeVar("T")
Table = tuple[str, str]
"""Its name and the column of its key."""
DAY, MOMENT = 24 * 3600, 5


def latest_rows(tables: Iterable[Table]) -> tuple[list[int], bool]:
    """The latest key of each, 0 for an empty one; and whether nobody was writing anything (PostgreSQL, 9.28.8)."""
    asked = ", ".join(f"(SELECT coalesce(max({key}), 0) FROM {table})" for table, key in tables)  # noqa: S608 - ours
    settled = "pg_snapshot_xmin(pg_current_snapshot()) = pg_snapshot_xmax(pg_current_snapshot())"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {asked}, {settled}")
        *rows, is_settled = cursor.fetchone()
    return rows, is_settled


def while_unchanged(
    name: str, tables: Iterable[Table], said: Any, compute: Callable[[], T], *, near: bool = False
) -> T:
    """The answer of `compute` to what was asked (`said`: anything that JSON tells apart), from the cache while none of
    `tables` has grown. `near`: a small one, kept in the memory of the process too.
    """
    rows, is_settled = latest_rows(tables)
    text = json.dumps([said, rows], default=str, sort_keys=True)
    key = f"{name}:{hashlib.sha256(text.encode()).hexdigest()[:32]}"
    lasting = DAY if is_settled else MOMENT
    if not near:
        return cache.get_or_set(key, compute, lasting)  # type: ignore[return-value]
    return caches["pages"].get_or_set(key, lambda: cache.get_or_set(key, compute, lasting), lasting)  # type: ignore[return-value]
