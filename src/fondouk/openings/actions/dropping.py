"""A plan that is given up, whole, and brought back as it was."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.forms.models import model_to_dict
from django.utils.translation import gettext as _

from fondouk.audit.actions import record
from fondouk.lib.saving import save
from fondouk.openings import verbs
from fondouk.openings.models import Opening, PlannedSpace
from fondouk.people.models import Person
from fondouk.sites.models import Site

from .openings import spaces_kept
from .steps import step_again, step_kept

ASSUMED = ("demand", "years")


@transaction.atomic
def drop_opening(opening: Opening, *, by: Person | None) -> dict[str, Any]:
    """Remove the plan, its steps and its spaces. The day it opens is the site's, and stays.

    Gives what `restore_opening` needs.
    """
    Opening.objects.select_for_update().get(pk=opening.pk)
    kept = {
        **model_to_dict(opening, ASSUMED),
        "steps": [step_kept(step) for step in opening.steps.all()],
        "spaces": spaces_kept(opening),
    }
    record(verbs.OPENING_DROPPED, opening.site, by=by)
    opening.delete()
    return kept


@transaction.atomic
def restore_opening(site: Site, kept: dict[str, Any], *, by: Person | None) -> Opening:
    """The plan as it was dropped. Raises `ValidationError` where another was begun meanwhile."""
    Site.objects.select_for_update().get(pk=site.pk)
    if Opening.objects.filter(site=site).exists():
        raise ValidationError(_("A plan was begun meanwhile: it stays."))
    opening = Opening(site=site, started_by=by, **{name: kept[name] for name in ASSUMED})
    save(opening)
    for step in kept["steps"]:
        save(step_again(opening, step))
    for space in kept["spaces"]:
        save(PlannedSpace(opening=opening, **space))
    record(verbs.OPENING_RESTORED, site, by=by)
    return opening
