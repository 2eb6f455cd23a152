"""Answers that may be a minute old."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TypeVar

from django.conf import settings
from django.core.cache import caches

from fondouk.demo.queries import is_loaded_lately

KEPT_FOR = 60
"""Seconds for which others may keep a page."""


T = TypeVar("T")


def kept(name: str, day: date, compute: Callable[[], T]) -> T:
    """The answer of `compute`, at most `PAGES_KEPT_FOR` seconds old, in the memory of this process."""
    if not settings.PAGES_KEPT_FOR:
        return compute()
    # A demonstration that comes or goes takes what was kept with it.
    key = f"answer:{is_loaded_lately()}:{name}:{day:%Y%m%d}"
    return caches["pages"].get_or_set(key, compute, settings.PAGES_KEPT_FOR)  # type: ignore[return-value]
