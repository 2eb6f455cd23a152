"""Documents and notes of a company."""

from __future__ import annotations

from datetime import date

from django.core.files.base import File
from django.db import transaction

from fondouk.audit.actions import record
from fondouk.companies import verbs
from fondouk.companies.models import Company, CompanyDocument, CompanyNote
from fondouk.files.actions import delete_file, store_file
from fondouk.people.models import Person


@transaction.atomic
def add_document(
    company: Company,
    upload: File[bytes],
    *,
    title: str,
    kind: str,
    expires_on: date | None = None,
    is_for_members: bool = True,
    by: Person | None,
) -> CompanyDocument:
    """Raises `files.actions.FileRefused` for what is not a document."""
    document = CompanyDocument.objects.create(
        company=company,
        file=store_file(upload, by=by),
        title=title,
        kind=kind,
        expires_on=expires_on,
        is_for_members=is_for_members,
        added_by=by,
    )
    record(verbs.DOCUMENT_ADDED, company, by=by, title=title)
    return document


@transaction.atomic
def change_document(document: CompanyDocument, *, fields: list[str], by: Person | None) -> CompanyDocument:
    """Save the `fields` already set on `document`."""
    document.save(update_fields=fields)
    record(verbs.DOCUMENT_CHANGED, document.company, by=by, title=document.title)
    return document


@transaction.atomic
def remove_document(document: CompanyDocument, *, by: Person | None) -> None:
    locked = CompanyDocument.objects.select_for_update().get(pk=document.pk)
    stored, company, title = locked.file, locked.company, locked.title
    locked.delete()
    delete_file(stored)
    record(verbs.DOCUMENT_REMOVED, company, by=by, title=title)


@transaction.atomic
def write_note(company: Company, text: str, *, by: Person | None) -> CompanyNote:
    note = CompanyNote.objects.create(company=company, text=text, written_by=by)
    record(verbs.NOTE_WRITTEN, company, by=by, text=text[:140], note=note.pk)
    return note
