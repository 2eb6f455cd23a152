"""Numbers in words, and the shapes that pages, papers and workbooks share."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from fondouk.impact.definitions import Definition
from fondouk.impact.enums import MONEY
from fondouk.impact.queries.report import Report
from fondouk.lib import formats
from fondouk.lib.money import Money
from fondouk.ui import charts


def language() -> str:
    return (get_language() or "fr")[:2]


COLON = {"fr": "\u00a0:"}
"""How a colon stands after a word, where it is not right behind it."""


def number(value: Any, decimals: int | None = None) -> str:
    return "—" if value is None else formats.format_number(value, language(), decimals)


def percent(ratio: Any, decimals: int = 0) -> str:
    return "—" if ratio is None else formats.format_percent(ratio, language(), decimals)


def amount(value: Any) -> str:
    """Large amounts in millions or billions of dirhams, with three figures: what is declared is no more exact."""
    if value is None:
        return "—"
    for size, unit in ((Decimal(10**9), _("bn MAD")), (Decimal(10**6), _("M MAD"))):
        if abs(value) >= size:
            scaled = Decimal(value) / size
            places = 2 if scaled < 10 else 1 if scaled < 100 else 0
            return f"{formats.format_number(scaled, language(), places)}\u00a0{unit}"
    return formats.format_money(Money(Decimal(value), "MAD"), language(), cents=False)


def written(measure: str, value: Any) -> str:
    return amount(value) if measure in MONEY else number(value)


@dataclass(frozen=True)
class Tile:
    """One figure: what it is, its value, what goes with it, and where its records are."""

    code: str
    label: str
    value: str
    detail: str
    definition: Definition
    number: Any = None
    """The value for a workbook."""
    measure: str = ""
    """Of which records can be listed; "" for what is worked out from others."""
    stays: str = ""
    """The stays that it counts: see `enums.Stays`."""


@dataclass(frozen=True)
class Table:
    """`rows` are a heading and cells; `numbers` the same cells as numbers, for a workbook."""

    title: str
    heading: str
    columns: list[str]
    rows: list[tuple[str, list[str]]]
    numbers: list[list[Any]] = field(default_factory=list)
    code: str = ""
    keys: list[str] = field(default_factory=list)
    note: str = ""


@dataclass(frozen=True)
class Drawing:
    """A chart with its table, and the definition it rests on."""

    key: str
    title: str
    lead: str
    chart: charts.Chart | None
    table: Table
    definition: Definition
    legend: list[tuple[str, int]] = field(default_factory=list)
    """Names, and the number of the colour of each, from 1."""
    measure: str = ""
    stays: str = ""
    """Where its records are: as of a `Tile`."""


def name_of(made: Report, by: str, key: str) -> str:
    """What the group was called when the report was made."""
    if not key:
        return _("Not known")
    known = made["names"][by].get(key, {})
    return str(known.get(language()) or known.get("fr") or key)


def in_cell(cell: dict[str, Any], measure: str) -> str:
    return _("hidden") if cell.get("hidden") else written(measure, cell["value"])


def as_number(cell: dict[str, Any], divided_by: int = 1) -> Any:
    """For a workbook: a number, a word where it is hidden, nothing where there is none."""
    if cell.get("hidden"):
        return _("hidden")
    value = cell["value"]
    return value if value is None or divided_by == 1 else round(value / divided_by, 3)


def response(cell: dict[str, Any]) -> str:
    if cell.get("hidden"):
        return _("too few companies to be shown")
    return _("%(said)s of %(of)s companies have said it") % {
        "said": number(cell["said"]),
        "of": number(cell["of"]),
    }


def people(cell: dict[str, Any]) -> int | None:
    """Declared and carried forward together."""
    if cell.get("hidden") or (cell["value"] is None and not cell.get("carried")):
        return None
    return int(cell["value"] or 0) + int(cell.get("carried") or 0)
