"""A list handed out as a file: the same rows as CSV and as XLSX, under a name that says what and of which day."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.http import Http404, HttpResponse
from django.utils import timezone
from django.utils.http import content_disposition_header

from fondouk.lib.sheets import XLSX, to_csv, to_xlsx


def sheet_response(
    form: str, name: str, headers: Sequence[str], rows: Iterable[Sequence[Any]]
) -> HttpResponse:
    """`form` is what the address says, "csv" or "xlsx"; anything else raises `Http404`. `name`: a noun, translated."""
    if form == "csv":
        answer = HttpResponse(to_csv(headers, rows), content_type="text/csv; charset=utf-8")
    elif form == "xlsx":
        answer = HttpResponse(to_xlsx(headers, rows, title=name), content_type=XLSX)
    else:
        raise Http404
    filename = f"{name}-{timezone.localdate():%Y-%m-%d}.{form}"
    answer["Content-Disposition"] = content_disposition_header(True, filename)
    return answer
