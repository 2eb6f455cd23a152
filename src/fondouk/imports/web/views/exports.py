"""What can be taken away: the report of a book, its refused rows, an empty workbook, everything."""

from __future__ import annotations

import json

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.text import slugify
from django.views.decorators.http import require_POST, require_safe

from fondouk.files.sniffing import XLSX
from fondouk.imports.jobs import export_all
from fondouk.imports.previews import Preview
from fondouk.imports.web.sheets import refused_book, template_book
from fondouk.imports.web.standing import standing_of
from fondouk.people.rules import required

from .books import book_for_page


def _handed(content: bytes, name: str, kind: str) -> HttpResponse:
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "private, no-store"
    return response


def _preview(pk: int) -> tuple[Preview, str]:
    standing = standing_of(book_for_page(pk))
    if standing.preview is None:
        raise Http404
    stem = standing.book.file.name.rpartition(".")[0]
    return standing.preview, slugify(stem)[:60] or "book"


@require_safe
@required("imports.run")
def report(request: HttpRequest, pk: int) -> HttpResponse:
    """The report as `fondouk import --report` writes it, its sentences in the reader's language."""
    preview, stem = _preview(pk)
    content = json.dumps(preview.report(), ensure_ascii=False, indent=2).encode()
    return _handed(content, f"{stem}-report.json", "application/json")


@require_safe
@required("imports.run")
def refused(request: HttpRequest, pk: int) -> HttpResponse:
    """The refused rows as they were typed, each with what is wrong: to give back to whoever typed them."""
    preview, stem = _preview(pk)
    rows = preview.rows(preview.matching("refused"))
    if not rows:
        raise Http404
    return _handed(refused_book(preview, rows), f"{stem}-refused.xlsx", XLSX)


@require_safe
@required("imports.run")
def template(request: HttpRequest) -> HttpResponse:
    return _handed(template_book(), "fondouk.xlsx", XLSX)


@require_POST
@required("imports.run")
def export(request: HttpRequest) -> HttpResponse:
    job = export_all(by=request.user.person)
    return redirect("job", job.pk)
