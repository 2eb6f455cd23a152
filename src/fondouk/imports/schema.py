"""What a sheet may hold: kinds of sheets and their fields, registered by the apps that own the rows.

An app's `imports` module describes its kind once (`SheetKind` with `Field`s), gives the class that turns rows
into changes, and the one that gives them back to an export. Everything else, from finding the header row to
the report, is done here for all of them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from .exporting import Exporter
    from .planning import Planner


class Bad(Exception):
    """A value that cannot be accepted: `code` for machines, `sentence` (lazy, `%(…)s` filled from facts) for
    people.
    """

    def __init__(self, code: str, sentence: Any, **facts: Any) -> None:
        super().__init__(code)
        self.code = code
        self.sentence = sentence
        self.facts = facts


class UnknownField(Exception):
    """A header was given a meaning that no kind of sheet has. `known` lists those there are."""

    def __init__(self, name: str, known: list[str]) -> None:
        super().__init__(name)
        self.name = name
        self.known = known


@dataclass(frozen=True)
class Heading:
    """What the words above a column say besides the field: a year and a unit, when they are there.

    `keys` are ways of reading its words, the most literal first, see `headings.header_key`.
    """

    text: str
    words: str
    year: int | None = None
    unit: str = ""
    keys: tuple[str, ...] = ()
    is_plain: bool = True
    """False where it speaks of another currency, a plan, a part of the year, or where its brackets say something that
    may change what a number means.
    """
    is_whole_year: bool = True
    """False for "au 30/06/2024" and "2021-2022": a headcount stands on a day, a turnover does not."""
    is_month_first: bool = False
    """ "(MM/DD/YYYY)": dates that are read the other way round here."""


@dataclass(frozen=True, kw_only=True)
class Field:
    """A meaning that a column can have.

    `titles` are its headers in an export, in French, English and Arabic. `headers` are other names people
    give it, in any language; `vague` ones name it too, but tell nothing of the kind of sheet ("Nom"). A
    header matches when it equals one of them once case, accents, spaces, punctuation, plurals and small words
    are set aside. `weight` says how strongly it tells the kind of the sheet. `read(value, heading)` returns
    what the planner gets, or raises `Bad`; `limit` is how many signs the database keeps of a text. `by_year`
    fields may stand in several columns, one a year. `carries`: an empty cell means the same as above.
    """

    code: str
    label: Any
    headers: tuple[str, ...] = ()
    titles: tuple[str, str, str] = ("", "", "")
    vague: tuple[str, ...] = ()
    read: Callable[[Any, Heading], Any]
    weight: float = 1.0
    limit: int | None = None
    required: bool = False
    by_year: bool = False
    carries: bool = False


@dataclass(kw_only=True)
class SheetKind:
    code: str
    label: Any
    order: int
    """Sheets are planned in this order, whatever their order in the book: what others refer to comes
    first.
    """
    fields: tuple[Field, ...]
    planner: type[Planner]
    exporter: type[Exporter] | None = None
    titles: tuple[str, str, str] = ("", "", "")
    """Names of its sheet in an export, in French, English and Arabic."""
    is_sparse: bool = False
    """A row that holds nothing but its name is one all the same: a planned site."""
    route: str = ""
    """The name of the page that lists its records."""
    instead: Mapping[str, str] = field(default_factory=dict)
    """Required fields that another one may stand for: a contract names its company, or its ICE."""
    _index: dict[str, Field] = field(default_factory=dict, init=False)
    _vague: set[str] = field(default_factory=set, init=False)
    _by_code: dict[str, Field] = field(default_factory=dict, init=False)

    def __post_init__(self) -> None:
        from .headings import header_key

        for known in self.fields:
            self._by_code[known.code] = known
            # `limit` counts signs; what a person chose of a header stands before all of these.
            for header in (known.code, *known.titles, *known.headers):
                if key := header_key(header):
                    self._index.setdefault(key, known)
        for known in self.fields:
            for header in known.vague:
                key = header_key(header)
                if key not in self._index:
                    self._index[key] = known
                    self._vague.add(key)

    def field(self, code: str) -> Field:
        """Raises `KeyError`."""
        return self._by_code[code]

    def has(self, code: str) -> bool:
        return code in self._by_code

    def match(self, heading: Heading) -> Field | None:
        """The field of a header, its most literal reading first. A number is what its header says without reserve, or it
        is left to a person: "CA 2025 (K€)" are no dirhams, "Effectif (prévu)" employs nobody.
        """
        from .readers import DAYS, SUMMED, money

        found = next((self._index[key] for key in heading.keys if key in self._index), None)
        if found is None:
            return None
        if found.read in SUMMED and not heading.is_plain:
            return None
        if found.read is money and found.by_year and not heading.is_whole_year:
            return None
        if found.read in DAYS and heading.is_month_first:
            return None
        return found

    def is_vague(self, heading: Heading) -> bool:
        return next((key in self._vague for key in heading.keys if key in self._index), False)


KINDS: dict[str, SheetKind] = {}


def register(kind: SheetKind) -> SheetKind:
    KINDS[kind.code] = kind
    return kind


def kinds() -> list[SheetKind]:
    return sorted(KINDS.values(), key=lambda kind: kind.order)


UNITS = {"mad": _("DH"), "kmad": _("thousands of DH"), "mmad": _("millions of DH")}
"""The units of an amount, as they are kept and as people choose them."""

UNIT_WORDS = {"dh": "mad", "kdh": "kmad", "mdh": "mmad"}
"""How people type them on a command line."""


@dataclass(frozen=True)
class Meaning:
    """What a person said of a header: the field, "" to leave it out; the unit and the year where they said those too.

    Written as one word: `turnover`, `turnover@kmad`, `turnover@kmad@2025`.
    """

    field: str
    unit: str = ""
    year: int | None = None

    @classmethod
    def read(cls, written: str) -> Meaning:
        """Raises `ValueError` for a unit or a year that is none."""
        code, *said = (piece.strip() for piece in written.split("@"))
        unit, year = "", None
        for piece in said:
            known = UNIT_WORDS.get(piece.lower(), piece.lower())
            if known in UNITS:
                unit = known
            elif re.fullmatch(r"(?:19|20)\d\d", piece):
                year = int(piece)
            else:
                raise ValueError(piece)
        return cls(code, unit, year)

    def __str__(self) -> str:
        return "@".join(str(piece) for piece in (self.field, self.unit, self.year) if piece)

    def applied(self, heading: Heading) -> Heading:
        return replace(heading, unit=self.unit or heading.unit, year=self.year or heading.year)


Meanings = dict[tuple[str, str], Meaning]
"""What people said a header means: (kind, squashed header) → its meaning."""


def meanings_of(said: list[str]) -> Meanings:
    """`Header=field` or `kind:Header=field`, as a person types them; an empty field leaves the column out, and
    `Header=field@KDH@2025` also says the unit and the year.

    Without a kind it holds for every kind that has the field. Raises `UnknownField`, also where there is no
    `=`.
    """
    from fondouk.lib.text import squash

    found: Meanings = {}
    for entry in said:
        header, equals, code = entry.rpartition("=")
        try:
            meaning = Meaning.read(code)
        except ValueError as error:
            raise UnknownField(str(error), [*UNIT_WORDS, "2025"]) from None
        code = meaning.field
        named, colon, rest = header.partition(":")
        wanted = [KINDS[named.strip()]] if colon and named.strip() in KINDS else kinds()
        if colon and named.strip() in KINDS:
            header = rest
        meant = [kind for kind in wanted if not code or kind.has(code)]
        if not equals or not meant or not squash(header):
            raise UnknownField(
                code if equals else entry,
                [f"{kind.code}:{known.code}" for kind in wanted for known in kind.fields],
            )
        found.update({(kind.code, squash(header)): meaning for kind in meant})
    return found
