"""Planning a visit in the console: by the hours of the site, unless somebody says that the doors open for it."""

from __future__ import annotations

from datetime import datetime, time, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from fondouk.prospects.models import Tour
from tests.factories import OpeningHoursFactory, ProspectFactory, SiteFactory, staff
from tests.visiting import errors_of, visitor

pytestmark = pytest.mark.django_db
DAY = timezone.localdate() + timedelta(days=20)


@pytest.fixture
def plan():
    site = SiteFactory()
    OpeningHoursFactory(site=site, weekday=DAY.isoweekday(), opens=time(9), closes=time(18))
    prospect = ProspectFactory(site=site)
    manager = visitor(staff("site_manager", site))

    def send(day=DAY, begins="10:00", ends="11:00", **more):
        sent = {
            "site": site.pk,
            "on": f"{day:%d/%m/%Y}",
            "begins": begins,
            "ends": ends,
            "visitors": "2",
            **more,
        }
        return manager.post(reverse("prospect_tour", args=[prospect.pk]), sent)

    return send


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"day": DAY + timedelta(days=1)}, "on"),
        ({"begins": "08:30"}, "begins"),
        ({"begins": "17:30", "ends": "18:30"}, "begins"),
    ],
)
def test_closed_doors_are_said_and_may_be_opened(plan, given, field):
    refused = plan(**given)
    assert refused.status_code == 422
    assert set(errors_of(refused)) == {field}
    assert b'name="anyway"' in refused.content
    assert not Tour.objects.exists()
    assert plan(**given, anyway="on").status_code == 302
    assert Tour.objects.get().starts_at is not None


def test_open_doors_are_no_question(plan):
    assert plan(begins="09:00", ends="18:00", visitors="0").status_code == 422
    answer = plan(visitors="0")
    assert b'name="anyway"' not in answer.content
    assert plan(begins="09:00", ends="17:00").status_code == 302


def test_a_visit_of_the_past_is_noted_whatever_the_doors(plan):
    on = timezone.localdate() - timedelta(days=3)
    assert plan(day=on, begins="22:00", ends="23:00").status_code == 302
    assert Tour.objects.get().starts_at < datetime.now(tz=Tour.objects.get().starts_at.tzinfo)
