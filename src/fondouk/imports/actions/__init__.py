"""What can be done with books."""

from .applying import BookOvertaken, BookRefused, NothingUnderstood, import_book
from .planning import plan_book
from .receiving import choose_mapping, receive_book
from .undoing import CannotUndo, undo_import

__all__ = [
    "BookOvertaken",
    "BookRefused",
    "CannotUndo",
    "NothingUnderstood",
    "choose_mapping",
    "import_book",
    "plan_book",
    "receive_book",
    "undo_import",
]
