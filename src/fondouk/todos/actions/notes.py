"""Noting who deals with items and until when they are put off."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from fondouk.audit.actions import a_day, a_word, record_many
from fondouk.people.models import Person
from fondouk.todos import verbs
from fondouk.todos.models import Note
from fondouk.todos.registry import Source

KEPT_FOR = timedelta(days=180)
"""A note that nobody touched for so long is forgotten, also where its item still waits."""

Chosen = Sequence[tuple[Source, Any]]
"""Records with the source that they are items of."""


@transaction.atomic
def assign_items(chosen: Chosen, person: Person | None, *, by: Person | None) -> int:
    """`person` deals with these from now on; None: nobody in particular. How many have changed."""
    changed = _note(chosen, "assignee", person, by)
    facts = {"person": {"person": person.pk}} if person else {}
    _tell(verbs.ASSIGNED if person else verbs.FREED, changed, facts, by)
    return len(changed)


@transaction.atomic
def put_off_items(chosen: Chosen, until: date | None, *, by: Person | None) -> int:
    """They are not shown before that day; None: they are shown again. How many have changed."""
    changed = _note(chosen, "until", until, by)
    _tell(verbs.PUT_OFF if until else verbs.WOKEN, changed, {"until": a_day(until)} if until else {}, by)
    return len(changed)


def _note(chosen: Chosen, field: str, value: Any, by: Person | None) -> list[tuple[Source, Any]]:
    """Set `field` of the note of each; a note that says nothing any more goes."""
    wanted = {(source.code, str(row.pk)): (source, row) for source, row in chosen}
    named = Q()
    for code, key in wanted:
        named |= Q(source=code, key=key)
    if not wanted:
        return []
    now = timezone.now()
    if value is not None:
        # Made first, so that two at once meet at one row.
        Note.objects.bulk_create(
            [Note(source=code, key=key, noted_by=by, **{field: value}) for code, key in sorted(wanted)],
            ignore_conflicts=True,
        )
    changed = []
    for note in Note.objects.filter(named).select_for_update(of=("self",)).order_by("source", "key"):
        is_new = note.noted_at >= now and getattr(note, field) == value
        if getattr(note, field) == value and not is_new:
            continue
        changed.append(wanted[note.source, note.key])
        setattr(note, field, value)
        if note.assignee_id is None and note.until is None:
            note.delete()
            continue
        note.noted_by, note.noted_at = by, now
        note.save(update_fields=[field, "noted_by", "noted_at"])
    return changed


def _tell(verb: str, changed: Chosen, facts: dict[str, Any], by: Person | None) -> None:
    record_many([(verb, (row,), {"what": a_word(source.label), **facts}) for source, row in changed], by=by)


@transaction.atomic
def forget_old() -> int:
    """Notes that nobody has touched for half a year."""
    gone, _details = Note.objects.filter(noted_at__lt=timezone.now() - KEPT_FOR).delete()
    return gone
