"""Files, jobs, mail and imports: what the frameworks keep."""

from __future__ import annotations

import hashlib
from typing import Any

import factory
from django.core.files.base import ContentFile
from django.utils import timezone

from fondouk.files.models import StoredFile
from fondouk.imports.models import Book, Import
from fondouk.jobs.enums import Outcome
from fondouk.jobs.models import Job, JobOutcome, JobProgress
from fondouk.mail.models import Message

from .people import PersonFactory

PDF = b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


class StoredFileFactory(factory.django.DjangoModelFactory[StoredFile]):
    """A small PDF, its bytes in the storage of the test run."""

    class Meta:
        model = StoredFile

    class Params:
        data = PDF

    name = "document.pdf"
    content_type = "application/pdf"
    content = factory.LazyAttribute(lambda row: ContentFile(row.data, name=row.name))
    size = factory.LazyAttribute(lambda row: len(row.data))
    sha256 = factory.LazyAttribute(lambda row: hashlib.sha256(row.data).hexdigest())


class BookFactory(factory.django.DjangoModelFactory[Book]):
    class Meta:
        model = Book

    file = factory.SubFactory(
        StoredFileFactory,
        name="classeur.csv",
        content_type="text/csv",
        data="Société;ICE\nKhettara;\n".encode(),
    )


class ImportFactory(factory.django.DjangoModelFactory[Import]):
    class Meta:
        model = Import

    name = "classeur.csv"
    sha256 = factory.Sequence(lambda n: hashlib.sha256(str(n).encode()).hexdigest())
    report = factory.LazyFunction(lambda: {"workbook": "classeur.csv", "totals": {}, "sheets": []})


class JobFactory(factory.django.DjangoModelFactory[Job]):
    class Meta:
        model = Job

    kind = "imports.import"
    label = "classeur.csv"
    started_by = factory.SubFactory(PersonFactory)


def finished_job(outcome: str = Outcome.values[0], **job: Any) -> Job:
    """A job with its progress and its outcome."""
    made = JobFactory(**job)
    JobProgress.objects.create(job=made, done=10, total=10)
    JobOutcome.objects.create(job=made, outcome=outcome)
    return made


class MessageFactory(factory.django.DjangoModelFactory[Message]):
    class Meta:
        model = Message

    to = factory.Sequence(lambda n: f"reader{n}@example.com")
    kind = "people.invitation"
    language = "fr"
    subject = "Votre compte"
    text = "Bonjour,\n\nvotre compte est ouvert.\n"
    message_id = factory.Sequence(lambda n: f"<{n}.{timezone.now().timestamp()}@example.com>")
