"""The child process that reads one workbook: `python -m fondouk.imports.workbooks.reading FILE NAME`.

It writes a pickled `RawBook` to standard output, or a reason of `opening.REASONS` to standard error and exits with 1.
"""

from __future__ import annotations

import csv
import io
import pickle
import re
import resource
import sys
import zipfile
from datetime import date, datetime, time, timedelta
from pathlib import Path

from python_calamine import CalamineError, CalamineWorkbook, PasswordError

from fondouk.imports.workbooks.raw import Cell, RawBook, RawSheet

MEMORY = 1024**3
UNPACKED = 512 * 1024**2
CELLS = 12_000_000
CHUNK = 1 << 20

COMPOUND_FILE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")
CELL_REFERENCE = re.compile(rb'<c r="([A-Z]{1,3})([0-9]{1,7})"')
REPEATED = re.compile(
    rb'<table:table-cell[^>]*?number-columns-repeated="([0-9]+)"[^>]*?office:value-type|'
    rb'<table:table-cell[^>]*?office:value-type[^>]*?number-columns-repeated="([0-9]+)"'
)
REPEATED_ROW = re.compile(rb'<table:table-row[^>]*?number-rows-repeated="([0-9]+)"[^>]*>(.{0,400})', re.DOTALL)


class Unreadable(Exception):
    """Its text is the reason's code."""


def read(path: Path, name: str) -> RawBook:
    with path.open("rb") as file:
        head = file.read(8)
    if head == COMPOUND_FILE:
        raise Unreadable("encrypted" if ENCRYPTED_STREAM in path.read_bytes() else "old")
    if head[:4] in (b"PK\x03\x04", b"PK\x05\x06"):
        return _read_archive(path, name)
    return RawBook(name, [RawSheet(Path(name).stem[:60], _read_text(path.read_bytes()))])


def _read_archive(path: Path, name: str) -> RawBook:
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
            is_ods = "content.xml" in names and "mimetype" in names
            if not is_ods and "xl/workbook.xml" not in names:
                raise Unreadable("type")
            if is_ods and b"encryption-data" in archive.read("META-INF/manifest.xml")[:CHUNK]:
                raise Unreadable("encrypted")
            _measure(archive)
    except (zipfile.BadZipFile, KeyError, RuntimeError, NotImplementedError, EOFError, OSError):
        raise Unreadable("broken") from None
    warnings = []
    if any(part.endswith("vbaProject.bin") or part.startswith("Basic/") for part in names):
        warnings.append("macros")
    if any(part.startswith("xl/externalLinks/") for part in names):
        warnings.append("links")
    return RawBook(name, _read_sheets(path), warnings)


def _measure(archive: zipfile.ZipFile) -> None:
    """Unpack every part once and let it go: what the directory says of sizes may be a lie."""
    unpacked = cells = 0
    for info in archive.infolist():
        is_sheet = info.filename.startswith("xl/worksheets/") and info.filename.endswith(".xml")
        rows = columns = 0
        tail = b""
        with archive.open(info) as part:
            while block := part.read(CHUNK):
                unpacked += len(block)
                if unpacked > UNPACKED:
                    raise Unreadable("bomb")
                if is_sheet:
                    window = tail + block
                    for letters, digits in CELL_REFERENCE.findall(window):
                        rows = max(rows, int(digits))
                        columns = max(columns, _column_number(letters))
                    tail = window[-40:]
                elif info.filename == "content.xml":
                    window = tail + block
                    if _repeats_too_much(window):
                        raise Unreadable("bomb")
                    tail = window[-2000:]
        cells += rows * columns
        if cells > CELLS:
            raise Unreadable("bomb")


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _repeats_too_much(window: bytes) -> bool:
    """OpenDocument writes one cell for many: a value repeated without measure is a trap."""
    if any(int(first or second) > 5_000 for first, second in REPEATED.findall(window)):
        return True
    return any(int(count) > 50_000 and b"office:value-type" in row for count, row in REPEATED_ROW.findall(window))


def _read_sheets(path: Path) -> list[RawSheet]:
    try:
        book = CalamineWorkbook.from_path(str(path))
        sheets = []
        for metadata in book.sheets_metadata:
            if "WorkSheet" not in str(metadata.typ):
                continue
            sheet = book.get_sheet_by_name(metadata.name)
            rows = [[_plain(cell) for cell in row] for row in sheet.to_python(skip_empty_area=False)]
            sheets.append(RawSheet(metadata.name, rows, list(sheet.merged_cell_ranges or [])))
        return sheets
    except PasswordError:
        raise Unreadable("encrypted") from None
    except (CalamineError, OSError, ValueError):
        raise Unreadable("broken") from None


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


def _read_text(content: bytes) -> list[list[Cell]]:
    """A CSV in UTF-8 or Windows-1252, whose separator is the one that its lines agree on."""
    if b"\x00" in content[:4096]:
        if content[:2] not in (b"\xff\xfe", b"\xfe\xff"):
            raise Unreadable("type")
        text = content.decode("utf-16", errors="replace")
    else:
        try:
            text = content.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = content.decode("cp1252", errors="replace")
    control = sum(1 for sign in text[:20_000] if ord(sign) < 32 and sign not in "\r\n\t\f")
    if control > len(text[:20_000]) // 100:
        raise Unreadable("type")
    if text.lstrip()[:15].lower().startswith(("<!doctype", "<html", "<?xml", "%pdf", "{\\rtf")):
        raise Unreadable("type")
    csv.field_size_limit(CHUNK)
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text)))
    except csv.Error:
        raise Unreadable("broken") from None
    if sum(len(row) for row in rows) > CELLS:
        raise Unreadable("bomb")
    if not any(len(row) > 1 for row in rows):
        raise Unreadable("type")
    return [[cell if cell.strip() else None for cell in row] for row in rows]


def _separator(text: str) -> str:
    """The separator that gives most lines the same number of columns, more than one."""
    lines = text[:65_536].splitlines()[:60]
    best, best_score = ",", (0.0, 0)
    for separator in (";", ",", "\t", "|"):
        widths = [len(row) for row in csv.reader(lines, delimiter=separator) if any(cell.strip() for cell in row)]
        wide = [width for width in widths if width > 1]
        if not wide:
            continue
        usual = max(set(wide), key=wide.count)
        score = (wide.count(usual) / len(widths), usual)
        if score > best_score:
            best, best_score = separator, score
    return best


def main() -> int:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    try:
        book = read(Path(sys.argv[1]), sys.argv[2])
    except Unreadable as reason:
        sys.stderr.write(f"\n{reason}\n")
        return 1
    except MemoryError:
        sys.stderr.write("\nbomb\n")
        return 1
    sys.stdout.buffer.write(pickle.dumps(book, protocol=5))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
