"""Uploading a workbook: what can be seen to be wrong at once is said at once, beside the field."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from fondouk.files.names import safe_name
from fondouk.files.sniffing import CSV, ODS, UNKNOWN, XLSM, XLSX, content_type
from fondouk.imports.workbooks import MAX_BYTES, UnreadableBook, open_book
from fondouk.imports.workbooks.opening import REASONS

ACCEPTED = frozenset({XLSX, XLSM, ODS, CSV})
OPENED_AT_ONCE = 2 * 1024 * 1024
"""Smaller books are opened while the person waits, larger ones by the job."""
OLD_OFFICE = b"\xd0\xcf\x11\xe0"


class BookForm(forms.Form):
    file = forms.FileField(
        label=_("Choose a workbook or drop it here"),
        help_text=_("XLSX, ODS or CSV, 60 MB at most. Nothing is written before you have seen it."),
        allow_empty_file=True,
        max_length=400,
        error_messages={"required": _("Choose a workbook first.")},
        widget=forms.FileInput(attrs={"accept": ".xlsx,.xlsm,.ods,.csv,.txt"}),
    )

    def clean_file(self) -> UploadedFile:
        upload: UploadedFile = self.cleaned_data["file"]
        if not upload.size:
            raise forms.ValidationError(REASONS["empty"], "empty")
        if upload.size > MAX_BYTES:
            raise forms.ValidationError(REASONS["too large"], "too large")
        upload.seek(0)
        head = upload.read(8)
        kind = content_type(upload, str(upload.name))  # type: ignore[arg-type]
        # What looks like an old or a locked book is opened as well, to say which of the two it is.
        if kind == UNKNOWN and head[:4] not in (OLD_OFFICE, b"PK\x03\x04"):
            raise forms.ValidationError(REASONS["type"], "type")
        if kind not in ACCEPTED or upload.size <= OPENED_AT_ONCE:
            _try(upload)
        if kind not in ACCEPTED:
            raise forms.ValidationError(REASONS["type"], "type")
        upload.seek(0)
        return upload


def _try(upload: Any) -> None:
    upload.seek(0)
    with tempfile.NamedTemporaryFile(prefix="fondouk-") as copy:
        for chunk in upload.chunks():
            copy.write(chunk)
        copy.flush()
        try:
            open_book(Path(copy.name), safe_name(str(upload.name)))
        except UnreadableBook as unreadable:
            raise forms.ValidationError(str(unreadable), unreadable.code) from None
        finally:
            upload.seek(0)
