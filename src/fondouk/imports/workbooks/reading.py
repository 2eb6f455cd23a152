"""The child process that reads one workbook: `python -m fondouk.imports.workbooks.reading FILE NAME`.

It writes a pickled `RawBook` to standard output, or a reason of `opening.REASONS` to standard error and exits
with 1.
"""

from __future__ import annotations

import pickle
import resource
import sys
import zipfile
from datetime import date, datetime, time, timedelta
from pathlib import Path

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, PasswordError, SheetVisibleEnum

from fondouk.imports.workbooks.archives import Unreadable, examine
from fondouk.imports.workbooks.raw import Cell, Range, RawBook, RawSheet
from fondouk.imports.workbooks.texts import read_text

MEMORY = 1024**3
SECONDS = 60

COMPOUND_FILE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")
ODF = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"


def read(path: Path, name: str) -> RawBook:
    with path.open("rb") as file:
        head = file.read(8)
    if head == COMPOUND_FILE:
        raise Unreadable("encrypted" if ENCRYPTED_STREAM in path.read_bytes() else "old")
    if head[:4] in (b"PK\x03\x04", b"PK\x05\x06"):
        return _read_archive(path, name)
    rows = _trimmed(read_text(path.read_bytes()))
    return RawBook(name, [RawSheet(Path(name).stem[:60] or "CSV", rows, is_text=True)])


def _read_archive(path: Path, name: str) -> RawBook:
    contents = examine(path)
    sheets = _read_sheets(path)
    if contents.has_spans:
        for sheet, merged in zip(sheets, _spans(path), strict=False):
            sheet.merged = merged
    if any(sheet.is_hidden for sheet in sheets):
        contents.warnings.add("hidden")
    return RawBook(name, sheets, sorted(contents.warnings))


def _read_sheets(path: Path) -> list[RawSheet]:
    try:
        book = CalamineWorkbook.from_path(str(path))
        sheets: list[RawSheet] = []
        names: set[str] = set()
        for index, metadata in enumerate(book.sheets_metadata):
            if "WorkSheet" not in str(metadata.typ):
                continue
            sheet = book.get_sheet_by_index(index)
            name, number = metadata.name, 2
            while name in names:
                name, number = f"{metadata.name} ({number})", number + 1
            names.add(name)
            is_hidden = metadata.visible != SheetVisibleEnum.Visible
            sheets.append(RawSheet(name, _rows(sheet), list(sheet.merged_cell_ranges or []), is_hidden))
        return sheets
    except PasswordError:
        raise Unreadable("encrypted") from None
    except (CalamineError, OSError, ValueError, IndexError):
        raise Unreadable("broken") from None


def _rows(sheet: CalamineSheet) -> list[list[Cell]]:
    """From row 1 and column A on, whatever stands first."""
    if sheet.height == 0:
        return []
    return _trimmed([[_plain(cell) for cell in row] for row in sheet.to_python(skip_empty_area=False)])


def _trimmed(rows: list[list[Cell]]) -> list[list[Cell]]:
    for row in rows:
        while row and row[-1] is None:
            row.pop()
    while rows and not rows[-1]:
        rows.pop()
    return rows


def _plain(cell: object) -> Cell:
    """Whole numbers as int, empty text as None, midnights as dates."""
    if cell is None or cell == "":
        return None
    if isinstance(cell, str):
        return cell if cell.strip() else None
    if isinstance(cell, float):
        return int(cell) if cell.is_integer() and abs(cell) < 1e15 else cell
    if isinstance(cell, datetime):
        return cell.date() if cell.time() == time() else cell
    if isinstance(cell, bool | int | date | time | timedelta):
        return cell
    return str(cell)


def _spans(path: Path) -> list[list[Range]]:
    """Merged ranges of each sheet of an OpenDocument book, which the reader of values leaves out."""
    from defusedxml.common import DefusedXmlException
    from defusedxml.ElementTree import ParseError, iterparse

    sheets: list[list[Range]] = []
    row = column = 0
    try:
        with zipfile.ZipFile(path) as archive, archive.open("content.xml") as content:
            for event, element in iterparse(content, events=("start", "end")):
                tag, attributes = element.tag, element.attrib
                if event == "start" and tag == f"{ODF}table":
                    sheets.append([])
                    row = 0
                elif event == "start" and tag == f"{ODF}table-row":
                    column = 0
                elif event == "start" and tag in (f"{ODF}table-cell", f"{ODF}covered-table-cell") and sheets:
                    down = int(attributes.get(f"{ODF}number-rows-spanned", 1))
                    across = int(attributes.get(f"{ODF}number-columns-spanned", 1))
                    if down > 1 or across > 1:
                        sheets[-1].append(((row, column), (row + down - 1, column + across - 1)))
                    column += int(attributes.get(f"{ODF}number-columns-repeated", 1))
                elif event == "end" and tag == f"{ODF}table-row":
                    row += int(attributes.get(f"{ODF}number-rows-repeated", 1))
                    element.clear()
    except (ParseError, DefusedXmlException, zipfile.BadZipFile, ValueError, KeyError):
        return []
    return sheets


def main() -> int:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        book = read(Path(sys.argv[1]), sys.argv[2])
        pickle.dump(book, sys.stdout.buffer, protocol=5)
    except Unreadable as reason:
        sys.stderr.write(f"\n{reason}\n")
        return 1
    except MemoryError:
        sys.stderr.write("\nbomb\n")
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
