"""The sentences of the audit: each app registers one for each of its verbs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Verb:
    """`sentence` is a lazy translation with `%(name)s` places, filled from an entry's facts."""

    code: str
    sentence: Any
    icon: str = "history"


VERBS: dict[str, Verb] = {}

FIELDS: dict[str, Any] = {}
"""Names of what `fields` of an entry may hold besides columns of its first subject."""


def register(code: str, sentence: Any, icon: str = "history") -> str:
    """Make `code` ("companies.company_created") known, and return it."""
    VERBS[code] = Verb(code, sentence, icon)
    return code
