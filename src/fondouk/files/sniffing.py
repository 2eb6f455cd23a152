"""What a file is, told by its content. Its name only chooses between kinds that no content tells apart.

Office documents are archives whose first bytes are those of any other: the parts inside say what they are. Text has no
mark at all: it must read as text, and must not begin as something that a browser would run.
"""

from __future__ import annotations

import io
import lzma
import zipfile
import zlib
from pathlib import PurePath
from typing import IO

import filetype

PDF = "application/pdf"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
XLSM = "application/vnd.ms-excel.sheet.macroEnabled.12"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PPTX = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
ODS = "application/vnd.oasis.opendocument.spreadsheet"
ODT = "application/vnd.oasis.opendocument.text"
ODP = "application/vnd.oasis.opendocument.presentation"
CSV = "text/csv"
UNKNOWN = "application/octet-stream"

ENDINGS = {
    PDF: (".pdf",),
    DOCX: (".docx",),
    XLSX: (".xlsx",),
    XLSM: (".xlsm",),
    PPTX: (".pptx",),
    ODT: (".odt",),
    ODS: (".ods",),
    ODP: (".odp",),
    CSV: (".csv", ".txt", ".tsv"),
    "image/png": (".png",),
    "image/jpeg": (".jpg", ".jpeg"),
    "image/webp": (".webp",),
}
"""The endings a name may have for each type; the first is added where the name has another."""

IMAGES = frozenset({"image/png", "image/jpeg", "image/webp"})
OPEN_DOCUMENTS = {kind.encode(): kind for kind in (ODS, ODT, ODP)}
MAIN_PARTS = {"xl/workbook.xml": XLSX, "word/document.xml": DOCX, "ppt/presentation.xml": PPTX}
MACROS = "vbaProject.bin"
HEAD = 8192
RUNNABLE = (b"<", b"%!", b"#!", b"mz", b"{\\rtf", b"%pdf")
"""Beginnings that no table of values has: markup, scripts, programs, documents of other kinds."""


def content_type(content: IO[bytes], name: str) -> str:
    """The type of an open file, `UNKNOWN` for whatever is not one of `ENDINGS`. The file is left at its beginning."""
    content.seek(0)
    head = content.read(HEAD)
    content.seek(0)
    if head[:4] in (b"PK\x03\x04", b"PK\x05\x06"):
        found = _archive_type(content)
        content.seek(0)
        return found
    if head.startswith(b"%PDF-"):
        return PDF
    found = filetype.guess_mime(head)
    if found in IMAGES:
        return str(found)
    if found is None and PurePath(name).suffix.lower() in ENDINGS[CSV] and _reads_as_text(head):
        return CSV
    return UNKNOWN


DIRECTORY = 2 * 1024**2
"""Bytes of the list of parts at an archive's end. An office document has some dozens of parts, of about 70 bytes each."""


def _directory_size(content: IO[bytes]) -> int:
    """As the end of the archive declares it, before anything is made of the list (APPNOTE, 4.3.16)."""
    end = content.seek(0, io.SEEK_END)
    content.seek(max(0, end - 65_557))
    tail = content.read()
    content.seek(0)
    at = tail.rfind(b"PK\x05\x06")
    return int.from_bytes(tail[at + 12 : at + 16], "little") if at >= 0 else 0


BROKEN = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError,
    EOFError, KeyError, NotImplementedError, OSError, RuntimeError, ValueError,
)  # fmt: skip
"""What a damaged or foreign archive makes the standard library raise."""


def _archive_type(content: IO[bytes]) -> str:
    """By the directory at its end and the parts it names, never by unpacking more than one small part."""
    if _directory_size(content) > DIRECTORY:
        return UNKNOWN
    try:
        with zipfile.ZipFile(content) as archive:
            names = set(archive.namelist())
            if "mimetype" in names:
                with archive.open("mimetype") as part:
                    return OPEN_DOCUMENTS.get(part.read(100).strip(), UNKNOWN)
            found = {kind for part, kind in MAIN_PARTS.items() if part in names}
            if "[Content_Types].xml" not in names or len(found) != 1:
                return UNKNOWN
            kind = found.pop()
            if any(part.endswith(MACROS) for part in names):
                return XLSM if kind == XLSX else UNKNOWN
            return kind
    except BROKEN:
        return UNKNOWN


def _reads_as_text(head: bytes) -> bool:
    if head[:2] in (b"\xff\xfe", b"\xfe\xff"):
        head = head.decode("utf-16", errors="replace").encode()
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if not start or start.startswith(RUNNABLE):
        return False
    control = sum(1 for byte in head if byte < 32 and byte not in b"\t\n\r\f")
    return b"\x00" not in head and control * 100 <= len(head)
