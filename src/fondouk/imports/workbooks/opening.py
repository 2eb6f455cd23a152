"""Opening a workbook safely: a file from outside is read by a process of its own, with bounds on memory and time.

A spreadsheet is an archive that may unpack to anything, and the parsers are native code. In the child, a hostile file
meets the limits of the operating system; here it becomes an `UnreadableBook`.
"""

from __future__ import annotations

import pickle
import subprocess
import sys
from pathlib import Path

from django.utils.translation import gettext_lazy as _

from .raw import RawBook

MAX_BYTES = 60 * 1024 * 1024
READING_SECONDS = 120

REASONS = {
    "missing": _("There is no such file."),
    "empty": _("This file is empty."),
    "too large": _("This file is too large: 60 MB at most. Split the book, or remove pictures from it."),
    "bomb": _("This file unpacks to far more than a workbook holds. It has not been opened."),
    "encrypted": _("This workbook is protected by a password. Save a copy without password and try again."),
    "old": _("This is an old Excel format (.xls). Save it as .xlsx and try again."),
    "type": _("This is not a workbook. XLSX, ODS and CSV files can be imported."),
    "broken": _("This workbook is damaged and cannot be read. Open it in your spreadsheet and save it again."),
}


class UnreadableBook(Exception):
    """`code` is a key of REASONS."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code

    def __str__(self) -> str:
        return str(REASONS[self.code])


def open_book(path: Path, name: str = "") -> RawBook:
    """The workbook in the file at `path`; `name` is the one it came under. Raises `UnreadableBook`."""
    if not path.is_file():
        raise UnreadableBook("missing")
    size = path.stat().st_size
    if size == 0:
        raise UnreadableBook("empty")
    if size > MAX_BYTES:
        raise UnreadableBook("too large")
    command = [sys.executable, "-m", "fondouk.imports.workbooks.reading", str(path.resolve()), name or path.name]
    try:
        child = subprocess.run(command, capture_output=True, timeout=READING_SECONDS, check=False)  # noqa: S603
    except subprocess.TimeoutExpired:
        raise UnreadableBook("bomb") from None
    if child.returncode == 0:
        # What our own child wrote: it holds plain values only.
        return pickle.loads(child.stdout)  # type: ignore[no-any-return]  # noqa: S301
    reason = child.stderr.decode(errors="replace").strip().rsplit("\n", 1)[-1]
    raise UnreadableBook(reason if reason in REASONS else "broken")
