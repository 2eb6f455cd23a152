"""Rows as a file that a spreadsheet opens: XLSX and CSV, with nothing in them that it would run."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font

DANGEROUS = ("=", "+", "-", "@", "\t", "\r")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def harmless(text: str) -> str:
    """A text that a spreadsheet would take for a formula gets an apostrophe in front (OWASP, CSV injection)."""
    return f"'{text}" if text.startswith(DANGEROUS) else text


def to_csv(headers: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    """UTF-8 with its mark and semicolons: what a French Excel opens at once."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";")
    writer.writerow(headers)
    for row in rows:
        writer.writerow([_text(value) for value in row])
    return out.getvalue().encode("utf-8-sig")


def to_xlsx(headers: Sequence[str], rows: Iterable[Sequence[Any]], *, title: str = "Fondouk") -> bytes:
    """One sheet, its header in bold and kept in sight. Texts stay texts: a leading `=` makes no formula."""
    return to_workbook([(title, headers, rows)])


def to_workbook(sheets: Iterable[tuple[str, Sequence[str], Iterable[Sequence[Any]]]]) -> bytes:
    """As `to_xlsx`, for several sheets of (title, headers, rows). Titles that Excel refuses are mended, and told apart."""
    book = Workbook(write_only=True)
    taken: set[str] = set()
    for title, headers, rows in sheets:
        sheet = book.create_sheet(_title(title, taken))
        sheet.freeze_panes = "A2"
        sheet.append([_cell(sheet, header, bold=True) for header in headers])
        for row in rows:
            sheet.append([_cell(sheet, value) for value in row])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _title(wanted: str, taken: set[str]) -> str:
    """31 characters at most, none of those that Excel forbids, each once whatever its capitals."""
    clean = "".join("-" if sign in "[]:*?/\\" else sign for sign in wanted).strip("'") or "-"
    title, number = clean[:31], 1
    while title.lower() in taken:
        number += 1
        title = f"{clean[: 28 - len(str(number))]} ({number})"
    taken.add(title.lower())
    return title


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime | date):
        return value.strftime("%d/%m/%Y")
    if isinstance(value, Decimal | float):
        return str(value).replace(".", ",")
    return harmless(str(value))


def _cell(sheet: Any, value: Any, *, bold: bool = False) -> Any:
    if isinstance(value, datetime):
        value = value.replace(tzinfo=None)
    elif not (value is None or isinstance(value, int | float | Decimal | date)):
        value = "".join(sign for sign in str(value) if sign in "\n\t" or ord(sign) >= 32)
    cell = WriteOnlyCell(sheet, value)
    if isinstance(value, str):
        cell.data_type = "s"
        if value.startswith(DANGEROUS):
            cell.quotePrefix = True
    if bold:
        cell.font = Font(bold=True)
    return cell
