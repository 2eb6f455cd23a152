"""The figures of a small network, worked out by hand, and of the demonstration, by independent SQL."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from fondouk.companies.actions import close_residency, declare_figures
from fondouk.companies.models import Company, Residency
from fondouk.demo.actions import load_demonstration
from fondouk.impact.actions import correct_official, note_official
from fondouk.impact.enums import Official
from fondouk.impact.models import OfficialFigure
from fondouk.impact.queries import Scope, records, report, work_out
from fondouk.lib.demonstration import Scene
from tests.factories import ResidencyFactory

from .network import TODAY, Small, company, small

pytestmark = pytest.mark.django_db


@pytest.fixture
def made() -> Small:
    return small()


def figures(**scope: Any) -> dict[str, Any]:
    return work_out(Scope(**{"year": 2024, "today": TODAY, **scope}))


def test_totals_of_the_network(made: Small) -> None:
    measures = figures()["measures"]
    assert measures["hosted"]["value"] == 4  # Ta has left; Ba counts once
    assert measures["headcount"] == {"value": 35, "said": 3, "of": 4, "carried": 3, "carried_from": 1}
    assert measures["women"] == {"value": 5, "said": 2, "of": 4, "whole": 15}
    assert measures["turnover"] == {"value": 1_400_000, "said": 2, "of": 4}
    assert measures["exports"] == {"value": 200_000, "said": 2, "of": 4, "whole": 1_400_000}
    assert measures["under_35"]["value"] is None


def test_of_one_site(made: Small) -> None:
    measures = figures(sites=frozenset({made.b.pk}))["measures"]
    assert measures["hosted"]["value"] == 3
    assert measures["headcount"] == {"value": 25, "said": 2, "of": 3, "carried": 3, "carried_from": 1}


def test_breakdowns(made: Small) -> None:
    found = figures()["breakdowns"]
    assert {key: group["hosted"]["value"] for key, group in found["site"].items()} == {
        str(made.a.pk): 2,
        str(made.b.pk): 3,
    }
    assert {key: group["headcount"]["value"] for key, group in found["sector"].items()} == {
        "green": None,
        "ict": 35,
    }
    assert figures(sector="ict")["measures"]["hosted"]["value"] == 3


def test_entries_departures_and_renewal(made: Small) -> None:
    movement = figures()["movement"]
    assert (movement["entries"], movement["departures"], movement["hosted"]) == (2, 1, 4)
    assert movement["renewal"] == round(2 / 3, 4)  # three were hosted when the year began


def test_moving_to_another_site_is_neither_entry_nor_departure(made: Small) -> None:
    moved = company(made, "Ha", "ict", [(made.a, date(2023, 1, 1), date(2024, 5, 1))], {})
    ResidencyFactory(company=moved, site=made.b, period=(date(2024, 5, 20), None))
    assert (figures()["movement"]["entries"], figures()["movement"]["departures"]) == (2, 1)
    alone = figures(sites=frozenset({made.b.pk}))["movement"]
    assert alone["entries"] == 3  # on that site it is one


def test_a_headcount_older_than_two_years_is_not_carried(made: Small) -> None:
    assert figures(year=2025)["measures"]["headcount"]["carried"] == 10 + 5 + 20 + 3
    late = work_out(Scope(2026, date(2026, 12, 31)))["measures"]["headcount"]
    assert (late["carried"], late["carried_from"]) == (10 + 5 + 20, 3)  # of 2024; what Tha said is of 2023


@pytest.mark.django_db(transaction=True)
def test_a_correction_does_not_change_what_was_known_before(made: Small) -> None:
    moment = timezone.now()
    declare_figures(
        made.companies["Alif"], year=2024, values={"headcount": Decimal(12)}, source="staff", by=None
    )
    close_residency(Residency.objects.get(company=made.companies["Jim"]), last=date(2024, 11, 30), by=None)
    company(made, "Kha", "ict", [(made.a, date(2024, 1, 1), None)], {2024: (100,)})
    now, then = figures()["measures"], figures(as_of=moment)["measures"]
    assert (then["hosted"]["value"], then["headcount"]["value"]) == (4, 35)
    assert (now["hosted"]["value"], now["headcount"]["value"]) == (4, 12 + 5 + 100)
    assert figures(as_of=moment)["movement"]["departures"] == 1
    assert figures()["movement"]["departures"] == 2


@pytest.mark.django_db(transaction=True)
def test_a_removed_stay_was_there_before(made: Small) -> None:
    moment = timezone.now()
    Residency.objects.filter(company=made.companies["Jim"]).delete()
    assert figures()["measures"]["hosted"]["value"] == 3
    assert figures(as_of=moment)["measures"]["hosted"]["value"] == 4


def test_the_share_has_a_range_for_those_who_said_nothing(made: Small) -> None:
    assert figures()["share"] is None
    noted = note_official(
        OfficialFigure(
            code=Official.ICT_TURNOVER, year=2024, value=Decimal(100_000_000), scope="x", source="y"
        ),
        by=None,
    )
    share = figures()["share"]
    assert (share["declared"], share["said"], share["of"]) == (1_400_000, 2, 3)
    assert share["low"] == pytest.approx(0.014)
    # Jim said nothing: between nothing and the upper quartile of 400 000 and 1 000 000
    assert share["quartile"] == 850_000
    assert share["high"] == pytest.approx(0.0225)
    moment = timezone.now()
    correct_official(
        noted, {"value": Decimal(200_000_000), "scope": "x", "source": "z", "address": ""}, by=None
    )
    assert figures()["share"]["low"] == pytest.approx(0.007)
    assert figures(as_of=moment)["share"]["low"] == pytest.approx(0.014)


def test_survival_counts_from_the_entry_and_censors_who_stays(made: Small) -> None:
    curve = figures()["survival"]["all"]
    assert (curve["subjects"], curve["ended"]) == (5, 1)
    days = (date(2024, 6, 30) - date(2021, 5, 1)).days + 1
    fall = next(step for step in curve["steps"] if step["survival"] < 1)
    assert fall["years"] == pytest.approx(days / 365.25, abs=0.001)
    # then at risk: Ta itself and Alif; Ba has been watched for three years less a day: 1096 of its 1096 days
    assert fall["at_risk"] == 2
    assert fall["survival"] == pytest.approx(1 / 2)


def test_whoever_came_before_the_observation_is_at_risk_only_from_then_on(made: Small) -> None:
    """From 2022 on: Alif (2020) and Ta (2021) come late; Ba enters that very day and is not late."""
    whole, late = figures()["survival"]["all"], figures(observed_from=2022)["survival"]["all"]
    assert (whole["late"], late["late"], late["subjects"]) == (0, 2, 5)
    assert late["since"] == "2022-01-01"
    watched_first = (date(2022, 1, 1) - date(2021, 5, 1)).days / 365.25
    assert all(step["survival"] == 1 for step in late["steps"] if step["years"] < watched_first)


def test_records_are_what_the_figure_is_made_of(made: Small) -> None:
    found = records(Scope(2024, TODAY), "headcount")
    assert [(record.company.name, record.value, record.carried_from) for record in found] == [
        ("Jim", 20, None),
        ("Alif", 10, None),
        ("Ba", 5, None),
        ("Tha", 3, 2023),
    ]
    turnover = records(Scope(2024, TODAY), "turnover")
    assert [record.company.name for record in turnover if record.value is None] == ["Jim", "Tha"]


def test_it_is_kept_until_a_record_changes(made: Small) -> None:
    scope = Scope(2024, TODAY)
    assert report(scope) == work_out(scope)
    declare_figures(
        made.companies["Ba"], year=2024, values={"headcount": Decimal(6)}, source="staff", by=None
    )
    assert report(scope)["measures"]["headcount"]["value"] == 36
    Company.objects.filter(pk=made.companies["Jim"].pk).update(merged_into=made.companies["Ba"])
    assert report(scope)["measures"]["hosted"]["value"] == 3


def test_totals_of_the_demonstration_equal_independent_sql() -> None:
    """Written apart from the queries, by another way: stays expanded to days, figures joined one by one."""
    today = date(2026, 11, 27)
    load_demonstration(Scene(today, scale=0.1))
    found = work_out(Scope(2025, today))
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT count(DISTINCT c.id),
                   sum(CASE WHEN f.indicator = 'headcount' THEN f.value END),
                   sum(CASE WHEN f.indicator = 'turnover' THEN f.value END),
                   sum(CASE WHEN f.indicator = 'exports' THEN f.value END),
                   sum(CASE WHEN f.indicator = 'funds_raised' THEN f.value END)
              FROM companies_company c
              LEFT JOIN companies_figure f ON f.company_id = c.id AND f.period = daterange('2025-01-01', '2026-01-01')
                   AND f.id NOT IN (SELECT supersedes_id FROM companies_figure WHERE supersedes_id IS NOT NULL)
             WHERE c.id IN (SELECT company_id FROM companies_residency
                             WHERE coalesce(lower(period), '1900-01-01') <= '2025-12-31'
                               AND coalesce(upper(period), '2100-01-01') > '2025-12-31')
            """
        )
        hosted, people, turnover, exports, funds = cursor.fetchone()
        measures = found["measures"]
        assert measures["hosted"]["value"] == hosted > 20
        assert measures["headcount"]["value"] == people
        assert measures["turnover"]["value"] == turnover
        assert measures["exports"]["value"] == (exports or 0)
        assert measures["funds_raised"]["value"] == funds
        cursor.execute(
            "SELECT count(*) FROM companies_residency WHERE lower(period) BETWEEN '2025-01-01' AND '2025-12-31'"
        )
        assert found["movement"]["entries"] == cursor.fetchone()[0]
        cursor.execute(
            "SELECT count(*) FROM companies_residency WHERE upper(period) BETWEEN '2025-01-02' AND '2026-01-01'"
        )
        assert found["movement"]["departures"] == cursor.fetchone()[0]
    for by in ("sector", "stage"):
        assert sum(group["headcount"]["value"] or 0 for group in found["breakdowns"][by].values()) == people
    series = {row["year"]: row for row in found["by_year"]}
    assert series[2025]["declared"]["headcount"]["value"] == people
    assert series[2025]["hosted"] == hosted


def test_the_past_of_the_demonstration_can_be_asked_for() -> None:
    today = date(2026, 11, 27)
    load_demonstration(Scene(today, scale=0.1))
    moment = timezone.make_aware(timezone.datetime(2020, 6, 1))
    then = work_out(Scope(2019, today, as_of=moment))["measures"]
    now = work_out(Scope(2019, today))["measures"]
    assert then["hosted"]["value"] == now["hosted"]["value"] > 10
    assert 0 < then["headcount"]["said"] <= now["headcount"]["said"]
    assert (
        then["headcount"]["of"] - then["headcount"]["said"]
        >= now["headcount"]["of"] - now["headcount"]["said"]
    )
    assert timedelta(0) < timezone.now() - moment
