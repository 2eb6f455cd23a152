"""Letting go of uploaded books: their time is over, or somebody in them asked to be forgotten.

What an import wrote stays, and so does its undo: the kept values lie apart from the book.
"""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterable, Iterator
from datetime import datetime

from django.db.models import QuerySet, TextField
from django.db.models.functions import Cast

from fondouk.files.actions import delete_file
from fondouk.imports.models import Book, Import
from fondouk.jobs.actions.retention import remove_jobs
from fondouk.jobs.models import Job, JobOutcome
from fondouk.jobs.models.job import JobQuerySet
from fondouk.people.privacy import mentions, without


def uploaded(before: datetime) -> QuerySet[Book]:
    return Book.objects.filter(uploaded_at__lt=before)


def remove_book(book: Book) -> None:
    """The upload, its previews, and the jobs that read and wrote it. A job under way ends by finding no book."""
    file = book.file
    remove_jobs(list(_jobs_of(book).told()))
    book.delete()
    delete_file(file)


def remove_uploaded(before: datetime) -> int:
    books = list(uploaded(before).select_related("file"))
    for book in books:
        remove_book(book)
    return len(books)


def _jobs_of(book: Book) -> JobQuerySet:
    return Job.objects.filter(kind__startswith="imports.", parameters__book=book.pk)


def forget_words(words: Iterable[str], written_by: Iterable[int]) -> None:
    """Remove each book whose preview holds one of these words (a name, an address, a telephone number) or that one of
    the imports `written_by` came from, and put a dash for the words in what is kept of every import. Exports made before
    hold everybody: they go too.
    """
    wanted = set(words)
    runs = set(written_by)
    for book in Book.objects.select_related("file"):
        run = Import.objects.filter(book=book).first()
        if (run and run.pk in runs) or _mentions(book, wanted):
            remove_book(book)
    if wanted:
        # A copy of everything that was made before; another is made in a minute.
        remove_jobs(list(Job.objects.filter(kind="imports.export").told()))
    for run in Import.objects.annotate(told=Cast("report", TextField())):
        if mentions(run.told, wanted):
            run.report = without(run.report, wanted)
            run.save(update_fields=["report"])


def _mentions(book: Book, words: set[str]) -> bool:
    """Whether a preview of the book says one of these words; a book that was never read is not known to."""
    finished = (job.outcome for job in _jobs_of(book).told() if job.is_finished)
    return any(mentions(text, words) for outcome in finished for text in _texts(outcome))


def _texts(outcome: JobOutcome) -> Iterator[str]:
    yield json.dumps(outcome.result, ensure_ascii=False)
    if outcome.file is None:
        return
    try:
        with outcome.file.content.open("rb") as content, zipfile.ZipFile(content) as archive:
            for name in archive.namelist():
                yield json.dumps(json.loads(archive.read(name)), ensure_ascii=False)
    except FileNotFoundError:
        return  # storage lost it: there is nothing to read
