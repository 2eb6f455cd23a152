"""The stays behind entries, departures and survival: as many as the figures say, and those that they say."""

from __future__ import annotations

import pytest

from fondouk.impact.queries import Scope, stay_records, work_out
from tests.factories import staff
from tests.impact.network import TODAY, Small, small
from tests.visiting import visitor

pytestmark = pytest.mark.django_db


@pytest.fixture
def made() -> Small:
    return small()


@pytest.mark.parametrize("year", [2020, 2021, 2022, 2024, 2025])
@pytest.mark.parametrize("narrowed", [{}, {"sector": "ict"}])
def test_the_records_are_as_many_as_the_figures(made: Small, year: int, narrowed: dict[str, str]) -> None:
    scope = Scope(year, TODAY, **narrowed)
    found = work_out(scope)
    movement = found["movement"] or {"entries": 0, "departures": 0}
    for of in ("entries", "departures"):
        assert len(stay_records(scope, of)) == movement[of]
    assert len(stay_records(scope, "all")) == (found["survival"]["all"] or {"subjects": 0})["subjects"]


def test_who_came_and_who_left(made: Small) -> None:
    scope = Scope(2024, TODAY)
    assert [one.company.name for one in stay_records(scope, "entries")] == ["Tha", "Jim"]
    assert [one.company.name for one in stay_records(scope, "departures")] == ["Ta"]


def test_the_page_leads_to_them(made: Small) -> None:
    manager = visitor(staff("direction"))
    page = manager.get("/fr/figures/?year=2024").content.decode()
    for address in (
        "/fr/figures/stays/entries/?year=2024",
        "/fr/figures/stays/all/?year=2024",
        "/fr/figures/records/turnover/?year=2024",
    ):
        assert address in page
    shown = manager.get("/fr/figures/stays/departures/?year=2024").content.decode()
    assert "Ta" in shown
    assert shown.count('aria-current="page"') >= 2  # the menu's entry, and the tab of departures
    lines = (
        manager.get("/fr/figures/stays/departures/csv/?year=2024").content.decode("utf-8-sig").splitlines()
    )
    assert len(lines) == 2
    assert manager.get("/fr/figures/stays/nothing/").status_code == 404
