"""Who may read a file: the apps that keep files say so here."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from .models import StoredFile

Reader = Callable[[Any, StoredFile], bool]
READERS: list[Reader] = []


def register(reader: Reader) -> Reader:
    """Add a function `(account, file) -> bool`. One yes is enough; nobody's yes means 404."""
    READERS.append(reader)
    return reader


def may_read(account: Any, stored: StoredFile) -> bool:
    return bool(account.is_authenticated) and any(reader(account, stored) for reader in READERS)
