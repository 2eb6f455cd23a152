"""Writing to the audit."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pghistory.runtime
from django.db import models
from django.utils import translation

from fondouk.audit.models import Entry
from fondouk.audit.models.entry import reference
from fondouk.people.models import Person


def record(verb: str, *subjects: models.Model, by: Person | None, **facts: Any) -> Entry:
    """One line: `by` did `verb` to `subjects`. Call it inside the transaction of the act itself.

    `by` is None for what the system does on its own. `facts` must be JSON; name a person as `{"person": pk}`, and see
    `a_word` and `a_day` for what is told in the language of whoever reads it.
    """
    line = entry(verb, *subjects, by=by, **facts)
    line.save()
    return line


def entry(
    verb: str, *subjects: models.Model, by: Person | None, at: datetime | None = None, **facts: Any
) -> Entry:
    """A line as `record` writes it, not written yet. `at`: when it was done, where that was not now."""
    line = Entry(**_fields(verb, subjects, by, facts))
    if at is not None:
        line.at = at
    return line


def a_word(label: Any) -> dict[str, str]:
    """A fact that is a word of ours (the lazy label of a choice): told in the language of whoever reads it."""
    with translation.override(None):
        return {"word": str(label)}


def a_day(day: date | None) -> dict[str, str]:
    """A fact that is a day, None when nobody knows it."""
    return {"day": day.isoformat() if day else ""}


def record_many(
    lines: list[tuple[str, tuple[models.Model, ...], dict[str, Any]]], *, by: Person | None
) -> None:
    """Many lines at once, for an act on many records: `(verb, subjects, facts)` each."""
    Entry.objects.bulk_create(
        [Entry(**_fields(verb, subjects, by, facts)) for verb, subjects, facts in lines], batch_size=2000
    )


def _fields(
    verb: str, subjects: tuple[models.Model, ...], by: Person | None, facts: dict[str, Any]
) -> dict[str, Any]:
    context = getattr(pghistory.runtime._tracker, "value", None)
    return {
        "verb": verb,
        "actor": by,
        "subjects": [reference(subject) for subject in subjects],
        "facts": facts,
        "context": context.id if context else None,
    }
