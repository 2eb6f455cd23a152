"""The plan: begun with the usual steps, moved with the day, its spaces, what the simulation assumes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from fondouk.audit.actions import a_day, record
from fondouk.lib.periods import add_months
from fondouk.lib.saving import save
from fondouk.openings import verbs
from fondouk.openings.models import Opening, OpeningStep, PlannedSpace
from fondouk.openings.usual import USUAL
from fondouk.people.models import Person
from fondouk.sites.actions import enter_phase, remove_phase
from fondouk.sites.enums import Phase
from fondouk.sites.models import Site

BESIDE = {"opening_demand_in_range": "demand", "opening_years_in_range": "years"}


@transaction.atomic
def plan_opening(site: Site, opens_on: date, *, by: Person | None, begun_on: date | None = None) -> Opening:
    """Begin the plan of a site, today or on `begun_on`, with the usual steps counted back from the day of the opening.

    A step that should be done before is due on the day it begins. A plan that is there already stays.
    Raises `ValidationError` where the life of the site does not let it open on that day.
    """
    Site.objects.select_for_update().get(pk=site.pk)
    opening, is_new = Opening.objects.get_or_create(site=site, defaults={"started_by": by})
    if not is_new:
        return opening
    _set_day(opening, opens_on, by=by)
    first = begun_on or timezone.localdate()
    OpeningStep.objects.bulk_create(
        OpeningStep(opening=opening, code=step.code, due_on=max(first, add_months(opens_on, -step.before)))
        for step in USUAL.values()
    )
    record(verbs.OPENING_PLANNED, site, by=by, on=a_day(opens_on))
    return opening


@transaction.atomic
def move_opening(opening: Opening, opens_on: date, *, with_steps: bool, by: Person | None) -> None:
    """Another day; steps that are not done move by as many days, where `with_steps` says so. Raises as `plan_opening`."""
    Site.objects.select_for_update().get(pk=opening.site_id)
    before = opening.opens_on()
    if before == opens_on:
        return
    _set_day(opening, opens_on, by=by)
    if with_steps and before is not None:
        shift = opens_on - before
        opening.steps.undone().exclude(due_on=None).update(due_on=F("due_on") + shift.days)
    record(verbs.OPENING_MOVED, opening.site, by=by, on=a_day(opens_on))


def _set_day(opening: Opening, opens_on: date, *, by: Person | None) -> None:
    """What came stays: only a day that is still to come is moved."""
    now: Any = Site.objects.with_phase(timezone.localdate()).get(pk=opening.site_id)
    if now.phase == Phase.OPEN:
        raise ValidationError(_("This site is open: the day it opened is part of its life."))
    phase = opening.phase()
    if phase is not None and phase.starts_on == opens_on:
        return
    if phase is not None and phase.starts_on is not None and phase.starts_on > timezone.localdate():
        remove_phase(phase, by=by)
    enter_phase(opening.site, phase=Phase.OPEN, starts_on=opens_on, by=by)


@transaction.atomic
def set_capacity(opening: Opening, spaces: Sequence[PlannedSpace], *, by: Person | None) -> None:
    """These spaces in place of those planned before. Raises `ValidationError` for what the database refuses."""
    Opening.objects.select_for_update().get(pk=opening.pk)
    opening.spaces.all().delete()
    for space in spaces:
        space.pk, space.opening = None, opening
        save(space)
    record(verbs.CAPACITY_CHANGED, opening.site, by=by)


def spaces_kept(opening: Opening) -> list[dict[str, Any]]:
    """The planned spaces, from which `PlannedSpace(**…)` makes them again."""
    return [dict(row) for row in opening.spaces.values("kind", "count", "places", "area")]


@transaction.atomic
def assume(opening: Opening, *, demand: int, years: int, by: Person | None) -> None:
    """What the simulation assumes from now on. Raises `ValidationError` beside `demand` or `years`."""
    opening.demand, opening.years = demand, years
    save(opening, beside=BESIDE, fields=["demand", "years"])
    record(verbs.ASSUMPTIONS_CHANGED, opening.site, by=by)
