"""A small network whose figures can be worked out by hand.

Five companies on two sites, in 2024 (which is over) and 2025:

| company | site | stay | sector | 2024: people, women, turnover, exports | 2023: people |
|---|---|---|---|---|---|
| Alif | A | since 2020-03-01 | ict | 10, 4, 1 000 000, 200 000 | 8 |
| Ba | A and B | since 2022-01-01 | ict | 5, 1, 400 000, — | — |
| Ta | A | 2021-05-01 to 2024-06-30 | green | 7, 3, 900 000, — | 6 |
| Tha | B | since 2024-09-01 | green | nothing said | 3 |
| Jim | B | since 2024-02-01 | ict | 20, —, —, — | — |
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.backends.postgresql.psycopg_any import DateRange

from fondouk.companies.models import Company
from fondouk.sites.models import Site
from tests.factories import (
    CompanyFactory,
    FigureFactory,
    ResidencyFactory,
    SectorAssignmentFactory,
    SiteFactory,
)

TODAY = date(2025, 11, 27)


@dataclass
class Small:
    a: Site
    b: Site
    companies: dict[str, Company]


def small() -> Small:
    a, b = SiteFactory(city="Casablanca", code="a"), SiteFactory(city="Rabat", code="b")
    made = Small(a, b, {})
    company(
        made, "Alif", "ict", [(a, date(2020, 3, 1), None)], {2024: (10, 4, 1_000_000, 200_000), 2023: (8,)}
    )
    company(
        made, "Ba", "ict", [(a, date(2022, 1, 1), None), (b, date(2023, 1, 1), None)], {2024: (5, 1, 400_000)}
    )
    company(
        made, "Ta", "green", [(a, date(2021, 5, 1), date(2024, 7, 1))], {2024: (7, 3, 900_000), 2023: (6,)}
    )
    company(made, "Tha", "green", [(b, date(2024, 9, 1), None)], {2023: (3,)})
    company(made, "Jim", "ict", [(b, date(2024, 2, 1), None)], {2024: (20,)})
    return made


def company(
    made: Small, name: str, sector: str, stays: list[Any], said: dict[int, tuple[int, ...]]
) -> Company:
    one = CompanyFactory(name=name)
    made.companies[name] = one
    SectorAssignmentFactory(company=one, sector__code=sector)
    for site, first, end in stays:
        ResidencyFactory(company=one, site=site, period=DateRange(first, end))
    for year, values in said.items():
        for indicator, value in zip(("headcount", "women", "turnover", "exports"), values, strict=False):
            FigureFactory(company=one, indicator=indicator, year=year, value=Decimal(value))
    return one
