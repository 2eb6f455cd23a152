"""Writing a workbook of plain values, row by row."""

from __future__ import annotations

import re
from datetime import date, datetime
from decimal import Decimal
from typing import IO, Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

FORBIDDEN = re.compile("[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\ud800-\\udfff\\ufffe\\uffff]")
"""Signs that XML cannot hold."""

RISKY = re.compile(r"^[=+\-@\t\r\n＝＋－＠]")
"""Beginnings that a spreadsheet may take for a formula."""

ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
EXACT_DIGITS = 15
LONGEST_CELL = 32_767
WIDTHS = (10, 40)


class BookWriter:
    """Values become cells of their own kind; a text is a text, whatever it begins with."""

    def __init__(self, *, is_right_to_left: bool = False) -> None:
        self.book = Workbook(write_only=True)
        self.is_right_to_left = is_right_to_left
        self.sheet: Any = None

    def begin_sheet(self, title: str, headers: list[str]) -> None:
        self.sheet = self.book.create_sheet(title)
        self.sheet.sheet_view.rightToLeft = self.is_right_to_left
        self.sheet.freeze_panes = "B2"
        for index, header in enumerate(headers, start=1):
            width = min(max(len(header) + 2, WIDTHS[0]), WIDTHS[1])
            self.sheet.column_dimensions[get_column_letter(index)].width = width
        self.sheet.append([_header(self.sheet, header) for header in headers])

    def append(self, row: list[Any]) -> None:
        self.sheet.append([_cell(self.sheet, value) for value in row])

    def save(self, target: IO[bytes] | str) -> None:
        self.book.save(target)


def _header(sheet: Any, text: str) -> Any:
    cell = WriteOnlyCell(sheet, text)
    cell.font = Font(bold=True)
    return cell


def _cell(sheet: Any, value: Any) -> Any:
    if value is None or value == "":
        return None
    if isinstance(value, Decimal):
        # A spreadsheet keeps fifteen digits of a number: longer ones are written as text.
        if len(value.as_tuple().digits) > EXACT_DIGITS:
            return _text(sheet, format(value, "f").replace(".", ","))
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, date):
        cell = WriteOnlyCell(sheet, datetime(value.year, value.month, value.day))  # noqa: DTZ001 - a day
        cell.number_format = "DD/MM/YYYY"
        return cell
    if isinstance(value, int | float):
        return value
    return _text(sheet, str(value))


def _text(sheet: Any, text: str) -> Any:
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x0b", " ").replace("\x0c", " ")
    text = FORBIDDEN.sub("", lines)
    if len(text) > LONGEST_CELL:
        text = text[:LONGEST_CELL]
    is_risky = RISKY.match(text) is not None
    # `_x0041_` is how a workbook writes a sign by its number: a text that looks so says that it is none.
    cell = WriteOnlyCell(sheet, ESCAPED.sub("_x005F_", text))
    cell.data_type = "s"  # whatever it begins with, or looks like
    if is_risky:
        cell.quotePrefix = True
    if "\n" in text:
        cell.alignment = Alignment(wrap_text=True, vertical="top")
    return cell
