"""Keeping the register of processings."""

from __future__ import annotations

from django.db import transaction

from fondouk.people import signals
from fondouk.people.models import Person, Processing
from fondouk.people.usual import USUAL, in_every_language


@transaction.atomic
def save_processing(processing: Processing, *, by: Person | None) -> Processing:
    processing.full_clean()
    processing.save()
    signals.processing_saved.send(Processing, processing=processing, by=by)
    return processing


@transaction.atomic
def add_usual_processings(*, by: Person | None) -> list[Processing]:
    """Those of `USUAL` that the register does not name yet, in any language."""
    known = set(Processing.objects.values_list("name", flat=True))
    wanted = [entry for entry in USUAL if known.isdisjoint(in_every_language(entry["name"]))]
    return [
        save_processing(Processing(**{field: str(value) for field, value in entry.items()}), by=by)
        for entry in wanted
    ]
