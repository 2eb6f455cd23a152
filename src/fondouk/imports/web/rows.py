"""A row of a preview as the page shows it: in the reader's language, whatever language it was read in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from fondouk.imports.enums import Effect
from fondouk.imports.previews import Preview, in_words
from fondouk.imports.schema import KINDS

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
class RowView:
    row: dict[str, Any]
    kind: str
    changes: list[tuple[str, str, str]]
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
            [
                (field_label(kind_of.get(row["sheet"], ""), field), before, after)
                for field, before, after in row["changes"]
            ],
            [(problem, in_words(problem, apart=True)) for problem in row["problems"]],
            [(warning, in_words(warning, apart=True)) for warning in row["warnings"]],
        )
        for row in rows
    ]


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
