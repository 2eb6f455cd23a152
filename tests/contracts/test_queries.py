"""Who holds what on a day, how full the offices are, what is over and what will be."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange

from fondouk.contracts.models import Contract, ContractTermination
from fondouk.contracts.queries import ending_soon, occupations_by_contract, office_occupancy, over_but_hosted
from tests.factories import (
    CompanyFactory,
    ContractFactory,
    ContractLineFactory,
    PartFactory,
    ResidencyFactory,
    ResourceFactory,
    SiteFactory,
)

pytestmark = pytest.mark.django_db

DAY = date(2025, 6, 1)
ALWAYS = DateRange(date(2020, 1, 1), None)


@pytest.fixture
def rooms() -> Any:
    """Offices A of 20 m² and B of 30 m², the two as one, and an office C of 50 m²."""
    site = SiteFactory()
    a, b, c = (
        PartFactory(site=site, code=code, area=area) for code, area in (("A", 20), ("B", 30), ("C", 50))
    )
    return [
        ResourceFactory(site=site, code=code, parts=parts)
        for code, parts in (("A", [a]), ("B", [b]), ("A+B", [a, b]), ("C", [c]))
    ]


def measured(day: date = DAY, sites: Any = None) -> tuple[int, int, int, int]:
    found = office_occupancy(day, sites)
    return int(found.held), int(found.total), found.offices_held, found.offices


class TestOccupancy:
    def test_no_square_metre_counts_twice(self, rooms: Any) -> None:
        assert measured() == (0, 100, 0, 4)

    def test_of_one_part(self, rooms: Any) -> None:
        ContractLineFactory(resource=rooms[0], period=ALWAYS)
        assert measured() == (20, 100, 2, 4)  # A+B can no more be let than A

    def test_of_both_together(self, rooms: Any) -> None:
        ContractLineFactory(resource=rooms[2], period=ALWAYS)
        assert measured() == (50, 100, 3, 4)
        assert office_occupancy(DAY).ratio == Decimal("0.5")
        assert office_occupancy(DAY).free == 1

    def test_of_a_part_and_of_both(self, rooms: Any) -> None:
        for room in (rooms[1], rooms[2]):
            ContractLineFactory(resource=room, period=ALWAYS, occupancy="shared")
        assert measured() == (50, 100, 3, 4)

    def test_on_a_day_past(self, rooms: Any) -> None:
        ContractLineFactory(resource=rooms[3], period=DateRange(date(2020, 1, 1), date(2021, 1, 1)))
        assert [measured(day)[0] for day in (date(2019, 12, 31), date(2020, 1, 1), date(2021, 1, 1))] == [
            0,
            50,
            0,
        ]

    def test_an_office_counts_until_it_is_withdrawn(self, rooms: Any) -> None:
        rooms[3].withdrawn_on = DAY
        rooms[3].save(update_fields=["withdrawn_on"])
        assert measured(DAY - timedelta(days=1))[1] == 100
        assert measured(DAY)[1] == 50

    def test_other_kinds_and_other_sites_do_not_count(self, rooms: Any) -> None:
        ResourceFactory(kind="meeting_room")
        other = ResourceFactory()
        assert measured(sites={rooms[0].site_id}) == (0, 100, 0, 4)
        assert measured(sites={other.site_id}) == (0, 18, 0, 1)
        assert measured(sites=set()) == (0, 0, 0, 0)
        assert office_occupancy(DAY, set()).ratio is None


def test_a_space_is_held_by_who_holds_a_part_of_it(rooms: Any) -> None:
    line = ContractLineFactory(resource=rooms[2], period=ALWAYS)
    found = occupations_by_contract([room.pk for room in rooms], DAY)
    assert set(found) == {room.pk for room in rooms[:3]}
    assert {held.label for one in found.values() for held in one} == {line.contract.company.label}
    assert all(len(one) == 1 for one in found.values())


class TestOver:
    """The latest contract of a company still hosted on that site, when it is over."""

    def contract(self, company: Any, site: Any, last: date | None, **values: Any) -> Contract:
        return ContractFactory(company=company, site=site, starts_on=date(2020, 1, 1), ends_on=last, **values)

    @pytest.fixture
    def hosted(self) -> Any:
        stay = ResidencyFactory(period=ALWAYS)
        return stay.company, stay.site

    def test_it_is_told_from_the_day_after_its_last(self, hosted: Any) -> None:
        contract = self.contract(*hosted, DAY)
        assert list(over_but_hosted(DAY)) == []
        assert list(over_but_hosted(DAY + timedelta(days=1))) == [contract]

    def test_not_of_who_has_left_nor_on_another_site(self, hosted: Any) -> None:
        self.contract(CompanyFactory(), hosted[1], date(2024, 1, 1))
        self.contract(hosted[0], SiteFactory(), date(2024, 1, 1))
        assert list(over_but_hosted(DAY)) == []

    @pytest.mark.parametrize("last", [None, DAY, date(2030, 1, 1)])
    def test_not_when_another_runs_or_comes(self, hosted: Any, last: date | None) -> None:
        self.contract(*hosted, date(2024, 1, 1))
        self.contract(*hosted, last)
        assert list(over_but_hosted(DAY)) == []

    def test_only_the_latest_even_of_two_that_ended_the_same_day(self, hosted: Any) -> None:
        for last in (date(2023, 1, 1), date(2024, 1, 1), date(2024, 1, 1)):
            latest = self.contract(*hosted, last)
        assert list(over_but_hosted(DAY)) == [latest]

    def test_a_termination_ends_it_earlier(self, hosted: Any) -> None:
        contract = self.contract(*hosted, None)
        ContractTermination.objects.create(contract=contract, on=date(2025, 3, 31))
        assert contract.last_day == date(2025, 3, 31)
        assert contract.state_on(DAY) == "ended"
        assert list(over_but_hosted(DAY)) == [contract]
        assert not Contract.objects.running(DAY).exists()
        assert Contract.objects.running(date(2025, 3, 31)).exists()


class TestEndingSoon:
    @pytest.mark.parametrize(
        ("last", "is_told"),
        [
            (DAY - timedelta(days=1), False),
            (DAY, True),
            (DAY + timedelta(days=60), True),
            (DAY + timedelta(days=61), False),
        ],
    )
    def test_within_sixty_days(self, last: date, is_told: bool) -> None:
        ContractFactory(starts_on=date(2020, 1, 1), ends_on=last)
        assert ending_soon(DAY).exists() is is_told

    def test_by_a_termination_too(self) -> None:
        contract = ContractFactory(starts_on=date(2020, 1, 1))
        assert not ending_soon(DAY).exists()
        ContractTermination.objects.create(contract=contract, on=DAY + timedelta(days=5))
        assert ending_soon(DAY).exists()
