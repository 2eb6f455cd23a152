"""Receiving files."""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from pathlib import PurePath
from typing import Any

import filetype
from django.core.files.base import File
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from fondouk.files.models import StoredFile
from fondouk.people.models import Person

MEBIBYTE = 1024 * 1024
DOCUMENT_LIMIT = 20 * MEBIBYTE

PDF = "application/pdf"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PPTX = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
ODS = "application/vnd.oasis.opendocument.spreadsheet"
ODT = "application/vnd.oasis.opendocument.text"
CSV = "text/csv"

DOCUMENTS = frozenset({PDF, DOCX, XLSX, PPTX, ODT, ODS, "image/png", "image/jpeg", "image/webp", CSV})
"""What people may attach. Nothing that a browser would run."""

ENDINGS = {
    PDF: (".pdf",),
    DOCX: (".docx",),
    XLSX: (".xlsx", ".xlsm"),
    PPTX: (".pptx",),
    ODT: (".odt",),
    ODS: (".ods",),
    CSV: (".csv", ".txt"),
    "image/png": (".png",),
    "image/jpeg": (".jpg", ".jpeg"),
    "image/webp": (".webp",),
}


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


def content_type(head: bytes, name: str) -> str:
    """The type that the first bytes show. Where bytes say only "archive" or "text", the ending decides between them.

    Unknown content is "application/octet-stream", whatever its name pretends.
    """
    ending = PurePath(name).suffix.lower()
    by_ending = next((kind for kind, endings in ENDINGS.items() if ending in endings), "")
    found = filetype.guess_mime(head)
    if found == "application/zip" or (found and "opendocument" in found) or (found and "openxml" in found):
        return by_ending if by_ending in {DOCX, XLSX, PPTX, ODT, ODS} else "application/octet-stream"
    if found:
        return str(found)
    if by_ending == CSV and b"\x00" not in head and not head.lstrip()[:1] == b"<":
        return CSV
    return "application/octet-stream"


@transaction.atomic
def store_file(
    upload: File[bytes],
    *,
    by: Person | None,
    accepted: Collection[str] = DOCUMENTS,
    limit: int = DOCUMENT_LIMIT,
) -> StoredFile:
    """Keep an upload. Raises `FileRefused` before a byte is written when it is empty, too large or of another type."""
    name = PurePath(str(upload.name or "file").replace("\\", "/")).name.replace("\x00", "")[:255] or "file"
    if not upload.size:
        raise FileRefused("empty")
    if upload.size > limit:
        raise FileRefused("large")
    upload.seek(0)
    kind = content_type(upload.read(8192), name)
    if kind not in accepted:
        raise FileRefused("type")
    upload.seek(0)
    digest = hashlib.sha256()
    for chunk in upload.chunks():
        digest.update(chunk)
    upload.seek(0)
    stored = StoredFile(
        name=name, content_type=kind, size=upload.size, sha256=digest.hexdigest(), uploaded_by=by
    )
    stored.content.save(name, upload, save=False)
    stored.save()
    return stored


def delete_file(stored: StoredFile) -> None:
    """Remove the row, and the bytes once that is certain."""
    storage, name = stored.content.storage, stored.content.name

    def remove() -> Any:
        return storage.delete(name)

    with transaction.atomic():
        stored.delete()
        transaction.on_commit(remove)
