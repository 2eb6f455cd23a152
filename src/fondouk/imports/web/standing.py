"""Where a book stands: read, seen, written, taken back. Told by its jobs and by its `Import`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import TextChoices
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fondouk.imports.jobs import APPLY, READ
from fondouk.imports.models import Book, Import
from fondouk.imports.previews import Preview
from fondouk.imports.workbooks.opening import REASONS
from fondouk.jobs.enums import State
from fondouk.jobs.models import Job


class Phase(TextChoices):
    READING = "reading", gettext_lazy("Being read")
    UNREADABLE = "unreadable", gettext_lazy("Unreadable")
    STOPPED = "stopped", gettext_lazy("Reading stopped")
    READY = "ready", gettext_lazy("To confirm")
    NOTHING = "nothing", gettext_lazy("Nothing new")
    APPLYING = "applying", gettext_lazy("Being imported")
    APPLIED = "applied", gettext_lazy("Imported")
    UNDONE = "undone", gettext_lazy("Undone")


TONES = {
    Phase.READING: "info",
    Phase.UNREADABLE: "danger",
    Phase.STOPPED: "neutral",
    Phase.READY: "warn",
    Phase.NOTHING: "neutral",
    Phase.APPLYING: "info",
    Phase.APPLIED: "ok",
    Phase.UNDONE: "neutral",
}


@dataclass
class Standing:
    book: Book
    reading: Job | None
    applying: Job | None

    @cached_property
    def run(self) -> Import | None:
        return getattr(self.book, "applied", None)

    @cached_property
    def phase(self) -> Phase:
        if self.run is not None:
            return Phase.UNDONE if getattr(self.run, "undo", None) else Phase.APPLIED
        if self.applying is not None and not self.applying.is_finished:
            return Phase.APPLYING
        if self.reading is None:
            return Phase.STOPPED
        if not self.reading.is_finished:
            return Phase.READING
        if self.reading.state == State.REFUSED:
            return Phase.UNREADABLE
        if self.reading.state != State.DONE:
            return Phase.STOPPED
        preview = self.preview
        is_clear = preview is not None and not preview.changes and not preview.counts["refused"]
        return Phase.NOTHING if is_clear and preview is not None and preview.understood else Phase.READY

    @property
    def tone(self) -> str:
        return TONES[self.phase]

    @cached_property
    def preview(self) -> Preview | None:
        if (
            self.reading is None
            or self.reading.state != State.DONE
            or "effects" not in self.reading.outcome.result
        ):
            return None
        return Preview(self.reading.outcome.result, self.reading.outcome.file)

    @property
    def job(self) -> Job | None:
        """The one under way."""
        if self.phase == Phase.APPLYING:
            return self.applying
        return self.reading if self.phase == Phase.READING else None

    @property
    def refusal(self) -> str:
        """Why the file cannot be read."""
        assert self.reading is not None  # noqa: S101
        code = self.reading.outcome.result.get("unreadable", "broken")
        return str(REASONS.get(code, REASONS["broken"]))

    @property
    def word(self) -> tuple[str, str]:
        """What the last try to write it came to, unless it did: (tone, sentence)."""
        if self.applying is None or not self.applying.is_finished or self.run is not None:
            return "", ""
        if self.reading is not None and self.reading.created_at > self.applying.outcome.at:
            return "", ""  # somebody had it read again since
        if self.applying.state == State.FAILED:
            return "danger", _("A fault stopped the import. Nothing was written: you may try again.")
        if self.applying.state == State.CANCELLED:
            return "info", _("The import was cancelled. Nothing was written.")
        if self.applying.state == State.REFUSED:
            return "warn", _(
                "The data changed since the preview: nothing was written. Here is the new preview."
            )
        return "info", _("Nothing was to be written: everything in this book is known already.")

    @property
    def steps(self) -> list[dict[str, Any]]:
        """Understood, seen, written."""
        at = {
            Phase.READING: 0,
            Phase.UNREADABLE: 0,
            Phase.STOPPED: 0,
            Phase.APPLYING: 2,
            Phase.APPLIED: 3,
            Phase.UNDONE: 3,
        }.get(self.phase, 1)
        return steps(self.book, at, is_open=self.run is None)


def steps(book: Book, at: int, *, is_open: bool = True) -> list[dict[str, Any]]:
    labels = (_("What was understood"), _("Preview"), _("Import"))
    urls = (reverse("book_mapping", args=[book.pk]) if is_open else "", reverse("book", args=[book.pk]), "")
    return [
        {"label": label, "url": url, "state": "done" if place < at else "now" if place == at else "next"}
        for place, (label, url) in enumerate(zip(labels, urls, strict=True))
    ]


def standing_of(book: Book) -> Standing:
    return standings([book])[0]


def standings(books: Iterable[Book]) -> list[Standing]:
    """Two queries for a whole list."""
    books = list(books)
    latest: dict[tuple[str, int], Job] = {}
    jobs = Job.objects.filter(kind__in=(READ, APPLY), parameters__book__in=[book.pk for book in books])
    for job in jobs.told().order_by("created_at"):
        latest[job.kind, job.parameters["book"]] = job
    return [Standing(book, latest.get((READ, book.pk)), latest.get((APPLY, book.pk))) for book in books]
