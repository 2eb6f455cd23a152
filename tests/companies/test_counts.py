"""How many companies and people, on any day, also one long past."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange

from fondouk.companies.models import Company
from fondouk.companies.queries import (
    figure_table,
    figures_of_year,
    hosted_and_arrived,
    hosted_count,
    near_names,
    people_employed,
    rows,
    without_figures,
    without_ice,
)
from tests.factories import CompanyFactory, FigureFactory, LegalIdentityFactory, ResidencyFactory, SiteFactory

pytestmark = pytest.mark.django_db


def stay(company: Any, site: Any, first: int, last: int | None = None) -> None:
    """From 1 January of one year to 1 January of another."""
    period = DateRange(date(first, 1, 1), date(last, 1, 1) if last else None)
    ResidencyFactory(company=company, site=site, period=period)


def summer(year: int) -> date:
    return date(year, 6, 1)


def test_a_company_on_two_sites_counts_once_and_on_each() -> None:
    company, casa, fes = CompanyFactory(), SiteFactory(), SiteFactory()
    stay(company, casa, 2015, 2020)
    stay(company, fes, 2018)
    counts = [
        (hosted_count(summer(year)), hosted_count(summer(year), {casa.pk}))
        for year in (2014, 2016, 2019, 2021)
    ]
    assert counts == [(0, 0), (1, 1), (1, 1), (1, 0)]
    assert hosted_count(summer(2019), {casa.pk, fes.pk}) == 1
    assert hosted_count(summer(2019), set()) == 0


def test_the_first_day_counts_and_the_day_after_the_last_does_not() -> None:
    stay(CompanyFactory(), SiteFactory(), 2015, 2020)
    days = [date(2014, 12, 31), date(2015, 1, 1), date(2019, 12, 31), date(2020, 1, 1)]
    assert [hosted_count(day) for day in days] == [0, 1, 1, 0]


def test_arrivals_of_a_year() -> None:
    site = SiteFactory()
    for first, last in ((2018, 2020), (2019, None), (2020, None)):
        stay(CompanyFactory(), site, first, last)
    assert hosted_and_arrived(summer(2019), date(2019, 1, 1)) == (2, 1)
    assert hosted_and_arrived(summer(2020), date(2019, 1, 1), {site.pk}) == (2, 2)
    assert hosted_and_arrived(summer(2020), date(2019, 1, 1), {site.pk + 1}) == (0, 0)


def test_people_are_those_last_declared_for_a_year_begun_by_then() -> None:
    company, site = CompanyFactory(), SiteFactory()
    stay(company, site, 2015)
    for year, value in ((2018, 10), (2020, 30)):
        FigureFactory(company=company, year=year, value=value)
    wrong = FigureFactory(company=company, year=2019, value=99)
    FigureFactory(company=company, year=2019, value=20, supersedes=wrong)
    assert [people_employed(summer(year)) for year in (2017, 2018, 2019, 2025)] == [0, 10, 20, 30]
    assert people_employed(summer(2018), {site.pk}) == 10
    assert people_employed(summer(2018), set()) == 0


def test_people_of_a_company_on_two_sites_count_once() -> None:
    company = CompanyFactory()
    for _number in range(2):
        stay(company, SiteFactory(), 2015)
    FigureFactory(company=company, year=2018, value=10)
    assert people_employed(summer(2018)) == 10


def test_merged_records_count_no_more() -> None:
    kept, absorbed, site = CompanyFactory(), CompanyFactory(), SiteFactory()
    stay(absorbed, site, 2015)
    FigureFactory(company=absorbed, year=2018)
    Company.objects.filter(pk=absorbed.pk).update(merged_into=kept)
    assert (hosted_count(summer(2018)), people_employed(summer(2018))) == (0, 0)
    assert hosted_and_arrived(summer(2018), date(2010, 1, 1)) == (0, 0)


def test_rows_tell_how_a_company_stood_that_day() -> None:
    company, casa, fes = CompanyFactory(), SiteFactory(), SiteFactory()
    stay(company, casa, 2015, 2017)
    stay(company, fes, 2019, 2020)
    told = {}
    for year in (2014, 2016, 2018, 2019, 2021):
        (row,) = rows([company], summer(year))
        told[year] = (row.status, row.since and row.since.year)
        assert row.status == company.status_on(summer(year))
        assert list(Company.objects.with_status(row.status, summer(year))) == [company]
    assert told == {
        2014: ("expected", 2015),
        2016: ("hosted", 2015),
        2018: ("expected", 2019),
        2019: ("hosted", 2019),
        2021: ("alumni", 2015),
    }


def test_what_hosted_companies_lack() -> None:
    bare, whole, site = CompanyFactory(), CompanyFactory(), SiteFactory()
    for company in (bare, whole):
        stay(company, site, 2018)
    LegalIdentityFactory(company=whole)
    LegalIdentityFactory(company=bare, ice="")
    FigureFactory(company=whole, year=2019)
    stay(CompanyFactory(), site, 2020)  # not there yet in 2019
    assert list(without_ice(summer(2019))) == [bare]
    assert list(without_figures(summer(2020), 2019)) == [bare]


def test_the_table_of_figures_holds_the_last_years_that_have_any() -> None:
    company = CompanyFactory()
    for year in (2015, 2018, 2019, 2020, 2022):
        FigureFactory(company=company, year=year, value=year)
    FigureFactory(company=company, year=2022, indicator="turnover", value=5)
    table = figure_table(list(company.figures.standing()))
    assert table.years == [2018, 2019, 2020, 2022]
    assert [line[0] for line in table.lines] == ["headcount", "turnover"]
    assert [figure and int(figure.value) for figure in table.lines[1][1]] == [None, None, None, 5]
    assert not figure_table([])
    assert figures_of_year(company, 2022) == {"headcount": 2022, "turnover": 5}


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("Zellige", ["Zellige Code", "Zellige Santé"]),
        ("ZELLIGE SANTE SARL", ["Zellige Santé", "Zellige Code"]),
        ("zel SA", []),
        ("", []),
        ("' & | ! :* \x00", []),
    ],
)
def test_near_names_share_a_word(typed: str, found: list[str]) -> None:
    for name in ("Zellige Code", "Zellige Santé", "Oued Eau SARL"):
        CompanyFactory(name=name)
    assert [company.name for company in near_names(typed)] == found
