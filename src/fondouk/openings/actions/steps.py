"""Steps of an opening: added, changed, done."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any

from django.db import transaction

from fondouk.audit.actions import a_word, record
from fondouk.lib.saving import save
from fondouk.openings import verbs
from fondouk.openings.models import Opening, OpeningStep
from fondouk.openings.usual import USUAL
from fondouk.people.models import Person

BESIDE = {"opening_step_has_a_name": "title"}
BY_PERSONS = ("owner_id", "done_by_id")
OF_A_STEP = ("code", "title", "due_on", "done_on", *BY_PERSONS)


def _told(step: OpeningStep) -> dict[str, Any]:
    """Its name for the audit: a word of ours, or as somebody wrote it."""
    return {"step": step.title or a_word(USUAL[step.code].label)}


@transaction.atomic
def add_step(step: OpeningStep, *, by: Person) -> OpeningStep:
    """Raises `ValidationError` beside `title` where nothing is said."""
    save(step, beside=BESIDE)
    record(verbs.STEP_ADDED, step.opening.site, by=by, **_told(step))
    return step


@transaction.atomic
def change_step(step: OpeningStep, *, fields: Collection[str], by: Person) -> OpeningStep:
    """Save these fields, already set: what others wrote meanwhile in the rest stays."""
    save(step, beside=BESIDE, fields=fields)
    record(verbs.STEP_CHANGED, step.opening.site, by=by, **_told(step))
    return step


@transaction.atomic
def mark_done(step: OpeningStep, on: date, *, by: Person) -> bool:
    """Done once: whoever says it second changes nothing, and is told so by False."""
    is_first = bool(OpeningStep.objects.filter(pk=step.pk, done_on=None).update(done_on=on, done_by=by))
    if is_first:
        record(verbs.STEP_DONE, step.opening.site, by=by, **_told(step))
    return is_first


@transaction.atomic
def mark_undone(step: OpeningStep, *, by: Person) -> None:
    if OpeningStep.objects.filter(pk=step.pk, done_on__isnull=False).update(done_on=None, done_by=None):
        record(verbs.STEP_UNDONE, step.opening.site, by=by, **_told(step))


@transaction.atomic
def remove_step(step: OpeningStep, *, by: Person) -> None:
    record(verbs.STEP_REMOVED, step.opening.site, by=by, **_told(step))
    step.delete()


def step_kept(step: OpeningStep) -> dict[str, Any]:
    """All of a step, for `step_again`."""
    return {name: getattr(step, name) for name in OF_A_STEP}


def step_again(opening: Opening, kept: dict[str, Any]) -> OpeningStep:
    """The step as it was kept, not saved; without the persons that were erased meanwhile."""
    persons = [kept[name] for name in BY_PERSONS if kept[name]]
    known = set(Person.objects.filter(pk__in=persons).values_list("pk", flat=True))
    gone = {name: None for name in BY_PERSONS if kept[name] not in known}
    return OpeningStep(opening=opening, **{**kept, **gone})
