"""Books received, what they were understood to say, what was written from them."""

from .book import Book, HeaderMapping
from .run import Import, ImportedChange, ImportUndo

__all__ = ["Book", "HeaderMapping", "Import", "ImportUndo", "ImportedChange"]
