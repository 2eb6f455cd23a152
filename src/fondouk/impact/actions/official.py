"""Noting and correcting figures of others."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from fondouk.audit.actions import record
from fondouk.impact import verbs
from fondouk.impact.models import OfficialFigure
from fondouk.lib.saving import save
from fondouk.people.models import Person

BESIDE = {
    "official_first_once": "year",
    "official_positive": "value",
    "official_says_what_and_whence": "source",
}


@transaction.atomic
def note_official(figure: OfficialFigure, *, by: Person | None) -> OfficialFigure:
    """Raises `ValidationError` beside the year where one of that year is noted already."""
    figure.noted_by = by
    save(figure, beside=BESIDE)
    record(verbs.OFFICIAL_NOTED, figure, by=by, year=figure.year)
    return figure


@transaction.atomic
def correct_official(before: OfficialFigure, values: dict[str, Any], *, by: Person | None) -> OfficialFigure:
    """`values` (value, scope, source, address) supersede `before`; the same ones change nothing.

    Of two who correct at once the second finds it corrected: its correction follows the first one's.
    """
    OfficialFigure.objects.select_for_update().get(pk=before.pk)
    while later := OfficialFigure.objects.filter(supersedes=before).first():
        before = later
    if all(getattr(before, name) == value for name, value in values.items()):
        return before
    figure = OfficialFigure(code=before.code, year=before.year, supersedes=before, noted_by=by, **values)
    save(figure, beside=BESIDE)
    record(verbs.OFFICIAL_CORRECTED, figure, by=by, year=figure.year)
    return figure
