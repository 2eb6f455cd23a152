"""Figures, declared as people write them."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.utils import timezone

from fondouk.companies.models import Figure
from tests.factories import FigureFactory

YEAR = timezone.localdate().year - 1
URL = f"/en/my/figures/{YEAR}/"


def standing(company):
    return {row.indicator: row.value for row in company.figures.standing()}


def test_numbers_are_read_as_people_write_them(owner, cast):
    answer = owner.post(
        URL, {"headcount": "11", "women": "5", "turnover": "1 200,50", "exports": "0", "funds_raised": ""}
    )
    assert answer.status_code == 302
    assert standing(cast.company) == {
        "headcount": 11,
        "women": 5,
        "turnover": Decimal("1200.50"),
        "exports": 0,
    }
    assert {row.source for row in Figure.objects.all()} == {"declared"}
    assert {row.declared_by for row in Figure.objects.all()} == {cast.owner.person}


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"headcount": "11", "women": "12"}, "women"),
        ({"headcount": "11", "under_35": "12"}, "under_35"),
        ({"headcount": "1", "turnover": "10", "exports": "11"}, "exports"),
        ({"headcount": "eleven"}, "headcount"),
        ({"headcount": "-1"}, "headcount"),
        ({"headcount": "2,5"}, "headcount"),
        ({"headcount": ""}, "headcount"),
    ],
)
def test_an_error_stands_beside_its_field_and_nothing_is_written(owner, said, field):
    answer = owner.post(URL, said)
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    assert not Figure.objects.exists()


def test_what_stands_already_counts(owner, cast):
    FigureFactory(company=cast.company, indicator="headcount", year=YEAR, value=4)
    answer = owner.post(URL, {"headcount": "4", "women": "5"})
    assert list(answer.context["form"].errors) == ["women"]


def test_a_correction_supersedes_and_an_empty_field_takes_nothing_back(owner, cast):
    FigureFactory(company=cast.company, indicator="headcount", year=YEAR, value=4)
    FigureFactory(company=cast.company, indicator="turnover", year=YEAR, value=900)
    owner.post(URL, {"headcount": "6", "turnover": ""})
    assert standing(cast.company) == {"headcount": 6, "turnover": 900}
    assert cast.company.figures.count() == 3


def test_a_year_that_is_not_over_or_long_gone_cannot_be_declared(owner):
    assert owner.get(f"/en/my/figures/{YEAR + 1}/").status_code == 404
    assert owner.get(f"/en/my/figures/{YEAR - 3}/").status_code == 404


def test_a_member_reads_them_only(member, cast):
    FigureFactory(company=cast.company, value=11)
    assert "11" in member.get("/en/my/figures/").content.decode()
    assert member.get(URL).status_code == 404
    assert member.post(URL, {"headcount": "3"}).status_code == 404
