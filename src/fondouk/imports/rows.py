"""The rows of a sheet that say something: no totals, no headings between blocks, no header repeated.

What is plainly no row of data is passed over. What only looks so (a lone name between full rows, "Total Énergies" with
nothing but numbers) is handed on with the reason why it is left aside, so that a person hears of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from statistics import median

from django.utils.translation import gettext_lazy as _

from fondouk.lib.text import fold, squash

from . import readers
from .headings import read_heading
from .recognition import Column, ReadSheet
from .schema import Bad, Field
from .workbooks import Cell

LOOKED_AT = 400
TOTAL = re.compile(
    r"^(?:s(?:ous)?[ ./-]*t(?:otal|otaux)?\b|(?:sub|grand|sous)?[ "
    r"-]*tota(?:l|ux|ls)\b|somme\b|sum\b|ensemble\b|cumul\b|"
    r"moyenne\b|average\b|(?:ال)?مجموع|(?:ال)?اجمالي|"
    r"(?:nb|nbre|nombre|number|effectif)\b|.+ total$)"
)
LETTERS = re.compile(r"[^\W\d_]{3}")
PLAIN_TOTAL = re.compile(
    r"^(?:s(?:ous)?|sub|grand|somme|sum|ensemble|cumul|moyenne|average)|(?:generale?s?|general|ht|ttc|dh|mad|global|كلي|عام|العام)$"
)
"""Totals that nobody could take for the name of a company, as `fold` leaves them: all but "Total Énergies"."""

WIDE = 3
"""Cells that the rows of a sheet usually fill, from which on a lone one is a heading or a note."""

ALONE = Bad(
    "left aside",
    _(
        "This row says nothing but “%(value)s”: it is taken for a heading or a note, and left aside. Fill in another "
        "cell if it counts."
    ),
)
SUMS = Bad(
    "left aside",
    _(
        "“%(value)s” is taken for a total, and left aside. Fill in another cell than numbers if it is a row of its own."
    ),
)
ANOTHER_TABLE = Bad(
    "another table",
    _("Another table begins here, with columns of its own: it is not read. Put it on a sheet of its own."),
)
REFUSED = "cells", "another table"
TOO_WIDE = Bad(
    "cells",
    _(
        "This row has more cells than the header. Put a value that holds the separator between quotes: “1,200”."
    ),
)


Present = list[tuple[int, Cell]]
"""Cells of a row that hold something, with their columns."""


@dataclass
class ReadRow:
    """One row of data: `number` as the spreadsheet numbers it, `cells` as (column, value) where there is a
    value.
    """

    number: int
    cells: list[tuple[Column, Cell]]
    aside: Bad | None = None
    """Why it is left aside or, with a code of `REFUSED`, refused."""
    is_continued: bool = False
    """What names it is a cell merged with the row above: it says more of the same thing."""


def data_rows(sheet: ReadSheet) -> Iterator[ReadRow]:
    mapped = [column for column in sheet.columns if column.field]
    header_words = {
        column.index: squash(column.heading.text) for column in sheet.columns if column.heading.text
    }
    fill = _fill_down(sheet)
    carrying = [column for column in mapped if column.field and column.field.carries]
    carried: dict[int, Cell] = {}
    is_wide = _usual_width(sheet, mapped) >= WIDE and sheet.kind is not None and not sheet.kind.is_sparse
    width = len(sheet.raw.rows[sheet.header]) if sheet.raw.is_text and sheet.raw.rows else 0
    for index in range(sheet.first, len(sheet.raw.rows)):
        raw = sheet.raw.rows[index]
        present: Present = [(place, cell) for place, cell in enumerate(raw) if cell is not None]
        if not present or _is_header(present, header_words) or _is_count(present):
            continue
        aside = None
        if total := _total(present, mapped):
            if not _names_something(total):
                continue
            aside = SUMS
        cells: list[tuple[Column, Cell]] = []
        for column in mapped:
            value = raw[column.index] if column.index < len(raw) else None
            if value is None:
                value = fill.get((index, column.index))
            if value is not None:
                cells.append((column, value))
        if not cells or _is_block_heading(present, cells, index, sheet):
            continue
        if _is_another_header(present, sheet):
            yield ReadRow(index + 1, cells, ANOTHER_TABLE)
            return
        if is_wide and len(present) == 1 and isinstance(present[0][1], str):
            aside = ALONE
        elif width and len(raw) > width:
            aside = TOO_WIDE
        if aside is None:
            _carry(carrying, carried, cells)
        filled = [column for column in mapped if (index, column.index) in fill and column.field]
        is_continued = any(column.field and column.field.required for column in filled)
        yield ReadRow(index + 1, cells, aside, is_continued)


def _is_another_header(present: Present, sheet: ReadSheet) -> bool:
    """Another table begins: nothing but texts, most of them names of columns."""
    if sheet.kind is None or len(present) < 3 or not all(isinstance(cell, str) for _place, cell in present):
        return False
    named = [str(cell) for _place, cell in present if sheet.kind.match(read_heading(str(cell)))]
    return len(named) >= 3 and len(named) * 3 >= len(present) * 2


def _usual_width(sheet: ReadSheet, mapped: list[Column]) -> float:
    """How many of the columns understood a row fills: the median of the first rows that fill any."""
    places = [column.index for column in mapped]
    widths = [
        filled
        for row in sheet.raw.rows[sheet.first : sheet.first + LOOKED_AT]
        if (filled := sum(1 for place in places if place < len(row) and row[place] is not None))
    ]
    return median(widths) if widths else 0


def _names_something(total: str) -> bool:
    """ "Total Énergies Maroc" may be a company, "Total", "TOTAL GÉNÉRAL" and "Sous-total Rabat" are none."""
    folded = fold(total).strip(" :.-")
    return " " in folded and not PLAIN_TOTAL.search(folded)


def _carry(carrying: list[Column], carried: dict[int, Cell], cells: list[tuple[Column, Cell]]) -> None:
    """Add what stands above where a cell is empty, from the first such column on: another site has another building."""
    is_new = False
    for column in carrying:
        own = next((value for known, value in cells if known is column), None)
        if own is not None:
            is_new = True
            carried[column.index] = own
        elif is_new:
            carried.pop(column.index, None)
        elif column.index in carried:
            cells.append((column, carried[column.index]))


def _is_header(present: Present, header_words: dict[int, str]) -> bool:
    """The header again, as it stands at the top of each printed page."""
    texts = [(place, cell) for place, cell in present if isinstance(cell, str)]
    same = sum(1 for place, cell in texts if header_words.get(place) == squash(cell) != "")
    return same >= 2 and same * 4 >= len(present) * 3


def _is_count(present: Present) -> bool:
    """A row that numbers the columns: 1, 2, 3 … or (1) (2) (3) …"""
    if len(present) < 4:
        return False
    numbers = [str(cell).strip(" ()[]") for _place, cell in present]
    return numbers == [str(number) for number in range(1, len(numbers) + 1)]


def _total(present: Present, mapped: list[Column]) -> str:
    """The cell that says total, where there is beside it nothing but numbers in columns that can be added up.

    A company may be called Total: then something stands in a column that nobody adds up.
    """
    texts = [(place, cell) for place, cell in present if isinstance(cell, str)]
    for place, text in texts[:2]:
        if TOTAL.match(fold(text)):
            label = place
            break
    else:
        return ""
    fields = {column.index: column.field for column in mapped}
    for place, cell in present:
        if place == label or (place < label and fields.get(place) is None):
            continue
        known = fields.get(place)
        if known is None:
            if isinstance(cell, str) and LETTERS.search(cell):
                return ""
        elif place > label and not _is_summed(known, cell):
            return ""
    return str(dict(present)[label])


def _is_summed(known: Field, cell: Cell) -> bool:
    """A number where numbers are added up, or where only texts stand: "TOTAL | 61" counts the rows."""
    is_number = isinstance(cell, int | float)
    return known.read in readers.SUMMED or (is_number and known.read in (readers.name, readers.text))


def _is_block_heading(
    present: Present, cells: list[tuple[Column, Cell]], index: int, sheet: ReadSheet
) -> bool:
    """One lonely text that is merged over several columns, or stands where no required field is."""
    if len(present) > 1 or not isinstance(present[0][1], str):
        return False
    place = present[0][0]
    if any(
        top <= index <= bottom and left <= place <= right and right > left
        for (top, left), (bottom, right) in sheet.raw.merged
    ):
        return True
    return not any(
        column.field and column.field.required and column.index == place for column, _cell in cells
    )


def _fill_down(sheet: ReadSheet) -> dict[tuple[int, int], Cell]:
    """Values of cells merged over several rows (one site written once for all its lines)."""
    filled: dict[tuple[int, int], Cell] = {}
    for (top, left), (bottom, _right) in sheet.raw.merged:
        bottom = min(bottom, len(sheet.raw.rows) - 1)
        if top < sheet.first or bottom <= top:
            continue
        row = sheet.raw.rows[top]
        value = row[left] if left < len(row) else None
        if value is not None:
            filled.update({(index, left): value for index in range(top + 1, bottom + 1)})
    return filled
