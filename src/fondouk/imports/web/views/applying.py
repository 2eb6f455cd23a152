"""Having a book read again, and having it written."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from fondouk.imports.gates import closed
from fondouk.imports.jobs import apply_book, read_book
from fondouk.imports.web.standing import Phase, standing_of
from fondouk.people.rules import required
from fondouk.ui.toasts import toast

from .books import book_for_page, denial


@require_POST
@required("imports.run")
def read_again(request: HttpRequest, pk: int) -> HttpResponse:
    standing = standing_of(book_for_page(pk))
    if standing.phase not in (Phase.READING, Phase.APPLYING, Phase.APPLIED, Phase.UNDONE):
        read_book(standing.book, by=request.user.person)
    return redirect("book", pk)


@require_POST
@required("imports.run")
def confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """Write what the preview shows, and nothing else: its fingerprint goes with the request."""
    standing = standing_of(book_for_page(pk))
    preview = standing.preview
    if standing.phase != Phase.READY or preview is None:
        return redirect("book", pk)
    if request.POST.get("fingerprint") != preview.digest["fingerprint"]:
        toast(request, _("The preview has changed since you opened the page. Look at it again."), tone="warn")
        return redirect("book", pk)
    leaves_out = request.POST.get("leave_out") == "1"
    if reason := closed() or denial(preview.changes, preview.counts["refused"], leaves_out=leaves_out):
        toast(request, reason, tone="warn")
        return redirect("book", pk)
    apply_book(
        standing.book,
        seen=preview.digest["fingerprint"],
        skip_refused=leaves_out,
        by=request.user.person,
    )
    return redirect("book", pk)
