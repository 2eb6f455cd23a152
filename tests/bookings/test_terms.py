"""Rules for a space, a kind, a site and an audience: the most specific that says something wins."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from fondouk.bookings.enums import Audience
from fondouk.bookings.models import BookingRule
from fondouk.bookings.queries import rules_for
from fondouk.bookings.terms import Terms, terms
from fondouk.spaces.models import Resource
from tests.factories import SiteFactory, since
from tests.factories.bookings import room

pytestmark = pytest.mark.django_db
DAY = date(2027, 1, 5)
STAFF, RESIDENT = Audience.STAFF, Audience.RESIDENT


def said(resource: Resource, audience: Audience = RESIDENT, day: date = DAY) -> Terms:
    return terms(rules_for([resource], day), resource, audience, day)


def rule(**values: Any) -> BookingRule:
    return BookingRule.objects.create(**{"period": since(), **values})


def test_each_value_is_that_of_the_most_specific_rule_that_says_it() -> None:
    place = room()
    rule(longest_minutes=60, notice_minutes=5, setup_minutes=1)
    rule(site=place.site, longest_minutes=120, setup_minutes=2)
    rule(kind=place.kind, longest_minutes=180, setup_minutes=3)
    rule(kind=place.kind, audience=RESIDENT, setup_minutes=4)
    rule(resource=place, longest_minutes=240)
    found = said(place)
    assert (found.longest_minutes, found.notice_minutes, found.setup_minutes) == (240, 5, 4)
    assert said(place, STAFF).setup_minutes == 3
    assert said(room()).longest_minutes == 180
    assert said(room(kind="studio")).longest_minutes == 60


def test_others_are_not_concerned() -> None:
    place = room()
    rule(site=SiteFactory(), is_allowed=False)
    rule(kind="studio", is_allowed=False)
    rule(resource=room(), is_allowed=False)
    rule(audience=Audience.VISITOR, is_allowed=False)
    rule(period=DateRange(date(2020, 1, 1), DAY), is_allowed=False)
    assert said(place).is_allowed


def test_a_rule_has_its_time() -> None:
    place = room()
    rule(period=DateRange(date(2026, 1, 1), DAY), step_minutes=30)
    rule(period=DateRange(DAY, None), step_minutes=60)
    assert said(place, day=date(2027, 1, 4)).step_minutes == 30
    assert said(place).step_minutes == 60


def test_without_any_rule() -> None:
    place, office, store = room(), room(kind="office"), room(kind="storage")
    assert (said(place).within_hours, said(place, STAFF).within_hours) == (True, False)
    assert not said(place, Audience.VISITOR).is_allowed
    for let in (office, store):
        assert not said(let).is_allowed
        assert not said(let, STAFF).is_allowed
    rule(resource=office, is_allowed=True)
    assert said(office).is_allowed


def test_one_rule_for_one_scope_at_a_time() -> None:
    place = room()
    for scope in ({}, {"site": place.site}, {"kind": "studio"}, {"resource": place}, {"audience": STAFF}):
        rule(**scope)
        with pytest.raises(IntegrityError, match="one_booking_rule"), transaction.atomic():
            rule(**scope)
    assert BookingRule.objects.count() == 5


@pytest.mark.parametrize(
    ("values", "constraint"),
    [
        ({"step_minutes": 0}, "booking_rule_step"),
        ({"step_minutes": 1441}, "booking_rule_step"),
        ({"shortest_minutes": 61, "longest_minutes": 60}, "booking_rule_lengths"),
        ({"longest_minutes": 0}, "booking_rule_lengths"),
        ({"longest_minutes": 366 * 24 * 60 + 1}, "booking_rule_lengths"),
    ],
)
def test_a_rule_makes_sense(values: dict[str, Any], constraint: str) -> None:
    with pytest.raises(IntegrityError, match=constraint):
        rule(**values)


def test_a_rule_is_for_a_space_or_for_a_kind_and_a_site() -> None:
    place = room()
    for beside in ({"kind": "studio"}, {"site": place.site}):
        with pytest.raises(ValidationError, match="espace"):
            BookingRule(period=since(), resource=place, **beside).validate_constraints()
