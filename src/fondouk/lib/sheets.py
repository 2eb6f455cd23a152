"""Rows as a file that a spreadsheet opens: XLSX and CSV, with nothing in them that it would run."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.translation import get_language
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font

DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
"""With the full-width forms, which some spreadsheets take for the same."""
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def harmless(text: str) -> str:
    """A text that a spreadsheet would take for a formula gets an apostrophe in front (OWASP, CSV injection)."""
    return f"'{text}" if text.startswith(DANGEROUS) else text


def to_csv(headers: Sequence[str], rows: Iterable[Sequence[Any]], *, note: str = "") -> bytes:
    """UTF-8 with its mark and semicolons: what a French Excel opens at once. `note` stands in a line above the header."""
    out = io.StringIO()
    # Every cell in quotes: read with another separator, none begins in the middle of a value.
    writer = csv.writer(out, delimiter=";", quoting=csv.QUOTE_ALL)
    if note:
        writer.writerow([harmless(note)])
    writer.writerow(headers)
    for row in rows:
        writer.writerow([_text(value) for value in row])
    return out.getvalue().encode("utf-8-sig")


def to_xlsx(
    headers: Sequence[str], rows: Iterable[Sequence[Any]], *, title: str = "Fondouk", note: str = ""
) -> bytes:
    """One sheet, its header in bold and kept in sight, a `note` above it. Texts stay texts: a leading `=` makes no formula.
    Moments are those of the network's own clock.
    """
    return to_workbook([(title, headers, rows)], note=note)


def to_workbook(
    sheets: Iterable[tuple[str, Sequence[str], Iterable[Sequence[Any]]]], *, note: str = ""
) -> bytes:
    """As `to_xlsx`, for several sheets of (title, headers, rows). Titles that Excel refuses are mended, and told apart."""
    book = Workbook(write_only=True)
    taken: set[str] = set()
    for title, headers, rows in sheets:
        sheet = book.create_sheet(_title(title, taken))
        sheet.freeze_panes = "A3" if note else "A2"
        sheet.sheet_view.rightToLeft = (get_language() or "").startswith("ar")
        if note:
            sheet.append([_cell(sheet, note)])
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
    if isinstance(value, datetime):
        return _on_the_wall(value).strftime("%d/%m/%Y %H:%M")
    if isinstance(value, date):
        return value.strftime("%d/%m/%Y")
    if isinstance(value, time):
        return value.strftime("%H:%M")
    if isinstance(value, Decimal | float):
        return str(value).replace(".", ",")
    return harmless(str(value))


def _on_the_wall(moment: datetime) -> datetime:
    """As the network's clock shows it: a spreadsheet knows no time zones."""
    return timezone.make_naive(moment, timezone.get_default_timezone()) if moment.tzinfo else moment


def _cell(sheet: Any, value: Any, *, bold: bool = False) -> Any:
    if isinstance(value, datetime):
        value = _on_the_wall(value)
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
