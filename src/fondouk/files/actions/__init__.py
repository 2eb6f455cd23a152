"""Receiving files, keeping those the house makes itself, letting them go."""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from typing import Any

from django.core.files.base import ContentFile, File
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from fondouk.files.models import StoredFile
from fondouk.files.names import safe_name
from fondouk.files.sniffing import CSV, DOCX, IMAGES, ODP, ODS, ODT, PDF, PPTX, XLSX, content_type
from fondouk.people.models import Person

MEBIBYTE = 1024 * 1024
DOCUMENT_LIMIT = 20 * MEBIBYTE

DOCUMENTS = frozenset({PDF, DOCX, XLSX, PPTX, ODT, ODS, ODP, CSV}) | IMAGES
"""What people may attach. Nothing that a browser would run, nothing with macros."""


class FileRefused(Exception):
    """`code`: "empty", "large" or "type"; its text is for people."""

    SENTENCES = {
        "empty": _("This file is empty."),
        "large": _("This file is too large."),
        "type": _("Files of this type are not accepted. PDF, images and office documents are."),
    }

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code

    def __str__(self) -> str:
        return str(self.SENTENCES[self.code])


@transaction.atomic
def store_file(
    upload: File[bytes],
    *,
    by: Person | None,
    accepted: Collection[str] = DOCUMENTS,
    limit: int = DOCUMENT_LIMIT,
) -> StoredFile:
    """Keep an upload. Raises `FileRefused` before a byte is written when it is empty, too large or of another type."""
    if not upload.size:
        raise FileRefused("empty")
    if upload.size > limit:
        raise FileRefused("large")
    kind = content_type(upload, str(upload.name or ""))
    if kind not in accepted:
        raise FileRefused("type")
    return _keep(upload, safe_name(str(upload.name or ""), kind), kind, by)


@transaction.atomic
def keep_made(content: bytes, *, name: str, kind: str, by: Person | None) -> StoredFile:
    """Keep a file that the house made itself: an export, a report. Its type is what we say it is."""
    return _keep(ContentFile(content), safe_name(name, kind), kind, by)


def _keep(content: File[bytes], name: str, kind: str, by: Person | None) -> StoredFile:
    digest = hashlib.sha256()
    for chunk in content.chunks():
        digest.update(chunk)
    content.seek(0)
    stored = StoredFile(
        name=name, content_type=kind, size=content.size, sha256=digest.hexdigest(), uploaded_by=by
    )
    stored.content.save(name, content, save=False)
    stored.save()
    return stored


def delete_file(stored: StoredFile) -> None:
    """Remove the row, and the bytes once that is certain."""
    storage, name = stored.content.storage, str(stored.content.name)

    def remove() -> Any:
        return storage.delete(name)

    with transaction.atomic():
        stored.delete()
        transaction.on_commit(remove)
