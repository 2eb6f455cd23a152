"""Who holds a space: upper apps that give spaces away say so here."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Occupation:
    """`until` is the last day, None without end. `places` of a shared space."""

    label: str
    url: str = ""
    until: date | None = None
    places: int | None = None


Provider = Callable[[Collection[int], date], dict[int, list[Occupation]]]
PROVIDERS: list[Provider] = []


def register(provider: Provider) -> Provider:
    """Add a function `(resource ids, day) -> {resource id: occupations}`."""
    PROVIDERS.append(provider)
    return provider


def occupations(resources: Collection[int], day: date) -> dict[int, list[Occupation]]:
    """Everything that holds these spaces on that day."""
    found: dict[int, list[Occupation]] = {}
    for provider in PROVIDERS:
        for resource, held in provider(resources, day).items():
            found.setdefault(resource, []).extend(held)
    return found
