"""What the simulation rests on, counted by hand on a small past; and its page."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils import timezone

from fondouk.openings.actions import plan_opening, set_capacity
from fondouk.openings.models import Opening, PlannedSpace
from fondouk.openings.queries import basis, capacity, outlook
from fondouk.spaces.models import ResourcePart
from tests.factories import (
    CompanyFactory,
    ResidencyFactory,
    ResourceFactory,
    SiteFactory,
    SitePhaseFactory,
    staff,
)

pytestmark = pytest.mark.django_db
TODAY = date(2026, 1, 1)


@pytest.fixture
def old():
    """Opened two years and a half ago: three came in its first year, one of them before the doors opened; one left."""
    site = SiteFactory(code="vieux", phase="open", phase__starts_on=date(2023, 7, 1))
    for first, after, mode in (
        (date(2023, 6, 1), None, "office"),
        (date(2023, 8, 1), date(2024, 8, 1), "office"),
        (date(2024, 3, 1), None, "desk"),
        (date(2025, 9, 1), None, "remote"),
        (date(2026, 6, 1), None, "office"),  # expected
    ):
        ResidencyFactory(company=CompanyFactory(), site=site, mode=mode, period=DateRange(first, after))
    return site


@pytest.fixture
def opening(old):
    return plan_opening(SiteFactory(code="neuf", phase="planned"), TODAY + timedelta(days=3000), by=None)


def test_the_past_is_counted_by_years_of_life(old, opening):
    found = basis(TODAY, without=opening.site, years=5)
    (seen,) = found.seen
    assert seen.site == old
    assert seen.at_once == 1
    assert seen.entries == (2, 0, 1)
    assert seen.departures == (0, 1, 0)
    assert seen.months[:2] == pytest.approx((12.0, 12.0), abs=0.02)
    assert seen.months[2] == pytest.approx(6.05, abs=0.1)
    assert (found.subjects, found.ended) == (4, 1)
    assert found.modes == {"office": 0.5, "desk": 0.25, "domiciled": 0, "remote": 0.25}


def test_what_came_before_the_doors_or_after_they_closed_is_no_rate(old, opening):
    ResidencyFactory(company=CompanyFactory(), site=old, period=DateRange(date(2022, 1, 1), date(2023, 1, 1)))
    SitePhaseFactory(site=old, phase="closed", starts_on=date(2024, 7, 1))
    found = basis(TODAY, without=opening.site, years=5)
    (seen,) = found.seen
    assert seen.entries == (2,)
    assert seen.at_once == 1
    assert found.subjects == 4


def test_sites_of_whose_companies_nothing_is_recorded_are_named(old, opening):
    empty = SiteFactory(phase="open", phase__starts_on=date(2020, 1, 1))
    assert basis(TODAY, without=opening.site, years=5).left_out == [empty]


def test_a_year_only_just_begun_draws_no_rate(old, opening):
    """Two companies in the first fortnight of a year do not make four a month."""
    (seen,) = basis(date(2025, 7, 10), without=opening.site, years=5).seen
    assert len(seen.months) == 3
    assert len(seen.past().months) == 2
    (seen,) = basis(date(2023, 7, 20), without=opening.site, years=5).seen
    assert seen.past() is None


def test_nothing_is_said_without_a_past_or_without_room(opening):
    assert outlook(opening, TODAY, demand=100, years=5) is None  # nothing planned
    set_capacity(opening, [PlannedSpace(kind="office", count=5)], by=None)
    assert outlook(opening, TODAY, demand=100, years=5) is not None
    assert basis(date(2020, 1, 1), without=opening.site, years=5) is None


def test_room_is_that_of_the_plan_else_of_the_inventory(opening):
    first, second = (ResourceFactory(site=opening.site, kind="startup_office") for _number in range(2))
    joined = ResourceFactory(site=opening.site, kind="office", parts=[])
    for part in (*first.parts.all(), *second.parts.all()):
        ResourcePart.objects.create(resource=joined, part=part)
    ResourceFactory(site=opening.site, kind="coworking", capacity=9)
    assert (capacity(opening).offices, capacity(opening).desks, capacity(opening).is_planned) == (2, 4, False)
    planned = [
        PlannedSpace(kind="office", count=5),
        PlannedSpace(kind="coworking", count=1, places=20),
        PlannedSpace(kind="hall", count=1),
    ]
    set_capacity(opening, planned, by=None)
    assert (capacity(opening).offices, capacity(opening).desks, capacity(opening).is_planned) == (5, 10, True)


def test_the_offices_never_hold_more_than_there_are(opening):
    set_capacity(opening, [PlannedSpace(kind="office", count=2)], by=None)
    found = outlook(opening, TODAY, demand=300, years=10)
    assert max(mark["offices"].high for mark in found.marks()) == 2
    assert [mark["month"] for mark in found.marks()][:3] == [6, 12, 24]
    assert outlook(opening, TODAY, demand=300, years=10).filling == found.filling


def test_the_page_tries_other_assumptions_without_keeping_them(client, opening):
    set_capacity(opening, [PlannedSpace(kind="office", count=5)], by=None)
    client.force_login(staff("direction"))
    page = client.get("/fr/sites/neuf/opening/?demand=50&years=3")
    assert page.status_code == 200
    assert len(page.context["outlook"].filling.hosted) == 36
    assert Opening.objects.get().demand == 100
    refused = client.get("/fr/sites/neuf/opening/?demand=5&years=3")
    assert refused.status_code == 422
    assert "demand" in refused.context["tried"].errors
    sheet = client.get("/fr/sites/neuf/opening/simulation/csv/?demand=50&years=3").content.decode()
    assert len(sheet.strip().splitlines()) == 37


def test_a_plan_is_made_by_hand_from_the_page_of_the_site(client):
    site = SiteFactory(code="neuf", phase="planned")
    client.force_login(staff("site_manager", site))
    assert "/fr/sites/neuf/opening/" in client.get("/fr/sites/neuf/").content.decode()
    assert client.post("/fr/sites/neuf/opening/plan/", {"opens_on": "1/1/2001"}).status_code == 422
    day = timezone.localdate() + timedelta(days=300)
    client.post("/fr/sites/neuf/opening/plan/", {"opens_on": day.strftime("%d/%m/%Y")})
    step = Opening.objects.get().steps.get(code="hours")
    client.post(f"/fr/sites/neuf/opening/steps/{step.pk}/doing/")
    step.refresh_from_db()
    assert step.done_on == timezone.localdate()
    sent = {"office-count": "12", "office-area": "300,5", "hall-count": "", "hall-places": "3"}
    refused = client.post("/fr/sites/neuf/opening/capacity/", sent)
    assert refused.status_code == 422
    client.post("/fr/sites/neuf/opening/capacity/", {**sent, "hall-places": ""})
    assert str(Opening.objects.get().spaces.get().area) == "300.50"


def test_a_removed_step_comes_back(client, opening):
    client.force_login(staff("direction"))
    step = opening.steps.get(code="works")
    page = client.post(f"/fr/sites/neuf/opening/steps/{step.pk}/removal/", follow=True).content.decode()
    assert not opening.steps.filter(code="works").exists()
    undo = page.partition("removal/?signed=")[2].partition('"')[0]
    client.post(f"/fr/sites/neuf/opening/steps/{step.pk}/removal/?signed={undo}")
    assert opening.steps.get(code="works").due_on == step.due_on
