"""Somebody who is erased is erased from uploaded books, their previews and the reports of imports as well."""

from __future__ import annotations

import io
import json
import zipfile

import pytest
from django.core.files.base import ContentFile

from fondouk.files.models import StoredFile
from fondouk.imports.models import Book, Import, ImportedChange
from fondouk.jobs.models import Job, JobOutcome
from fondouk.people.actions import erase_person
from tests.factories import BookFactory, ImportFactory, JobFactory, PersonEmailFactory, PersonFactory

pytestmark = pytest.mark.django_db


def read_book(rows: str) -> Book:
    """A book with its preview, as the job that reads one leaves it."""
    book = BookFactory()
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("0.json", json.dumps([{"changes": rows}]))
    file = StoredFile(name="preview.zip", content_type="application/zip", size=1, sha256="x")
    file.content.save("preview.zip", ContentFile(out.getvalue()), save=False)
    file.save()
    job = JobFactory(kind="imports.read", parameters={"book": book.pk})
    JobOutcome.objects.create(job=job, outcome="done", file=file)
    return book


def test_books_that_name_them_go_with_their_previews() -> None:
    person = PersonEmailFactory(person__name="Ilham Bennis", address="ilham@riwaq.example").person
    named, written_to, other = (read_book(text) for text in ("ILHAM BENNIS", "Ilham@Riwaq.example", "Zerbia"))
    previews = [job.outcome.file for job in Job.objects.order_by("created_at")]
    erase_person(person, by=None)
    assert list(Book.objects.all()) == [other]
    assert [StoredFile.objects.filter(pk=file.pk).exists() for file in previews] == [False, False, True]
    assert not StoredFile.objects.filter(pk__in=[named.file_id, written_to.file_id]).exists()


def test_an_export_made_before_goes() -> None:
    file = StoredFile(name="x.xlsx", content_type="application/zip", size=1, sha256="x")
    file.content.save("x.xlsx", ContentFile(b"x"), save=False)
    file.save()
    JobOutcome.objects.create(job=JobFactory(kind="imports.export"), outcome="done", file=file)
    erase_person(PersonFactory(name="Ilham Bennis"), by=None)
    assert not Job.objects.exists() and not StoredFile.objects.exists()


def test_the_book_an_import_wrote_them_from_goes_and_the_import_stays() -> None:
    person = PersonFactory(name="Ilham Bennis")
    run = ImportFactory(book=BookFactory())
    ImportedChange.objects.create(
        run=run, model="people.person", record=person.pk, after={"name": "Ilham Bennis"}
    )
    ImportedChange.objects.create(
        run=run,
        model="people.personemail",
        record=1,
        after={"person_id": person.pk, "address": "ilham@riwaq.example"},
    )
    erase_person(person, by=None)
    run.refresh_from_db()
    assert run.book is None and not Book.objects.exists()
    assert [change.after for change in run.changes.all()] == [
        {"name": "—"},
        {"person_id": person.pk, "address": "—"},
    ]


def test_reports_keep_their_shape_without_them() -> None:
    person = PersonEmailFactory(address="ilham@riwaq.example").person
    entry = {"sheet": "Entreprises", "row": 8, "value": "ilham@riwaq.example;", "code": "email"}
    ImportFactory(book=None, report={"sheets": [{"warnings": [entry]}], "totals": {"jobs": 4}})
    erase_person(person, by=None)
    kept = Import.objects.get().report
    assert kept == {"sheets": [{"warnings": [{**entry, "value": "—"}]}], "totals": {"jobs": 4}}


def test_a_short_name_takes_no_book_with_it() -> None:
    book = read_book("Ali Baba Studio")
    erase_person(PersonFactory(name="Ali", phone=""), by=None)
    assert list(Book.objects.all()) == [book]
