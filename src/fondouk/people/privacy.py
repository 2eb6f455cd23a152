"""What each app knows of a person: how it is collected for them, and how it is forgotten (law 09-08).

An app registers a `Keeper` in its `apps.py`. `collect(person)` returns JSON. `erase(person)` runs inside the transaction
of the erasure and leaves what the law asks to be kept, without the name.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from .models import Person


@dataclass(frozen=True)
class Keeper:
    name: str
    collect: Callable[[Person], Any]
    erase: Callable[[Person], None] = lambda person: None


KEEPERS: dict[str, Keeper] = {}


def register(keeper: Keeper) -> None:
    KEEPERS[keeper.name] = keeper
