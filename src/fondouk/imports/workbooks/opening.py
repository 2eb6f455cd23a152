"""Opening a workbook safely: a file from outside is read by a process of its own, with bounds on memory and
time.

A spreadsheet is an archive that may unpack to anything, and the parsers are native code. In the child, a
hostile file meets the limits of the operating system; here it becomes an `UnreadableBook`.
"""

from __future__ import annotations

import io
import os
import pickle
import subprocess
import sys
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from django.utils.translation import gettext_lazy as _

from .raw import RawBook, RawSheet

MAX_BYTES = 60 * 1024 * 1024
READING_SECONDS = 90

REASONS = {
    "missing": _("There is no such file."),
    "folder": _("This is a folder, not a workbook."),
    "closed": _("This file may not be read: ask its owner for the right to."),
    "empty": _("This file is empty."),
    "too large": _("This file is too large: 60 MB at most. Split the book, or remove pictures from it."),
    "bomb": _("This file unpacks to far more than a workbook holds. It has not been opened."),
    "sparse": _(
        "A sheet holds something very far from its table, in one of its last rows or columns. Delete it "
        "and try again."
    ),
    "encrypted": _("This workbook is protected by a password. Save a copy without password and try again."),
    "old": _("This is an old Excel format (.xls). Save it as .xlsx and try again."),
    "type": _("This is not a workbook. XLSX, ODS and CSV files can be imported."),
    "quote": _(
        "A quote is opened in this file and never closed: what follows it cannot be told apart. Close it, or save the "
        "file again from your spreadsheet."
    ),
    "broken": _(
        "This workbook is damaged and cannot be read. Open it in your spreadsheet and save it again."
    ),
}

WARNINGS = {
    "macros": _("The book holds macros. They were not run: values only are read."),
    "links": _("The book refers to other books. They were not opened: values only are read."),
    "formulas": _(
        "Some formulas hold no result and read as empty. Open the book in your spreadsheet, save it, and "
        "import it again."
    ),
    "errors": _("Some formulas end in an error, such as #N/A or #REF!. These cells read as empty."),
    "hidden": _("Hidden sheets are left out. Show them in your spreadsheet if they matter."),
}


class UnreadableBook(Exception):
    """`code` is a key of REASONS."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code

    def __str__(self) -> str:
        return str(REASONS[self.code])


class _Plain(pickle.Unpickler):
    """The child meets hostile files in native code: whatever it sends, nothing but plain values is made of
    it.
    """

    KNOWN = {kind.__qualname__: kind for kind in (RawBook, RawSheet, date, datetime, time, timedelta)}

    def find_class(self, module: str, name: str) -> Any:
        if name in self.KNOWN and self.KNOWN[name].__module__ == module:
            return self.KNOWN[name]
        raise pickle.UnpicklingError(name)


def open_book(path: Path, name: str = "") -> RawBook:
    """The workbook in the file at `path`; `name` is the one it came under. Raises `UnreadableBook`."""
    try:
        if path.is_dir():
            raise UnreadableBook("folder")
        if not path.is_file():
            raise UnreadableBook("missing")
        if not os.access(path, os.R_OK):
            raise UnreadableBook("closed")
        size = path.stat().st_size
    except (OSError, ValueError):
        raise UnreadableBook("missing") from None
    if size == 0:
        raise UnreadableBook("empty")
    if size > MAX_BYTES:
        raise UnreadableBook("too large")
    called = (name or path.name).replace("\x00", "").encode("utf-8", "replace").decode()[-200:]
    command = [sys.executable, "-P", "-m", "fondouk.imports.workbooks.reading", str(path.resolve()), called]
    try:
        child = subprocess.run(command, capture_output=True, timeout=READING_SECONDS, check=False)  # noqa: S603
    except subprocess.TimeoutExpired:
        raise UnreadableBook("bomb") from None
    if child.returncode == 0:
        try:
            return _Plain(io.BytesIO(child.stdout)).load()  # type: ignore[no-any-return]
        except (pickle.UnpicklingError, EOFError, AttributeError, TypeError, ValueError):
            raise UnreadableBook("broken") from None
    if child.returncode < 0:  # a limit of the operating system stopped it
        raise UnreadableBook("bomb")
    reason = child.stderr.decode(errors="replace").strip().rsplit("\n", 1)[-1]
    raise UnreadableBook(reason if reason in REASONS else "broken")
