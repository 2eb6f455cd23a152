"""Pages by cursor: `limit` rows after the one that `cursor` stands for, in the order of their keys."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable, Iterable
from typing import Any

from django.db.models import QuerySet
from ninja import Field, Schema

from .problems import UnreadableCursor

LIMIT = 50
MOST = 200


class Paging(Schema):
    limit: int = Field(LIMIT, ge=1, le=MOST)
    cursor: str = Field("", max_length=60)


def paged(rows: QuerySet[Any], paging: Paging, shape: Callable[[list[Any]], Iterable[Any]]) -> dict[str, Any]:
    """`{"items", "next"}`: `next` is the cursor of the following page, None on the last."""
    ordered = rows.order_by("pk")
    if paging.cursor:
        ordered = ordered.filter(pk__gt=_key(paging.cursor))
    found = list(ordered[: paging.limit + 1])
    page, has_more = found[: paging.limit], len(found) > paging.limit
    return {"items": list(shape(page)), "next": _cursor(page[-1].pk) if has_more else None}


def _cursor(key: int) -> str:
    return base64.urlsafe_b64encode(f"after:{key}".encode()).decode().rstrip("=")


def _key(cursor: str) -> int:
    try:
        text = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode("ascii")
        word, _, key = text.partition(":")
        if word != "after" or not key.isdecimal() or len(key) > 18:
            raise ValueError(text)
        return int(key)
    except (ValueError, binascii.Error) as error:
        raise UnreadableCursor from error
