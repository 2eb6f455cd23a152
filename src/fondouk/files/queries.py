"""Reading what was stored, wherever it is."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from fondouk.files.models import StoredFile


@contextmanager
def local_copy(stored: StoredFile) -> Iterator[Path]:
    """A path where the bytes can be read, for tools that want one. On a storage far away, a copy that goes after use.

    Raises `FileNotFoundError` when the storage has lost the file.
    """
    try:
        yield Path(stored.content.path)
        return
    except NotImplementedError:
        pass  # no local disk: the copy below
    with tempfile.NamedTemporaryFile(prefix="fondouk-") as copy:
        with stored.content.open("rb") as content:
            shutil.copyfileobj(content, copy, 1 << 20)
        copy.flush()
        yield Path(copy.name)
