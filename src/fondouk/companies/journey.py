"""The one journey of a company, from application to alumni: each app registers the steps it knows of."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

DONE, NOW, NEXT = "done", "now", "next"


@dataclass(frozen=True)
class Step:
    """`state` is done, now or next; `detail` a date or a few words."""

    order: int
    label: Any
    state: str
    detail: Any = ""


Walker = Callable[[Any, date], Step | None]
WALKERS: list[Walker] = []


def register(walker: Walker) -> Walker:
    """Add a function `(company, day) -> step`, None where it has nothing to say."""
    WALKERS.append(walker)
    return walker


def steps(company: Any, day: date) -> list[Step]:
    found = [step for walker in WALKERS if (step := walker(company, day))]
    return sorted(found, key=lambda step: step.order)
