"""What a person says of a book: what each sheet is, what each column means."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from fondouk.imports.headings import read_heading
from fondouk.imports.models import Book
from fondouk.imports.previews import Preview
from fondouk.imports.schema import KINDS, Field, SheetKind, kinds


@dataclass
class ColumnChoice:
    letter: str
    header: str
    samples: list[str]
    year: int | None
    unit: str
    name: str
    """Of its control."""
    understood: str
    """The field that the book was read with, or would be."""
    chosen: str
    twin: str = ""
    """The letter of an earlier column with the same header: that one counts."""


@dataclass
class SheetChoice:
    number: int
    name: str
    header: int
    rows: int
    is_hidden: bool
    understood: str
    kind: SheetKind | None
    columns: list[ColumnChoice] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    @property
    def control(self) -> str:
        return f"kind-{self.number}"

    @property
    def kinds(self) -> list[SheetKind]:
        return kinds()

    @property
    def fields(self) -> tuple[Field, ...]:
        return self.kind.fields if self.kind else ()

    @property
    def left_out(self) -> int:
        return sum(1 for column in self.columns if not column.chosen)


class MappingForm:
    """Not a `forms.Form`: its controls are those of the book. `data` is None, or what was sent."""

    def __init__(self, book: Book, preview: Preview, data: Mapping[str, Any] | None) -> None:
        self.book = book
        self.data = data
        self.sheets = [
            self._sheet(sheet) for sheet in preview.sheets if not sheet["is_empty"] and sheet["columns"]
        ]

    def _sheet(self, sheet: dict[str, Any]) -> SheetChoice:
        sent = self.data.get(f"kind-{sheet['number']}") if self.data is not None else None
        code = sheet["kind"] if sent is None else sent
        kind = KINDS.get(code)
        choice = SheetChoice(
            sheet["number"],
            sheet["name"],
            sheet["header"],
            sheet["rows"],
            sheet["is_hidden"],
            sheet["kind"],
            kind,
        )
        seen: dict[str, str] = {}
        for column in sheet["columns"]:
            name = f"field-{choice.number}-{column['letter']}"
            understood = (
                column["field"] if kind and kind.code == sheet["kind"] else _guess(kind, column["header"])
            )
            chosen = self.data.get(name, understood) if self.data is not None else understood
            if kind is None or (chosen and not kind.has(chosen)):
                chosen = understood if kind else ""
            choice.columns.append(
                ColumnChoice(
                    column["letter"],
                    column["header"],
                    column["samples"],
                    column["year"],
                    column["unit"],
                    name,
                    understood,
                    "" if column["header"] in seen else chosen,
                    seen.get(column["header"], ""),
                )
            )
            seen.setdefault(column["header"], column["letter"])
        return choice

    def is_valid(self) -> bool:
        for sheet in self.sheets:
            if sheet.kind is None:
                continue
            self._check(sheet, sheet.kind)
        return not any(sheet.errors for sheet in self.sheets)

    def _check(self, sheet: SheetChoice, kind: SheetKind) -> None:
        chosen = {column.chosen for column in sheet.columns if column.chosen}
        for known in kind.fields:
            if known.required and known.code not in chosen and kind.instead.get(known.code) not in chosen:
                sheet.errors.append(_("Say which column is: %(field)s.") % {"field": known.label})
        places: dict[tuple[str, int | None], str] = {}
        for column in sheet.columns:
            if not column.chosen:
                continue
            known = kind.field(column.chosen)
            place = (known.code, column.year if known.by_year else None)
            if place in places:
                sheet.errors.append(
                    _("Columns %(one)s and %(other)s cannot both be: %(field)s.")
                    % {"one": places[place], "other": column.letter, "field": known.label}
                )
            places.setdefault(place, column.letter)

    @property
    def chosen(self) -> dict[str, Any]:
        """As `choose_mapping` wants it: what differs from what was understood, and what was said before."""
        result: dict[str, Any] = {}
        for sheet in self.sheets:
            code = sheet.kind.code if sheet.kind else ""
            earlier = self.book.mapping.get(sheet.name) or {}
            columns = dict(earlier.get("columns", {})) if earlier.get("kind") == code else {}
            columns.update(
                {
                    column.header: column.chosen
                    for column in sheet.columns
                    if not column.twin and column.chosen != column.understood
                }
            )
            if code == sheet.understood and not columns and not earlier:
                continue
            result[sheet.name] = {"kind": code, "columns": columns if code else {}}
        return result


def _guess(kind: SheetKind | None, header: str) -> str:
    known = kind.match(read_heading(header)) if kind else None
    return known.code if known else ""
