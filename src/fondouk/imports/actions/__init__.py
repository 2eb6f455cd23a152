"""What can be done with books."""

from .applying import BookRefused, import_book
from .planning import plan_book
from .receiving import choose_mapping, receive_book
from .undoing import CannotUndo, undo_import

__all__ = [
    "BookRefused",
    "CannotUndo",
    "choose_mapping",
    "import_book",
    "plan_book",
    "receive_book",
    "undo_import",
]
