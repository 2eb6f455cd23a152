"""What a sheet may hold: kinds of sheets and their fields, registered by the apps that own the rows.

An app's `imports.py` describes its kind once (`SheetKind` with `Field`s) and gives the class that turns rows into
changes. Everything else, from finding the header row to the report, is done here for all of them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from fondouk.lib.text import squash

if TYPE_CHECKING:
    from .planning import Planner


class Bad(Exception):
    """A value that cannot be accepted: `code` for machines, `sentence` (lazy, `%(…)s` filled from facts) for people."""

    def __init__(self, code: str, sentence: Any, **facts: Any) -> None:
        super().__init__(code)
        self.code = code
        self.sentence = sentence
        self.facts = facts


@dataclass(frozen=True)
class Heading:
    """What the words above a column say besides the field: a year and a unit, when they are there."""

    text: str
    words: str
    year: int | None = None
    unit: str = ""


@dataclass(frozen=True, kw_only=True)
class Field:
    """A meaning that a column can have.

    `headers` are the names people give it, in any language; a header matches when it is equal to one of them after
    case, accents, spaces and punctuation are set aside. `weight` says how strongly it tells the kind of the sheet.
    `read(value, heading)` returns what the planner gets, or raises `Bad`. `by_year` fields may stand in several
    columns, one a year.
    """

    code: str
    label: Any
    headers: tuple[str, ...]
    read: Callable[[Any, Heading], Any]
    weight: float = 1.0
    required: bool = False
    by_year: bool = False


@dataclass(kw_only=True)
class SheetKind:
    code: str
    label: Any
    order: int
    """Sheets are planned in this order, whatever their order in the book: what others refer to comes first."""
    fields: tuple[Field, ...]
    planner: type[Planner]
    columns_for_template: tuple[str, ...] = ()
    _index: dict[str, Field] = field(default_factory=dict, init=False)

    def __post_init__(self) -> None:
        for known in self.fields:
            for header in (known.code, *known.headers):
                self._index.setdefault(squash(header), known)

    def field(self, code: str) -> Field:
        return next(known for known in self.fields if known.code == code)

    def match(self, words: str) -> Field | None:
        """The field of a header, given squashed and without its year and unit."""
        return self._index.get(words)


KINDS: dict[str, SheetKind] = {}


def register(kind: SheetKind) -> SheetKind:
    KINDS[kind.code] = kind
    return kind


def kinds() -> list[SheetKind]:
    return sorted(KINDS.values(), key=lambda kind: kind.order)
