"""A row of a preview as the page shows it: in the reader's language, whatever language it was read in."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from fondouk.imports import readers
from fondouk.imports.enums import Effect
from fondouk.imports.previews import Preview, in_words
from fondouk.imports.schema import KINDS
from fondouk.lib import formats
from fondouk.lib.money import Money
from fondouk.lib.text import squash

PLAIN_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")

TONES = {
    Effect.CREATED: "ok",
    Effect.UPDATED: "primary",
    Effect.UNCHANGED: "neutral",
    Effect.REFUSED: "danger",
}
# icons: plus pencil equal ban
ICONS = {
    Effect.CREATED: "plus",
    Effect.UPDATED: "pencil",
    Effect.UNCHANGED: "equal",
    Effect.REFUSED: "ban",
}
BESIDE_FIELDS = {
    "residency": _("Stay"),
    "team": _("Team"),
    "rate": _("Rate"),
    "area": _("Area"),
    "period": _("Dates"),
    "code": _("Number"),
    "phone": _("Phone"),
    "floor": _("Floor"),
    "legal_form": _("Legal form"),
    "starts_on": _("Since"),
}
"""Changes that are no column of a sheet under their own name."""


@dataclass(frozen=True)
class Change:
    """A value of a row: what stood (empty when nothing did), what will, and what was typed where that reads otherwise."""

    label: str
    before: str
    after: str
    typed: str = ""


@dataclass(frozen=True)
class RowView:
    row: dict[str, Any]
    kind: str
    changes: list[Change]
    problems: list[tuple[dict[str, Any], str]]
    warnings: list[tuple[dict[str, Any], str]]

    @property
    def effect(self) -> Effect:
        return Effect(self.row["effect"])

    @property
    def tone(self) -> str:
        return TONES[self.effect]

    @property
    def icon(self) -> str:
        return ICONS[self.effect]


def row_views(preview: Preview, rows: list[dict[str, Any]]) -> list[RowView]:
    kind_of = {sheet["name"]: sheet["kind"] for sheet in preview.sheets}
    return [
        RowView(
            row,
            kind_of.get(row["sheet"], ""),
            [_change(kind_of.get(row["sheet"], ""), *change) for change in row["changes"]],
            [(problem, in_words(problem, apart=True)) for problem in row["problems"]],
            [(warning, in_words(warning, apart=True)) for warning in row["warnings"]],
        )
        for row in rows
    ]


def _change(kind: str, name: str, before: Any, after: Any, typed: str = "") -> Change:
    if isinstance(after, dict):  # a word of ours
        msgid = after["msgid"]
        after = gettext(msgid)
    told = in_figures(kind, name, after)
    is_otherwise = bool(typed) and squash(typed) not in (squash(told), squash(str(after)))
    return Change(
        field_label(kind, name),
        in_figures(kind, name, before),
        told or typed,
        typed if is_otherwise and told else "",
    )


def in_figures(kind: str, name: str, text: str) -> str:
    """A kept number as people of this language write it, with the unit of its field."""
    stem, _space, year = name.rpartition(" ")
    code = stem if stem and year.isdigit() else name
    read = KINDS[kind].field(code).read if kind in KINDS and KINDS[kind].has(code) else None
    if read not in readers.SUMMED or not PLAIN_NUMBER.fullmatch(text):
        return text
    number, language = Decimal(text), (get_language() or "fr")[:2]
    if read in (readers.money, readers.monthly):
        return formats.format_money(Money(number, "MAD"), language)
    if read is readers.area:
        return formats.format_area(number, language)
    return formats.format_number(number, language)


def field_label(kind: str, name: str) -> str:
    """A field for people: its column's label, with the year of a figure."""
    stem, _space, year = name.rpartition(" ")
    if stem and year.isdigit():
        return f"{field_label(kind, stem)} {year}"
    if kind in KINDS and KINDS[kind].has(name):
        return str(KINDS[kind].field(name).label)
    if name in BESIDE_FIELDS:
        return str(BESIDE_FIELDS[name])
    return name.replace("_", " ").capitalize()
