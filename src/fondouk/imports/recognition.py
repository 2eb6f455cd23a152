"""Finding out what a book says: which sheet is what, where its header row is, what each column means."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from fondouk.lib.dates import UnreadableDate, parse_date
from fondouk.lib.text import fold, squash

from .schema import Field, Heading, SheetKind, kinds
from .workbooks import Cell, RawBook, RawSheet

HEADER_WITHIN = 40
"""Rows from the top in which a header is looked for."""

YEAR = re.compile(r"(?<!\d)(19[5-9]\d|20[0-9]\d)(?!\d)")
UNITS = (
    ("kmad", r"\b(?:k ?dhs?|k ?mad|k ?dirhams?|milliers? de dh|milliers? de dirhams?|en kdh|1000 ?dh|الف درهم)\b"),
    ("mmad", r"\b(?:m ?dhs?|m ?mad|millions? de dh|millions? de dirhams?|mdh|مليون درهم)\b"),
    ("mad", r"\b(?:dhs?|mad|dirhams?|درهم)\b"),
    ("m2", r"\b(?:m2|m²|m ²|metres? carres?|متر مربع|م2|م²)(?!\w)"),
    ("percent", r"%"),
)
DAY = re.compile(r"(?<!\d)(\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}|\d{4}-\d{2}-\d{2})(?!\d)")
TOTAL = re.compile(r"^(?:sous|grand|s)?(?:total|totaux|somme|ensemble|subtotal|grandtotal|المجموع|مجموع)")


@dataclass
class Column:
    index: int
    heading: Heading
    field: Field | None

    @property
    def letter(self) -> str:
        number, letters = self.index + 1, ""
        while number:
            number, rest = divmod(number - 1, 26)
            letters = chr(65 + rest) + letters
        return letters


@dataclass
class ReadSheet:
    """A sheet understood, or not (`kind` None). `header` counts rows from 0."""

    raw: RawSheet
    kind: SheetKind | None
    header: int = 0
    columns: list[Column] = field(default_factory=list)
    as_of: date | None = None

    @property
    def ignored(self) -> list[str]:
        return [column.heading.text for column in self.columns if column.field is None and column.heading.text]


@dataclass
class ReadRow:
    """One row of data: `number` as the spreadsheet numbers it, `cells` as (column, value) where there is a value."""

    number: int
    cells: list[tuple[Column, Cell]]


Meanings = dict[tuple[str, str], str]
"""What people said a header means: (kind, squashed header) → field code, or "" to leave it out."""


def read_heading(text: object) -> Heading:
    """A header cell apart into words, year and unit: `CA 2025 (KDH)` → "ca", 2025, "kmad"."""
    written = " ".join(str(text).split())
    folded = fold(written)
    years = YEAR.findall(folded)
    if years:
        folded = YEAR.sub(" ", folded)
    unit = ""
    for code, pattern in UNITS:
        without, found = re.subn(pattern, " ", folded)
        if found:
            unit, folded = code, without
            break
    folded = re.sub(r"\b(?:en|au|par|/|fin|31/12)\s*$", " ", folded.strip(" ()[]-–:/."))
    return Heading(written, squash(folded), int(years[-1]) if years else None, unit)


def recognise(
    book: RawBook, *, mapping: dict[str, Any] | None = None, meanings: Meanings | None = None
) -> list[ReadSheet]:
    """Every sheet of the book. `mapping` is what a person chose for this book, see `models.Book`."""
    return [_recognise_sheet(sheet, (mapping or {}).get(sheet.name) or {}, meanings or {}) for sheet in book.sheets]


def _recognise_sheet(sheet: RawSheet, chosen: dict[str, Any], meanings: Meanings) -> ReadSheet:
    best: tuple[float, int, SheetKind] | None = None
    wanted = chosen.get("kind")
    if wanted == "":
        return ReadSheet(sheet, None)
    for number, row in enumerate(sheet.rows[:HEADER_WITHIN]):
        headings = [read_heading(cell) for cell in row if isinstance(cell, str)]
        if len(headings) < 2:
            continue
        for kind in kinds():
            if wanted and kind.code != wanted:
                continue
            score = _score(kind, headings, meanings)
            if score > 0 and (best is None or score > best[0]):
                best = (score, number, kind)
    if best is None:
        return ReadSheet(sheet, None)
    _points, header, kind = best
    columns = _columns(sheet.rows[header], kind, chosen.get("columns") or {}, meanings)
    return ReadSheet(sheet, kind, header, columns, _as_of(sheet.rows[:header]))


def _field(kind: SheetKind, heading: Heading, meanings: Meanings) -> Field | None:
    """The field of a header: what a person said of it, else the whole of its words, else without its unit and year."""
    said = meanings.get((kind.code, squash(heading.text)))
    if said is not None:
        return kind.field(said) if said else None
    return kind.match(squash(heading.text)) or kind.match(heading.words)


def _score(kind: SheetKind, headings: list[Heading], meanings: Meanings) -> float:
    found = {known.code: known.weight for heading in headings if (known := _field(kind, heading, meanings))}
    required = {known.code for known in kind.fields if known.required}
    if len(found) < 2 or not required <= set(found):
        return 0.0
    return sum(found.values()) + len(found) / len(headings)


def _columns(row: list[Cell], kind: SheetKind, chosen: dict[str, str], meanings: Meanings) -> list[Column]:
    columns, taken = [], set()
    for index, cell in enumerate(row):
        heading = read_heading(cell) if cell is not None else Heading("", "")
        known = _field(kind, heading, meanings) if heading.words or heading.text else None
        if heading.text in chosen:
            code = chosen[heading.text]
            known = kind.field(code) if code else None
        if known:
            # A field stands in one column, or in one a year; a second column of the same name is left out.
            place = (known.code, heading.year if known.by_year else None)
            known = None if place in taken else known
            taken.add(place)
        columns.append(Column(index, heading, known))
    return columns


def _as_of(banner: list[list[Cell]]) -> date | None:
    """The date that a banner gives ("MAJ 15/10/2026"), the latest one where there are several."""
    found = []
    for row in banner:
        for cell in row:
            if isinstance(cell, date):
                found.append(cell)
            elif isinstance(cell, str):
                for text in DAY.findall(cell):
                    try:
                        found.append(parse_date(text))
                    except UnreadableDate:
                        continue
    return max(found, default=None)


def data_rows(sheet: ReadSheet) -> list[ReadRow]:
    """The rows below the header that say something: no totals, no headings between blocks, no repeated header."""
    mapped = [column for column in sheet.columns if column.field]
    header_words = [squash(str(cell)) for cell in sheet.raw.rows[sheet.header] if cell is not None]
    fill = _fill_down(sheet)
    rows = []
    for index in range(sheet.header + 1, len(sheet.raw.rows)):
        raw = sheet.raw.rows[index]
        present = [cell for cell in raw if cell is not None]
        if not present or _is_total(present) or [squash(str(cell)) for cell in present] == header_words:
            continue
        cells: list[tuple[Column, Cell]] = []
        for column in mapped:
            value = raw[column.index] if column.index < len(raw) else None
            if value is None:
                value = fill.get((index, column.index))
            if value is not None:
                cells.append((column, value))
        if cells and not _is_block_heading(present, cells, index, sheet):
            rows.append(ReadRow(index + 1, cells))
    return rows


def _is_total(present: list[Cell]) -> bool:
    """A first cell that says total, and nothing but numbers after it."""
    first, rest = present[0], present[1:]
    if not isinstance(first, str) or not TOTAL.match(squash(first)):
        return False
    return all(not isinstance(cell, str) or not re.search(r"[^\W\d_]{3}", cell) for cell in rest)


def _is_block_heading(
    present: list[Cell], cells: list[tuple[Column, Cell]], index: int, sheet: ReadSheet
) -> bool:
    """One lonely text that is merged over several columns, or stands where no required field is."""
    if len(present) > 1 or not isinstance(present[0], str):
        return False
    if any(top <= index <= bottom and right > left for (top, left), (bottom, right) in sheet.raw.merged):
        return True
    return not any(column.field and column.field.required for column, _cell in cells)


def _fill_down(sheet: ReadSheet) -> dict[tuple[int, int], Cell]:
    """Values of cells merged over several rows (one site written once for all its lines)."""
    filled: dict[tuple[int, int], Cell] = {}
    for (top, left), (bottom, right) in sheet.raw.merged:
        if top <= sheet.header or bottom == top or right != left or bottom >= len(sheet.raw.rows):
            continue
        row = sheet.raw.rows[top]
        value = row[left] if left < len(row) else None
        if value is not None:
            filled.update({(index, left): value for index in range(top + 1, bottom + 1)})
    return filled
