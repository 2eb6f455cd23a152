"""The inventory: spaces, the parts they are made of, their rates, and what the database refuses."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils import timezone

from fondouk.spaces.actions import change_resource, create_resource, set_rate
from fondouk.spaces.models import Part, Resource, ResourceRate
from fondouk.spaces.queries import rows, summary
from tests.factories import (
    ContractLineFactory,
    PartFactory,
    ResourceFactory,
    ResourceRateFactory,
    SiteFactory,
    since,
)
from tests.threads import errors, together

SQUARE = 1


def new(site: Any, code: str, **values: Any) -> Resource:
    return Resource(site=site, code=code, kind="startup_office", **values)


def beside(act: Any) -> list[str]:
    with pytest.raises(ValidationError) as caught:
        act()
    return list(caught.value.message_dict)


@pytest.mark.django_db
class TestSpaces:
    def test_a_space_has_a_part_of_its_own(self) -> None:
        made = create_resource(new(SiteFactory(), "B-204"), area=Decimal(18), by=None)
        assert [(part.code, part.area) for part in made.parts.all()] == [("B-204", 18)]

    def test_one_that_joins_others_has_their_parts(self) -> None:
        site = SiteFactory()
        a, b = (create_resource(new(site, code), area=Decimal(10), by=None) for code in "AB")
        both = create_resource(new(site, "A+B"), joins=[a, b], by=None)
        assert both.area == 20
        assert Part.objects.count() == 2
        assert summary(Resource.objects.all(), date(2026, 1, 1)).area == 20

    def test_a_code_is_taken_once_on_a_site_whatever_its_capitals(self) -> None:
        site = SiteFactory()
        create_resource(new(site, "Bât-1"), by=None)
        assert beside(lambda: create_resource(new(site, "BAT-1"), by=None)) == ["code"]
        assert create_resource(new(SiteFactory(), "BAT-1"), by=None).pk

    def test_a_name_given_up_is_free_for_another(self) -> None:
        site = SiteFactory()
        first = create_resource(new(site, "B-204"), by=None)
        first.code = "B-205"
        change_resource(first, fields=["code"], by=None)
        assert create_resource(new(site, "B-204"), by=None).pk
        assert [part.code for part in first.parts.all()] == ["B-205"]

    def test_a_part_of_another_space_keeps_its_name(self) -> None:
        site = SiteFactory()
        a, b = (create_resource(new(site, code), by=None) for code in "AB")
        both = create_resource(new(site, "A+B"), joins=[a, b], by=None)
        both.code = "Grande salle"
        change_resource(both, fields=["code"], area=Decimal(99), by=None)
        assert sorted(part.code for part in both.parts.all()) == ["A", "B"]
        assert both.area is None

    def test_an_area_is_more_than_nothing(self) -> None:
        assert beside(lambda: create_resource(new(SiteFactory(), "B-1"), area=Decimal(0), by=None)) == [
            "area"
        ]


@pytest.mark.django_db
class TestState:
    def state(self, resource: Resource) -> str:
        return rows([resource], timezone.localdate())[0].state

    def test_free_then_held_then_soon_free(self) -> None:
        resource = ResourceFactory()
        assert self.state(resource) == "free"
        line = ContractLineFactory(resource=resource)
        assert self.state(resource) == "busy"
        line.period = since(100, last=timezone.localdate())
        line.save()
        assert self.state(resource) == "soon"

    def test_a_part_of_a_room_that_is_held_is_held(self) -> None:
        site = SiteFactory()
        a, b = PartFactory(site=site), PartFactory(site=site)
        ContractLineFactory(resource=ResourceFactory(site=site, parts=[a, b]))
        assert self.state(ResourceFactory(site=site, parts=[a])) == "busy"

    def test_coworking_is_free_while_a_place_is(self) -> None:
        resource = ResourceFactory(kind="coworking", capacity=3)
        for places, state in ((2, "free"), (1, "busy")):
            ContractLineFactory(resource=resource, occupancy="places", places=places)
            assert self.state(resource) == state

    def test_out_of_use(self) -> None:
        assert self.state(ResourceFactory(withdrawn_on=timezone.localdate())) == "works"


@pytest.mark.django_db
class TestRates:
    def set(self, resource: Resource, amount: int, since: date | None = None) -> ResourceRate:
        return set_rate(resource, unit=SQUARE, amount=Decimal(amount), since=since, by=None)

    def history(self, resource: Resource) -> list[tuple[int, Any, Any]]:
        return [
            (
                int(rate.amount),
                rate.period.lower and rate.period.lower.year,
                rate.period.upper and rate.period.upper.year,
            )
            for rate in resource.rates.order_by("period")
        ]

    def test_the_first_has_always_applied_unless_a_day_is_said(self) -> None:
        always, dated = ResourceFactory(), ResourceFactory()
        self.set(always, 50)
        self.set(dated, 50, date(2025, 1, 1))
        assert self.history(always) == [(50, None, None)]
        assert self.history(dated) == [(50, 2025, None)]

    def test_another_follows(self) -> None:
        resource = ResourceFactory()
        self.set(resource, 50)
        self.set(resource, 55, date(2025, 1, 1))
        self.set(resource, 60, date(2026, 1, 1))
        assert self.history(resource) == [(50, None, 2025), (55, 2025, 2026), (60, 2026, None)]

    def test_one_of_earlier_lasts_until_the_next(self) -> None:
        resource = ResourceFactory()
        self.set(resource, 50, date(2020, 1, 1))
        self.set(resource, 60, date(2026, 1, 1))
        self.set(resource, 55, date(2023, 1, 1))
        self.set(resource, 45, date(2015, 1, 1))
        assert self.history(resource) == [
            (45, 2015, 2020),
            (50, 2020, 2023),
            (55, 2023, 2026),
            (60, 2026, None),
        ]

    def test_one_of_the_same_day_replaces(self) -> None:
        resource = ResourceFactory()
        self.set(resource, 50, date(2025, 1, 1))
        self.set(resource, 55, date(2025, 1, 1))
        assert self.history(resource) == [(55, 2025, None)]

    def test_two_rates_never_apply_at_once(self) -> None:
        rate = ResourceRateFactory(period=DateRange(date(2020, 1, 1), None))
        ResourceRateFactory(resource=rate.resource, unit=2)
        with pytest.raises(IntegrityError, match="one_rate"):
            ResourceRateFactory(resource=rate.resource, period=DateRange(None, date(2020, 1, 2)))

    def test_a_rate_is_not_negative(self) -> None:
        with pytest.raises(IntegrityError, match="rate_not_negative"):
            ResourceRateFactory(amount=-1)


@pytest.mark.django_db(transaction=True)
class TestAtOnce:
    def test_one_code(self) -> None:
        site = SiteFactory()
        outcomes = together(*[lambda: create_resource(new(site, "B-204"), by=None)] * 4)
        assert [type(error) for error in errors(outcomes)] == [ValidationError] * 3
        assert Part.objects.count() == 1

    def test_rates_follow_each_other(self) -> None:
        resource = ResourceFactory()
        acts = [
            lambda year=year: TestRates().set(resource, year, date(year, 1, 1)) for year in range(2020, 2026)
        ]
        assert errors(together(*acts)) == []
        assert [first for _amount, first, _last in TestRates().history(resource)] == list(range(2020, 2026))
