"""What the database refuses about contracts, however many ask at once."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError
from django.db.backends.postgresql.psycopg_any import DateRange

from fondouk.contracts.models import ContractLine
from tests.factories import ContractFactory, ContractLineFactory, ResourceFactory
from tests.threads import errors, together

YEAR = DateRange(date(2025, 1, 1), date(2026, 1, 1))


@pytest.mark.django_db
class TestOneAfterTheOther:
    def test_an_office_is_held_by_one_at_a_time(self) -> None:
        line = ContractLineFactory(period=YEAR)
        ContractLineFactory(resource=line.resource, period=DateRange(date(2026, 1, 1), None))
        with pytest.raises(IntegrityError, match="office_held_once"):
            ContractLineFactory(resource=line.resource, period=DateRange(date(2025, 12, 31), None))

    def test_sharing_is_said(self) -> None:
        resource = ResourceFactory()
        for _number in range(2):
            ContractLineFactory(resource=resource, period=YEAR, occupancy="shared")
            ContractLineFactory(resource=resource, period=YEAR, occupancy="places", places=2)
        assert resource.contract_lines.count() == 4

    @pytest.mark.parametrize(
        ("values", "constraint"),
        [
            ({"places": 2}, "line_places_said"),
            ({"occupancy": "places"}, "line_places_said"),
            ({"occupancy": "places", "places": 0}, "line_places_said"),
            ({"rent": -1}, "line_rent_not_negative"),
            ({"period": DateRange(date(2025, 1, 1), date(2025, 1, 1))}, "line_not_empty"),
        ],
    )
    def test_a_line_makes_sense(self, values: dict[str, Any], constraint: str) -> None:
        with pytest.raises(IntegrityError, match=constraint):
            ContractLineFactory(**values)

    def test_a_contract_does_not_end_before_it_starts(self) -> None:
        with pytest.raises(IntegrityError, match="contract_ends_after_start"):
            ContractFactory(starts_on=date(2025, 2, 1), ends_on=date(2025, 1, 31))

    def test_a_reference_is_of_one_contract_whatever_its_capitals(self) -> None:
        ContractFactory(reference="Réf-1")
        with pytest.raises(IntegrityError, match="contract_reference_once"):
            ContractFactory(reference="REF-1")


@pytest.mark.django_db(transaction=True)
def test_of_several_who_take_one_office_at_once_one_gets_it() -> None:
    resource = ResourceFactory()
    contracts = [ContractFactory() for _ in range(4)]

    def take(contract: Any) -> Any:
        return lambda: ContractLine.objects.create(contract=contract, resource=resource, period=YEAR)

    assert len(errors(together(*map(take, contracts)))) == 3
    assert resource.contract_lines.count() == 1
