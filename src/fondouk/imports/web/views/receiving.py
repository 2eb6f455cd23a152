"""Uploading a workbook, or taking one up again."""

from __future__ import annotations

from django import forms
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_POST

from fondouk.files.actions import FileRefused, keep_made, store_file
from fondouk.imports.actions import receive_book
from fondouk.imports.jobs import read_book
from fondouk.imports.models import Book
from fondouk.imports.schema import kinds
from fondouk.imports.web.forms.book import ACCEPTED, BookForm
from fondouk.imports.web.uploads import MeasuringHandler
from fondouk.imports.workbooks import MAX_BYTES
from fondouk.imports.workbooks.opening import REASONS
from fondouk.people.rules import required
from fondouk.ui.registry import registry
from fondouk.ui.toasts import toast


@csrf_exempt  # so that the handler stands before anything is read; `_import_new` checks the token
@require_http_methods(["GET", "HEAD", "POST"])
@required("imports.run")
def import_new(request: HttpRequest) -> HttpResponse:
    handler = MeasuringHandler(request)
    request.upload_handlers.insert(0, handler)
    return _import_new(request, handler)


import_new.takes_large_bodies = True


@csrf_protect
def _import_new(request: HttpRequest, handler: MeasuringHandler) -> HttpResponse:
    form = BookForm()
    status = 200
    if request.method == "POST":
        form = BookForm(request.POST, request.FILES)
        if handler.too_large:
            form.errors["file"] = form.error_class([str(REASONS["too large"])], renderer=form.renderer)
        elif form.is_valid() and (book := _receive(request, form)):
            return redirect("book", book.pk)
        status = 422
    context = {
        "form": form,
        "kinds": kinds(),
        "megabytes": MAX_BYTES // 1024**2,
        "top": registry.rendered_panels(request, "imports:top", None),
    }
    return render(request, "imports/new.html", context, status=status)


def _receive(request: HttpRequest, form: forms.Form) -> Book | None:
    try:
        with transaction.atomic():
            stored = store_file(
                form.cleaned_data["file"], by=request.user.person, accepted=ACCEPTED, limit=MAX_BYTES
            )
            book = receive_book(stored, by=request.user.person)
            read_book(book, by=request.user.person)
            return book
    except FileRefused as refused:
        form.add_error("file", str(refused))
        return None


@require_POST
@required("imports.run")
def copy(request: HttpRequest, pk: int) -> HttpResponse:
    """The same book once more, after it was undone: an upload is imported once."""
    book = get_object_or_404(Book.objects.select_related("file"), pk=pk)
    try:
        with book.file.content.open("rb") as content:
            found = content.read()
    except FileNotFoundError:
        toast(request, _("The file is no longer there: upload it again."), tone="warn")
        return redirect("import_new")
    with transaction.atomic():
        stored = keep_made(found, name=book.file.name, kind=book.file.content_type, by=request.user.person)
        again = receive_book(stored, by=request.user.person)
        again.mapping = book.mapping
        again.save(update_fields=["mapping"])
        read_book(again, by=request.user.person)
    return redirect("book", again.pk)
