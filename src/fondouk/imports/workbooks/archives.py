"""Looking into an archive before anybody parses it: how much it unpacks to, and how wide its sheets are.

Every part is unpacked once and let go. Sizes are counted, never believed: the directory of an archive may
lie.
"""

from __future__ import annotations

import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

UNPACKED = 320 * 1024**2
PARTS = 5_000
CELLS = 3_000_000
"""Cells of one book, empty ones within its tables counted."""
CHUNK = 1 << 20
LOCAL_HEADER = struct.Struct("<4s5H3I2H")
IS_ENCRYPTED = 1

# Cells that hold something: a style alone (`<c r="A9" s="1"/>`) stretches no table.
# Every run within a tag is bounded: a text made of beginnings of tags must not be read to its end from each of them.
CELL_REFERENCE = re.compile(rb'<c (?:[^<>]{0,200}? )?r="([A-Z]{1,3})([0-9]{1,7})"[^<>]{0,200}(?<!/)>')
BARREN_FORMULA = re.compile(rb"(?:</f>|<f[^<>]{0,400}/>)(?:<v\s{0,9}/>|<v></v>)?</c>")
ERROR_CELL = re.compile(rb'<c [^<>]{0,200}t="e"')
REPEATED = re.compile(
    rb'<table:table-cell[^<>]{0,800}?number-columns-repeated="([0-9]{1,9})"[^<>]{0,800}?office:value-type|'
    rb'<table:table-cell[^<>]{0,800}?office:value-type[^<>]{0,800}?number-columns-repeated="([0-9]{1,9})"'
)
REPEATED_ROW = re.compile(
    rb'<table:table-row[^<>]{0,800}?number-rows-repeated="([0-9]{1,9})"[^<>]{0,800}>(.{0,400})', re.DOTALL
)
ODS_LINK = re.compile(rb"<table:table-source|<table:dde-link|\['?file:")


class Unreadable(Exception):
    """Its text is the code of a reason, see `opening.REASONS`."""


@dataclass
class Contents:
    """What a look into the archive tells. `is_ods` or else XLSX; `has_spans`: cells merged over rows, in an
    ODS.
    """

    is_ods: bool
    has_spans: bool = False
    warnings: set[str] = field(default_factory=set)


def examine(path: Path) -> Contents:
    """Raises `Unreadable` for what is no workbook, is encrypted, lies, or unpacks without measure."""
    try:
        with zipfile.ZipFile(path) as archive:
            parts = archive.infolist()
            names = {part.filename for part in parts}
    except (zipfile.BadZipFile, NotImplementedError, OSError, ValueError, RuntimeError):
        raise Unreadable("broken") from None
    contents = Contents(is_ods="content.xml" in names and "mimetype" in names)
    if not contents.is_ods and "xl/workbook.xml" not in names:
        raise Unreadable("type")
    if len(parts) > PARTS:
        raise Unreadable("bomb")
    if any(part.flag_bits & IS_ENCRYPTED for part in parts):
        raise Unreadable("encrypted")
    if any(name.endswith("vbaProject.bin") or name.startswith("Basic/") for name in names):
        contents.warnings.add("macros")
    if any(name.startswith("xl/externalLinks/") for name in names):
        contents.warnings.add("links")
    with path.open("rb") as file:
        _unpack_all(file, parts, contents)
    return contents


def _unpack_all(file: IO[bytes], parts: list[zipfile.ZipInfo], contents: Contents) -> None:
    unpacked = cells = 0
    # The manifest first: it says whether the rest is encrypted, which reads as rubbish.
    for part in sorted(parts, key=lambda part: part.filename != "META-INF/manifest.xml"):
        watch = _watcher(part.filename, contents)
        length = 0
        for block in _inflate(file, part):
            length += len(block)
            unpacked += len(block)
            if unpacked > UNPACKED:
                raise Unreadable("bomb")
            if watch:
                watch.see(block)
        if length != part.file_size:
            raise Unreadable("broken")
        if watch:
            cells += watch.rows * watch.columns
            if cells > CELLS:
                raise Unreadable("sparse")


def _inflate(file: IO[bytes], part: zipfile.ZipInfo) -> Iterator[bytes]:
    """The bytes of a part, whatever the directory says of their number."""
    file.seek(part.header_offset)
    header = file.read(LOCAL_HEADER.size)
    if len(header) < LOCAL_HEADER.size or header[:4] != b"PK\x03\x04":
        raise Unreadable("broken")
    *_rest, name_length, extra_length = LOCAL_HEADER.unpack(header)
    file.seek(name_length + extra_length, 1)
    left = part.compress_size
    if part.compress_type == zipfile.ZIP_STORED:
        while left > 0 and (block := file.read(min(CHUNK, left))):
            left -= len(block)
            yield block
        return
    if part.compress_type != zipfile.ZIP_DEFLATED:
        raise Unreadable("broken")
    stream = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        while not stream.eof:
            packed = stream.unconsumed_tail
            if not packed:
                packed = file.read(min(CHUNK // 8, left))
                left -= len(packed)
            if not packed:
                raise Unreadable("broken")
            yield stream.decompress(packed, CHUNK)
    except zlib.error:
        raise Unreadable("broken") from None


class _Watcher:
    """Looks at a part as it goes by, in windows that overlap so that nothing is cut in two."""

    OVERLAP = 2_000

    def __init__(self, contents: Contents) -> None:
        self.contents = contents
        self.tail = b""
        self.rows = self.columns = 0

    def see(self, block: bytes) -> None:
        window = self.tail + block
        self.look(window)
        self.tail = window[-self.OVERLAP :]

    def look(self, window: bytes) -> None:
        raise NotImplementedError


class _Sheet(_Watcher):
    def look(self, window: bytes) -> None:
        for letters, digits in CELL_REFERENCE.findall(window):
            self.rows = max(self.rows, int(digits))
            self.columns = max(self.columns, _column_number(letters))
        if BARREN_FORMULA.search(window):
            self.contents.warnings.add("formulas")
        if ERROR_CELL.search(window):
            self.contents.warnings.add("errors")


class _Content(_Watcher):
    """The one part that holds every sheet of an OpenDocument book; it writes one cell for many."""

    def look(self, window: bytes) -> None:
        if any(int(first or second) > 5_000 for first, second in REPEATED.findall(window)) or any(
            int(count) > 50_000 and b"office:value-type" in row for count, row in REPEATED_ROW.findall(window)
        ):
            raise Unreadable("sparse")
        if ODS_LINK.search(window):
            self.contents.warnings.add("links")
        self.contents.has_spans |= b"number-rows-spanned=" in window


class _Manifest(_Watcher):
    def look(self, window: bytes) -> None:
        if b"encryption-data" in window:
            raise Unreadable("encrypted")


def _watcher(name: str, contents: Contents) -> _Watcher | None:
    if contents.is_ods:
        known: dict[str, type[_Watcher]] = {"content.xml": _Content, "META-INF/manifest.xml": _Manifest}
        return known[name](contents) if name in known else None
    return _Sheet(contents) if name.startswith("xl/worksheets/") and name.endswith(".xml") else None


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
