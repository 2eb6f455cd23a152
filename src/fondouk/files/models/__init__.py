"""Files, private by default."""

from .stored_file import StoredFile

__all__ = ["StoredFile"]
