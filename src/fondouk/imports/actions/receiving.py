"""Receiving a book in the console, and remembering what people say of its columns."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.db import transaction

from fondouk.files.models import StoredFile
from fondouk.imports.models import Book, HeaderMapping
from fondouk.imports.schema import KINDS, Meaning, UnknownField
from fondouk.lib.text import squash
from fondouk.people.models import Person


@transaction.atomic
def receive_book(file: StoredFile, *, by: Person | None) -> Book:
    return Book.objects.create(file=file, uploaded_by=by)


@transaction.atomic
def choose_mapping(book: Book, sheets: dict[str, Any], *, by: Person | None) -> Book:
    """Keep what a person chose for this book, and remember the meaning of each header for the next ones.

    `sheets` is `{sheet: {"kind": kind or "", "columns": {header: a `Meaning` as a word, or ""}}}`. Raises `UnknownField`
    for a kind or a field that does not exist.
    """
    for chosen in sheets.values():
        _check(chosen)
    book.mapping = sheets
    book.save(update_fields=["mapping"])
    for chosen in sheets.values():
        for header, written in chosen.get("columns", {}).items():
            if chosen.get("kind") and squash(header):
                said = Meaning.read(written)
                # The year is this book's: next year the same header is of another.
                HeaderMapping.objects.update_or_create(
                    kind=chosen["kind"],
                    header=squash(header)[:200],
                    defaults={"field": str(replace(said, year=None)), "set_by": by},
                )
    return book


def _check(chosen: dict[str, Any]) -> None:
    code = chosen.get("kind") or ""
    if not code:
        return
    if code not in KINDS:
        raise UnknownField(code, sorted(KINDS))
    for written in chosen.get("columns", {}).values():
        field = Meaning.read(written).field
        if field and not KINDS[code].has(field):
            raise UnknownField(field, [known.code for known in KINDS[code].fields])
