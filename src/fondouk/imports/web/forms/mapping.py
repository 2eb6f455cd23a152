"""What a person says of a book: what each sheet is, what each column means."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from fondouk.imports.headings import read_heading
from fondouk.imports.models import Book
from fondouk.imports.previews import Preview
from fondouk.imports.readers import money, monthly
from fondouk.imports.schema import KINDS, UNITS, Field, Meaning, SheetKind, kinds
from fondouk.lib.text import ascii_digits


@dataclass
class ColumnChoice:
    letter: str
    header: str
    samples: list[str]
    name: str
    """Of its control; those of its unit and its year begin with `unit-` and `year-`."""
    understood: Meaning
    """What the book was read with, or would be."""
    chosen: Meaning
    twin: str = ""
    """The letter of an earlier column with the same header: that one counts."""
    has_unit: bool = False
    """An amount: in dirhams, thousands or millions of them."""
    has_year: bool = False
    unit_sent: str = ""
    """As its control shows it: empty where nobody knows yet."""
    year_sent: str = ""

    @property
    def unit_control(self) -> str:
        return f"unit-{self.name}"

    @property
    def year_control(self) -> str:
        return f"year-{self.name}"

    @property
    def units(self) -> list[tuple[str, Any]]:
        return list(UNITS.items())


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
    year: int = 0
    """Of the figures whose header names none."""
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
        return sum(1 for column in self.columns if not column.chosen.field)


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
            year=int(sheet["as_of"][:4]) if sheet["as_of"] else timezone.localdate().year,
        )
        seen: dict[str, str] = {}
        for column in sheet["columns"]:
            choice.columns.append(self._column(sheet, kind, column, seen.get(column["header"], "")))
            seen.setdefault(column["header"], column["letter"])
        return choice

    def _column(
        self, sheet: dict[str, Any], kind: SheetKind | None, column: dict[str, Any], twin: str
    ) -> ColumnChoice:
        name = f"field-{sheet['number']}-{column['letter']}"
        is_as_read = kind is not None and kind.code == sheet["kind"]
        code = column["field"] if is_as_read else _guess(kind, column["header"])
        sent = self.data if self.data is not None else {}
        chosen = sent.get(name, code)
        if kind is None or (chosen and not kind.has(chosen)):
            chosen = code if kind else ""
        known = kind.field(chosen) if kind and chosen else None
        # Read once already, a unit in brackets that nobody knows was taken for none: only a new choice asks for it.
        unit = column["unit"] or ("mad" if column.get("is_plain", True) or code == chosen else "")
        result = ColumnChoice(
            column["letter"],
            column["header"],
            column["samples"],
            name,
            Meaning(code, unit if _has_unit(kind, code) else "", column["year"]),
            Meaning("" if twin else chosen),
            twin,
            has_unit=_has_unit(kind, chosen),
            has_year=bool(known and known.by_year),
        )
        result.unit_sent = sent.get(result.unit_control, unit)
        result.year_sent = ascii_digits(sent.get(result.year_control, str(column["year"] or ""))).strip()
        if not twin:
            result.chosen = Meaning(
                chosen,
                result.unit_sent if result.has_unit and result.unit_sent in UNITS else "",
                _year(result.year_sent) if result.has_year else column["year"],
            )
        return result

    def is_valid(self) -> bool:
        for sheet in self.sheets:
            if sheet.kind is None:
                continue
            self._check(sheet, sheet.kind)
        return not any(sheet.errors for sheet in self.sheets)

    def _check(self, sheet: SheetChoice, kind: SheetKind) -> None:
        chosen = {column.chosen.field for column in sheet.columns if column.chosen.field}
        for known in kind.fields:
            if known.required and known.code not in chosen and kind.instead.get(known.code) not in chosen:
                sheet.errors.append(_("Say which column is: %(field)s.") % {"field": known.label})
        places: dict[tuple[str, int | None], str] = {}
        for column in sheet.columns:
            if not column.chosen.field:
                continue
            known = kind.field(column.chosen.field)
            if column.has_unit and not column.chosen.unit:
                sheet.errors.append(
                    _("Say in which unit the amounts of column %(column)s are.") % {"column": column.letter}
                )
            if column.has_year and column.year_sent and not column.chosen.year:
                sheet.errors.append(
                    _("The year of column %(column)s is written with four digits, for example %(year)s.")
                    % {"column": column.letter, "year": sheet.year}
                )
            place = (known.code, column.chosen.year if known.by_year else None)
            if place in places:
                sheet.errors.append(
                    _("Columns %(one)s and %(other)s cannot both be: %(field)s.")
                    % {"one": places[place], "other": column.letter, "field": known.label}
                )
            places.setdefault(place, column.letter)

    @property
    def errors(self) -> list[tuple[SheetChoice, str]]:
        return [(sheet, error) for sheet in self.sheets for error in sheet.errors]

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
                    column.header: str(_said(column))
                    for column in sheet.columns
                    if not column.twin and column.chosen != column.understood
                }
            )
            if code == sheet.understood and not columns and not earlier:
                continue
            result[sheet.name] = {"kind": code, "columns": columns if code else {}}
        return result


def _said(column: ColumnChoice) -> Meaning:
    """What was chosen, without what the header says by itself."""
    chosen, understood = column.chosen, column.understood
    return Meaning(
        chosen.field,
        chosen.unit if chosen.unit != understood.unit or chosen.field != understood.field else "",
        chosen.year if column.has_year and chosen.year != understood.year else None,
    )


def _has_unit(kind: SheetKind | None, code: str) -> bool:
    return kind is not None and kind.has(code) and kind.field(code).read in (money, monthly)


def _year(written: str) -> int | None:
    return int(written) if re.fullmatch(r"(?:19|20)\d\d", written) else None


def _guess(kind: SheetKind | None, header: str) -> str:
    known = kind.match(read_heading(header)) if kind else None
    return known.code if known else ""
