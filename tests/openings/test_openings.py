"""The plan of an opening: one day, told by the life of the site; steps done once; spaces of each kind."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from fondouk.audit.models import Entry
from fondouk.lib.periods import add_months
from fondouk.openings.actions import (
    add_step,
    assume,
    mark_done,
    mark_undone,
    move_opening,
    plan_opening,
    set_capacity,
)
from fondouk.openings.models import Opening, OpeningStep, PlannedSpace
from fondouk.openings.usual import USUAL
from fondouk.sites.models import SitePhase
from tests.factories import PersonFactory, SiteFactory, SitePhaseFactory, staff

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
DAY = TODAY + timedelta(days=400)


@pytest.fixture
def opening():
    return plan_opening(SiteFactory(phase="planned"), DAY, by=PersonFactory())


def test_it_begins_with_the_usual_steps_counted_back_from_the_day(opening):
    assert opening.opens_on() == DAY
    assert opening.steps.count() == len(USUAL)
    assert opening.steps.get(code="call").due_on == add_months(DAY, -4)
    assert plan_opening(opening.site, DAY + timedelta(days=9), by=None) == opening
    assert opening.opens_on() == DAY


def test_the_day_is_told_by_the_life_of_the_site(opening):
    later = DAY + timedelta(days=30)
    done = opening.steps.get(code="agreement")
    mark_done(done, TODAY, by=PersonFactory())
    before = done.due_on
    move_opening(opening, later, with_steps=True, by=None)
    assert SitePhase.objects.get(site=opening.site, phase="open").starts_on == later
    assert opening.steps.get(code="call").due_on == add_months(DAY, -4) + timedelta(days=30)
    assert opening.steps.get(code="agreement").due_on == before
    move_opening(opening, DAY, with_steps=False, by=None)
    assert opening.steps.get(code="opening").due_on == later


def test_a_site_does_not_open_before_it_was_planned():
    site = SiteFactory(phase="planned", phase__starts_on=date(2026, 1, 1))
    with pytest.raises(ValidationError):
        plan_opening(site, date(2025, 1, 1), by=None)
    assert not Opening.objects.exists()


def test_an_open_site_is_not_opened_again(client):
    site = SiteFactory(code="ouvert", phase="planned", phase__starts_on=date(2000, 1, 1))
    opened = SitePhaseFactory(site=site, phase="open", starts_on=date(2001, 1, 1))
    with pytest.raises(ValidationError):
        plan_opening(site, DAY, by=None)
    client.force_login(staff("direction"))
    answer = client.post("/fr/sites/ouvert/opening/plan/", {"opens_on": DAY.strftime("%d/%m/%Y")})
    assert answer.status_code == 422
    assert SitePhase.objects.filter(pk=opened.pk).exists()
    assert not Opening.objects.exists()


def test_a_closed_site_may_open_again():
    site = SiteFactory(phase="open", phase__starts_on=date(2001, 1, 1))
    SitePhaseFactory(site=site, phase="closed", starts_on=date(2020, 1, 1))
    assert plan_opening(site, DAY, by=None).opens_on() == DAY
    assert SitePhase.objects.filter(site=site, phase="open").count() == 2


def test_a_step_is_done_once(opening):
    step, first, second = opening.steps.first(), PersonFactory(), PersonFactory()
    mark_done(step, TODAY, by=first)
    mark_done(step, TODAY - timedelta(days=3), by=second)
    step.refresh_from_db()
    assert (step.done_on, step.done_by) == (TODAY, first)
    assert Entry.objects.filter(verb="openings.step_done").count() == 1
    mark_undone(step, by=second)
    assert opening.steps.undone().count() == len(USUAL)


def test_a_step_says_what_is_to_be_done(opening):
    with pytest.raises(ValidationError) as refused:
        add_step(OpeningStep(opening=opening), by=PersonFactory())
    assert "title" in refused.value.message_dict
    with pytest.raises(IntegrityError, match="opening_step_has_a_name"), transaction.atomic():
        OpeningStep.objects.create(opening=opening)
    with pytest.raises(IntegrityError, match="opening_usual_step_once"), transaction.atomic():
        OpeningStep.objects.create(opening=opening, code="call")


def test_spaces_take_the_place_of_those_planned_before(opening):
    set_capacity(opening, [PlannedSpace(kind="coworking", count=1, places=40)], by=None)
    set_capacity(opening, [PlannedSpace(kind="office", count=12, area=Decimal(300))], by=None)
    assert [str(space.kind) for space in opening.spaces.all()] == ["office"]
    with pytest.raises(ValidationError):
        set_capacity(opening, [PlannedSpace(kind="office", count=0)], by=None)
    assert opening.spaces.count() == 1
    for given, constraint in (
        ({"kind": "office", "count": 3}, "planned_kind_once"),
        ({"kind": "hall", "count": 0}, "planned_some"),
        ({"kind": "hall", "count": 1, "area": 0}, "planned_area_positive"),
        ({"kind": "cave", "count": 1}, "planned_kind_known"),
    ):
        with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
            PlannedSpace.objects.create(opening=opening, **given)


def test_assumptions_keep_to_what_can_be(opening):
    with pytest.raises(ValidationError) as refused:
        assume(opening, demand=0, years=50, by=None)
    assert set(refused.value.message_dict) == {"demand", "years"}
    for field, constraint in (("demand", "opening_demand_in_range"), ("years", "opening_years_in_range")):
        with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
            Opening.objects.update(**{field: 0})
