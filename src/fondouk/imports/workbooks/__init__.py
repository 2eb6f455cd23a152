"""Opening spreadsheets that come from outside: XLSX, ODS and CSV, values only."""

from .opening import MAX_BYTES, WARNINGS, UnreadableBook, open_book
from .raw import Cell, RawBook, RawSheet

__all__ = ["MAX_BYTES", "WARNINGS", "Cell", "RawBook", "RawSheet", "UnreadableBook", "open_book"]
