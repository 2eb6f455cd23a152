"""Publishing the figures of a year, and withdrawing what was published."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from fondouk.audit.actions import record
from fondouk.impact import verbs
from fondouk.impact.models import Edition
from fondouk.impact.queries.declared import declared
from fondouk.impact.queries.public import (
    Earlier,
    kept,
    read_again,
    shown,
    strip_contributions,
    told_again,
)
from fondouk.impact.queries.report import Report, work_out
from fondouk.impact.queries.scope import Scope
from fondouk.people.models import Person

PUBLISHING = 0x0F0D_0004
"""The key of the advisory lock: two editions of one year are compared one after the other."""


class TooFewChanged(Exception):
    """So few companies said something else since the last edition that the difference would tell what they said."""

    def __init__(self, companies: int) -> None:
        super().__init__(companies)
        self.companies = companies


@dataclass(frozen=True)
class Draft:
    """What an edition of the year would hold if it were published at `known_on`."""

    year: int
    known_on: datetime
    content: Report
    shown: Report
    replaces: Edition | None
    """The edition that the public reads until then."""

    @property
    def digest(self) -> str:
        """Of what would be frozen, whenever it is worked out: who confirms has seen this and nothing else."""
        when = {"as_of": None}
        said = [{**self.content, **when}, {**self.shown, **when}, self.replaces and self.replaces.pk]
        text = json.dumps(said, sort_keys=True, default=str)
        return hashlib.sha256(text.encode()).hexdigest()[:32]


class Changed(Exception):
    """Not what was looked at before: `draft` is what would be published now."""

    def __init__(self, draft: Draft) -> None:
        super().__init__()
        self.draft = draft


def draft_edition(year: int, *, known_on: datetime | None = None) -> Draft:
    """The figures of the whole network for that year as they are known now, or as they were known then.

    Nothing is written.

    Cells that would tell what a company said beside an earlier edition of the year, withdrawn or not, are hidden. Raises
    `TooFewChanged` where a total would: then all of it waits.
    """
    known_on = known_on or timezone.now()
    scope = Scope(year, timezone.localdate(known_on), as_of=known_on)
    made = work_out(scope, with_contributions=True)
    earlier = [
        Earlier(one.shown, read_again(one.content.get("companies", [])))
        for one in Edition.objects.filter(year=year).order_by("pk")
    ]
    public = shown(made, earlier)
    for one in earlier:
        if few := told_again(made, public, one):
            raise TooFewChanged(few)
    _keep_to_what_was_published(public, year)
    strip_contributions(made)
    content: Report = {**made, "companies": kept(declared(scope))}
    replaces = Edition.objects.public().filter(year=year).first()
    return Draft(year, known_on, content, public, replaces)


@transaction.atomic
def publish_edition(
    year: int, *, note: str = "", by: Person | None, seen: str | None = None, at: datetime | None = None
) -> Edition:
    """What `draft_edition` gives, for good. The edition of the year that was public is withdrawn: this one replaces it.

    `seen` is the digest of the draft that was looked at. Raises `TooFewChanged` as `draft_edition` does, and `Changed`
    where something else would be published than was seen. `at`: it happened then, and with what was known then.
    """
    _one_after_the_other()
    draft = draft_edition(year, known_on=at)
    if seen is not None and seen != draft.digest:
        raise Changed(draft)
    if draft.replaces is not None:
        Edition.objects.filter(pk=draft.replaces.pk).update(withdrawn_at=draft.known_on, withdrawn_by=by)
    edition = Edition.objects.create(
        year=year,
        known_on=draft.known_on,
        published_at=at or timezone.now(),
        content=draft.content,
        shown=draft.shown,
        note=note,
        published_by=by,
    )
    if draft.replaces is not None:
        Edition.objects.filter(pk=draft.replaces.pk).update(replaced_by=edition)
        record(verbs.EDITION_REPLACED, draft.replaces, by=by, year=year)
    record(verbs.EDITION_PUBLISHED, edition, by=by, year=year)
    return edition


def _one_after_the_other() -> None:
    """Whoever else makes an edition public waits until this transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [PUBLISHING])


def _keep_to_what_was_published(public: Report, year: int) -> None:
    """Of other years the public reads what their own edition said, and nothing where there is none: the same year worked
    out on two days would tell what the companies that answered in between said.
    """
    known: dict[int, Any] = {}
    for earlier in Edition.objects.public().exclude(year=year).order_by("pk"):
        known[earlier.year] = next(
            (row for row in earlier.shown["by_year"] if row["year"] == earlier.year), None
        )
    for row in public["by_year"]:
        if row["year"] != year:
            row["declared"] = (known.get(row["year"]) or {}).get("declared", {})


@transaction.atomic
def withdraw_edition(edition: Edition, *, by: Person | None) -> Edition:
    """The public no longer reads it; it stays in the house. Nothing for one that is withdrawn."""
    locked = Edition.objects.select_for_update().get(pk=edition.pk)
    if locked.withdrawn_at is None:
        locked.withdrawn_at, locked.withdrawn_by = timezone.now(), by
        locked.save(update_fields=["withdrawn_at", "withdrawn_by"])
        record(verbs.EDITION_WITHDRAWN, locked, by=by, year=locked.year)
    return locked


@transaction.atomic
def show_edition_again(edition: Edition, *, by: Person | None) -> bool:
    """Undo its withdrawal by hand. False, and nothing, where another edition of the year took its place."""
    _one_after_the_other()
    locked = Edition.objects.select_for_update().get(pk=edition.pk)
    if (
        locked.replaced_by_id
        or Edition.objects.public().filter(year=locked.year).exclude(pk=locked.pk).exists()
    ):
        return False
    if locked.withdrawn_at is not None:
        locked.withdrawn_at = locked.withdrawn_by = None
        locked.save(update_fields=["withdrawn_at", "withdrawn_by"])
        record(verbs.EDITION_SHOWN_AGAIN, locked, by=by, year=locked.year)
    return True
