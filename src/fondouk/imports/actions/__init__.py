"""What can be done with books."""

from .applying import (
    BookOvertaken,
    BookRefused,
    ImportClosed,
    NothingUnderstood,
    hold_imports,
    import_book,
)
from .planning import plan_book
from .receiving import choose_mapping, receive_book
from .undoing import CannotUndo, undo_import

__all__ = [
    "BookOvertaken",
    "BookRefused",
    "CannotUndo",
    "ImportClosed",
    "NothingUnderstood",
    "choose_mapping",
    "hold_imports",
    "import_book",
    "plan_book",
    "receive_book",
    "undo_import",
]
