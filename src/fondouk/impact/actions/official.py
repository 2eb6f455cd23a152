"""Noting and correcting figures of others."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from fondouk.audit.actions import record
from fondouk.impact import verbs
from fondouk.impact.models import OfficialFigure
from fondouk.impact.queries.share import ict_turnover
from fondouk.lib.formats import format_money
from fondouk.lib.money import Money
from fondouk.lib.saving import save
from fondouk.people.models import Person

BESIDE = {
    "official_first_once": "year",
    "official_positive": "value",
    "official_says_what_and_whence": "source",
}


def _refuse_less_than_ours(figure: OfficialFigure) -> None:
    """The whole is no smaller than the part of it that is ours: most often thousands or millions were typed."""
    declared = ict_turnover(figure.year)
    if 0 < figure.value < declared:
        raise ValidationError(
            {
                "value": _(
                    "The ICT companies of the network alone declared %(declared)s for that year. Give the whole amount in "
                    "dirhams, or correct what they declared."
                )
                % {
                    "declared": format_money(
                        Money(declared, "MAD"), (get_language() or "fr")[:2], cents=False
                    )
                }
            }
        )


@transaction.atomic
def note_official(figure: OfficialFigure, *, by: Person | None) -> OfficialFigure:
    """Raises `ValidationError` beside the year where one of that year is noted already, beside the value where it is less
    than the companies of the network declared.
    """
    _refuse_less_than_ours(figure)
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
    _refuse_less_than_ours(figure)
    save(figure, beside=BESIDE)
    record(verbs.OFFICIAL_CORRECTED, figure, by=by, year=figure.year)
    return figure
