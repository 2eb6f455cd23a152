"""A list handed out as a file: the same rows as CSV and as XLSX, under a name that says what and of which day."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django.http import Http404, HttpResponse
from django.utils import timezone
from django.utils.http import content_disposition_header

from fondouk.lib.sheets import XLSX, to_csv, to_xlsx

Mark = Callable[[str], tuple[str, str]]
"""Of a file's name: the name it bears instead, and what stands in the file above everything; "" for nothing."""
MARKS: list[Mark] = []


def register(mark: Mark) -> Mark:
    """For an app above that has something to say of every list that leaves the house."""
    MARKS.append(mark)
    return mark


def sheet_response(
    form: str, name: str, headers: Sequence[str], rows: Iterable[Sequence[Any]]
) -> HttpResponse:
    """`form` is what the address says, "csv" or "xlsx"; anything else raises `Http404`. `name`: a noun, translated.

    What marks say stands above the header, where the importer looks for a banner: the file can be read back.
    """
    title, notes = name, []
    for mark in MARKS:
        name, note = mark(name)
        notes += [note] if note else []
    said = " ".join(notes)
    if form == "csv":
        answer = HttpResponse(to_csv(headers, rows, note=said), content_type="text/csv; charset=utf-8")
    elif form == "xlsx":
        answer = HttpResponse(to_xlsx(headers, rows, title=title, note=said), content_type=XLSX)
    else:
        raise Http404
    filename = f"{name}-{timezone.localdate():%Y-%m-%d}.{form}"
    answer["Content-Disposition"] = content_disposition_header(True, filename)
    return answer
