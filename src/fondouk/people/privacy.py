"""What each app knows of a person: how it is collected for them, and how it is forgotten (law 09-08).

An app registers a `Keeper` in its `apps.py`. `collect(person)` returns JSON. `erase(person)` runs inside the transaction
of the erasure and leaves what the law asks to be kept, without the name.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.apps import apps

from .models import Person


@dataclass(frozen=True)
class Keeper:
    name: str
    collect: Callable[[Person], Any]
    erase: Callable[[Person], None] = lambda person: None


KEEPERS: dict[str, Keeper] = {}
ERASED = "—"
SHORTEST = 4
"""Letters of a word that tells one person from others: "Ali" stands in too many texts."""


def words_of(person: Person) -> set[str]:
    """What tells who somebody is, of today and of their history: names, telephone numbers, addresses."""
    events = apps.get_app_config("people")
    words = {person.name, person.name_ar, person.phone}
    for name, key, columns in (
        ("PersonEvent", "pgh_obj_id", ("name", "name_ar", "phone")),
        ("PersonEmailEvent", "person_id", ("address",)),
        ("AccountEvent", "person_id", ("email",)),
    ):
        for row in events.get_model(name)._base_manager.filter(**{key: person.pk}).values_list(*columns):
            words.update(row)
    words.update(person.emails.values_list("address", flat=True))
    return {word for word in words if len(word) >= SHORTEST}


def mentions(text: str, words: Iterable[str]) -> bool:
    folded = text.casefold()
    return any(word.casefold() in folded for word in words)


def without(told: Any, words: Iterable[str]) -> Any:
    """JSON in which a text that says one of `words` is a dash."""
    if isinstance(told, dict):
        return {key: without(value, words) for key, value in told.items()}
    if isinstance(told, list):
        return [without(value, words) for value in told]
    return ERASED if isinstance(told, str) and mentions(told, words) else told


def blotted(text: str, words: Iterable[str]) -> str:
    """A text of somebody's own in which each of `words` is a dash."""
    pattern = "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
    return re.sub(pattern, ERASED, text, flags=re.IGNORECASE) if pattern else text


def register(keeper: Keeper) -> None:
    KEEPERS[keeper.name] = keeper
