"""What imports bring to the console, and who may have the books back."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from fondouk.files.models import StoredFile
from fondouk.imports.models import Book
from fondouk.ui.registry import MenuEntry, register

register(
    MenuEntry(
        shell="staff",
        group="settings",
        label=_("Imports"),
        route="imports",
        icon="table-import",
        order=50,
        permission="imports.run",
    )
)


def may_read_book(account: Any, stored: StoredFile) -> bool:
    """A workbook somebody uploaded: whoever may import."""
    return bool(account.has_perm("imports.run")) and Book.objects.filter(file=stored).exists()
