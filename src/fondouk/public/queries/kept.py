"""Answers that may be a minute old."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TypeVar

from django.core.cache import cache

KEPT_FOR = 60
"""Seconds that an answer may be old."""


T = TypeVar("T")


def kept(name: str, day: date, compute: Callable[[], T]) -> T:
    """The answer of `compute`, at most a minute old."""
    return cache.get_or_set(f"public:{name}:{day:%Y%m%d}", compute, KEPT_FOR)  # type: ignore[return-value]
