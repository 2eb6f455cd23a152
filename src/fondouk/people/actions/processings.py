"""Keeping the register of processings."""

from __future__ import annotations

from django.db import transaction

from fondouk.people import signals
from fondouk.people.models import Person, Processing


@transaction.atomic
def save_processing(processing: Processing, *, by: Person | None) -> Processing:
    processing.full_clean()
    processing.save()
    signals.processing_saved.send(Processing, processing=processing, by=by)
    return processing
