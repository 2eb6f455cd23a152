"""Several people do the same thing to companies at the same moment."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from fondouk.companies.actions import (
    FigureRefused,
    add_member,
    assign_sector,
    assign_steward,
    create_company,
    declare_figures,
    open_residency,
    set_identity,
)
from fondouk.companies.models import Company
from tests.factories import (
    CompanyFactory,
    FigureFactory,
    PersonFactory,
    SectorFactory,
    SiteFactory,
    ice,
)
from tests.threads import errors, together

ICE = ice(17)


@pytest.mark.django_db(transaction=True)
class TestAtOnce:
    """The second of two reads why, as it would a day later."""

    def refusals(self, outcomes: list[Any]) -> list[list[str]]:
        found = errors(outcomes)
        assert all(isinstance(error, ValidationError) for error in found), found
        return [list(error.message_dict) for error in found]  # type: ignore[attr-defined]

    def test_one_name(self) -> None:
        outcomes = together(*[lambda: create_company(Company(name="Saqia"), by=None)] * 4)
        assert self.refusals(outcomes) == [["name"]] * 3

    def test_one_ice(self) -> None:
        companies = [CompanyFactory() for _ in range(4)]
        outcomes = together(
            *[lambda company=company: set_identity(company, {"ice": ICE}, by=None) for company in companies]
        )
        assert self.refusals(outcomes) == [["ice"]] * 3

    def test_one_stay(self) -> None:
        company, site = CompanyFactory(), SiteFactory()
        arrive = lambda: open_residency(company, site=site, mode="office", first=date(2024, 1, 1), by=None)  # noqa: E731
        assert self.refusals(together(*[arrive] * 4)) == [["first"]] * 3

    def test_one_member(self) -> None:
        company, person = CompanyFactory(), PersonFactory()
        outcomes = together(*[lambda: add_member(company, person, role="member", by=None)] * 4)
        assert self.refusals(outcomes) == [["name"]] * 3

    def test_sectors_and_stewards_follow_each_other(self) -> None:
        company, people = CompanyFactory(), [PersonFactory() for _ in range(4)]
        sectors = [SectorFactory(code=code) for code in ("ict", "green", "creative")]
        acts = [lambda person=person: assign_steward(company, person, by=None) for person in people]
        acts += [lambda sector=sector: assign_sector(company, sector, by=None) for sector in sectors]
        assert errors(together(*acts)) == []
        assert company.stewardships.filter(period__contains=timezone.localdate()).count() == 1
        assert company.sector_assignments.filter(period__contains=timezone.localdate()).count() == 1

    def test_figures_that_do_not_go_together(self) -> None:
        company = CompanyFactory()
        FigureFactory(company=company, year=2025, value=10)

        def declare(**values: int) -> Any:
            figures = {code: Decimal(value) for code, value in values.items()}
            return lambda: declare_figures(company, year=2025, values=figures, source="staff", by=None)

        outcomes = together(declare(headcount=5), declare(women=8))
        assert [type(error) for error in errors(outcomes)] == [FigureRefused]
