"""What is taken back on the plan of an opening: each undo writes what stood before, and nothing of another plan."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from fondouk.audit.models import Entry
from fondouk.openings.actions import (
    drop_opening,
    mark_done,
    plan_opening,
    restore_opening,
    set_capacity,
    spaces_kept,
    step_kept,
)
from fondouk.openings.models import Opening, OpeningStep, PlannedSpace
from fondouk.people.models import Person
from tests.factories import PersonFactory, SiteFactory, staff
from tests.visiting import undo_of

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
DAY = TODAY + timedelta(days=400)


@pytest.fixture
def opening():
    opening = plan_opening(SiteFactory(phase="planned"), DAY, by=PersonFactory())
    set_capacity(opening, [PlannedSpace(kind="office", count=20, area=Decimal("512.50"))], by=None)
    return opening


@pytest.fixture
def direction(client, opening):
    client.force_login(staff("direction"))
    return client


def at(name, opening, *more):
    return reverse(name, args=[opening.site.code, *more])


def all_of(opening):
    steps = sorted((step_kept(step) for step in opening.steps.all()), key=str)
    return opening.demand, opening.years, steps, spaces_kept(opening), opening.opens_on()


def test_a_dropped_plan_comes_back_as_it_was(opening, direction):
    mark_done(opening.steps.get(code="budget"), TODAY, by=PersonFactory())
    before = all_of(opening)
    answer = direction.post(at("opening_removal", opening))
    assert not Opening.objects.exists()
    assert opening.opens_on() == DAY  # the site's, not the plan's
    direction.post(undo_of(answer))
    assert all_of(Opening.objects.get()) == before
    verbs = Entry.objects.filter(verb__startswith="openings.").values_list("verb", flat=True)
    assert {"openings.opening_dropped", "openings.opening_restored"} <= set(verbs)


def test_a_plan_begun_meanwhile_stays(opening, direction):
    answer = direction.post(at("opening_removal", opening))
    again = plan_opening(opening.site, DAY, by=None)
    direction.post(undo_of(answer))
    assert Opening.objects.get() == again


def test_a_plan_comes_back_without_a_person_erased_meanwhile(opening):
    person = PersonFactory()
    opening.steps.filter(code="budget").update(owner=person)
    kept = drop_opening(opening, by=None)
    Person.objects.filter(pk=person.pk).delete()
    back = restore_opening(opening.site, kept, by=None)
    assert back.steps.get(code="budget").owner is None


def test_an_undo_is_of_its_own_site(opening, direction):
    other = plan_opening(SiteFactory(phase="planned"), DAY, by=None)
    signed = undo_of(direction.post(at("opening_removal", opening))).partition("?")[2]
    assert direction.post(f"{at('opening_removal', other)}?{signed}").status_code == 404
    assert Opening.objects.get() == other


def test_spaces_are_again_those_planned_before(opening, direction):
    before = spaces_kept(opening)
    answer = direction.post(at("opening_capacity", opening), {"office-count": "3", "desk-count": "8"})
    assert spaces_kept(opening) != before
    direction.post(undo_of(answer))
    assert spaces_kept(opening) == before


def test_a_new_step_goes_and_a_changed_one_is_as_it_was(opening, direction):
    answer = direction.post(at("opening_step_new", opening), {"title": "Ask the fire brigade"})
    assert opening.steps.filter(title="Ask the fire brigade").exists()
    direction.post(undo_of(answer))
    assert not opening.steps.filter(title="Ask the fire brigade").exists()

    step = opening.steps.get(code="call")
    before = step_kept(step)
    answer = direction.post(at("opening_step", opening, step.pk), {"title": "Two calls", "due_on": ""})
    assert OpeningStep.objects.get(pk=step.pk).title == "Two calls"
    direction.post(undo_of(answer))
    assert step_kept(OpeningStep.objects.get(pk=step.pk)) == before


def test_what_the_simulation_assumed_is_assumed_again(opening, direction):
    answer = direction.post(at("opening_assumptions", opening), {"demand": "150", "years": "7"})
    opening.refresh_from_db()
    assert (opening.demand, opening.years) == (150, 7)
    direction.post(undo_of(answer))
    opening.refresh_from_db()
    assert (opening.demand, opening.years) == (100, 5)


def test_steps_of_a_plan_begun_late_are_due_today_not_late():
    opening = plan_opening(SiteFactory(phase="planned"), TODAY + timedelta(days=40), by=None)
    assert min(step.due_on for step in opening.steps.all()) == TODAY
    assert not any(step.is_late(TODAY) for step in opening.steps.all())


def test_an_undo_leaves_what_a_colleague_wrote_since(opening, direction):
    answer = direction.post(at("opening_capacity", opening), {"office-count": "21"})
    set_capacity(opening, [PlannedSpace(kind="office", count=99)], by=None)
    direction.post(undo_of(answer))
    assert spaces_kept(opening)[0]["count"] == 99

    step = opening.steps.get(code="call")
    answer = direction.post(at("opening_step", opening, step.pk), {"title": "Two calls", "due_on": ""})
    OpeningStep.objects.filter(pk=step.pk).update(due_on=DAY)
    direction.post(undo_of(answer))
    step.refresh_from_db()
    assert (step.title, step.due_on) == ("Two calls", DAY)
