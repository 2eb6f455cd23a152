"""What the public could work out of one company: from tables that overlap, from parts side by side, from two editions."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from fondouk.companies.actions import declare_figures
from fondouk.companies.models import Residency, SectorAssignment
from fondouk.impact.actions import TooFewChanged, publish_edition
from fondouk.impact.queries import Scope, work_out
from fondouk.impact.queries.public import shown
from tests.factories import FigureFactory, SectorAssignmentFactory, SiteFactory
from tests.impact.network import TODAY, Small, company

pytestmark = pytest.mark.django_db
SINCE = date(2020, 1, 1)


@pytest.fixture
def made() -> Small:
    """Six creative companies on A, six green ones on B."""
    network = Small(SiteFactory(code="a"), SiteFactory(code="b"), {})
    for number in range(6):
        company(
            network, f"A{number}", "creative", [(network.a, SINCE, None)],
            {2024: (10 + number, 3, 500_000 + number, 100_000)},
        )  # fmt: skip
        company(
            network, f"B{number}", "green", [(network.b, SINCE, None)],
            {2024: (20 + number, 4, 700_000 + number, 100_000)},
        )  # fmt: skip
    return network


def cell(edition: Any, by: str, key: Any, measure: str) -> Any:
    return edition.shown["breakdowns"][by][str(key)][measure]["value"]


def say(made: Small, name: str, year: int = 2024, **values: int) -> None:
    said = {code: Decimal(value) for code, value in values.items()}
    declare_figures(made.companies[name], year=year, values=said, source="staff", by=None)


def test_a_company_on_two_sites_is_not_the_sites_less_the_total(made: Small) -> None:
    both = [(made.a, SINCE, None), (made.b, SINCE, None)]
    company(made, "Deux", "green", both, {2024: (37, 5, 1_234_567, 9)})
    edition = publish_edition(2024, by=None)
    for measure in ("headcount", "turnover", "women"):
        cells = [cell(edition, "site", site.pk, measure) for site in (made.a, made.b)]
        assert None in cells


def test_who_moves_to_another_sector_or_site_does_not_take_their_figures_along(made: Small) -> None:
    before = publish_edition(2024, by=None)
    mover = made.companies["A3"]
    SectorAssignment.objects.filter(company=mover).delete()
    SectorAssignmentFactory(company=mover, sector__code="green")
    Residency.objects.filter(company=mover).update(site=made.b)
    after = publish_edition(2024, by=None)
    assert after.shown["measures"]["turnover"] == before.shown["measures"]["turnover"]
    for by, key in (("sector", "green"), ("sector", "creative"), ("site", made.a.pk), ("site", made.b.pk)):
        assert cell(before, by, key, "turnover") is not None
        assert cell(after, by, key, "turnover") is None
    assert cell(after, "sector", "green", "hosted") == 7


def test_several_change_but_one_alone_in_a_total(made: Small) -> None:
    company(made, "Late", "green", [(made.b, SINCE, None)], {})
    publish_edition(2024, by=None)
    say(made, "Late", headcount=9, turnover=888_888)
    for number in range(3):
        say(made, f"A{number}", women=2)
    with pytest.raises(TooFewChanged):
        publish_edition(2024, by=None)


def test_a_headcount_of_last_year_said_late(made: Small) -> None:
    for number in range(5):
        company(made, f"K{number}", "green", [(made.b, SINCE, None)], {2023: (10,)})
    company(made, "Late", "green", [(made.b, SINCE, None)], {})
    before = publish_edition(2024, by=None).shown
    assert before["measures"]["headcount"]["carried"] == 50
    say(made, "Late", 2023, headcount=77)
    after = publish_edition(2024, by=None)
    assert after.shown["measures"]["headcount"]["carried"] == 0
    people = [cell(after, "site", site.pk, "headcount") for site in (made.a, made.b)]
    assert sum(filter(None, people)) in (0, sum(10 + n + 20 + n for n in range(6)))


def test_carried_headcounts_that_are_nearly_one_companys(made: Small) -> None:
    for number, people in enumerate((1000, 1, 1, 1)):
        company(made, f"K{number}", "green", [(made.b, SINCE, None)], {2023: (people,)})
    public = shown(work_out(Scope(2024, TODAY), with_contributions=True))
    assert public["measures"]["headcount"]["carried"] == 0


def test_two_parts_side_by_side_do_not_tell_who_said_one_of_them_only() -> None:
    """14 said their people, nine of them their women, eight of these who is under 35."""
    made = Small(SiteFactory(code="a"), SiteFactory(code="b"), {})
    for number in range(14):
        one = company(made, f"C{number}", "green", [(made.a, SINCE, None)], {2024: (10 + number,)})
        for indicator, least in (("women", 9), ("under_35", 8)):
            if number < least:
                FigureFactory(company=one, indicator=indicator, year=2024, value=Decimal(3))
    measures = shown(work_out(Scope(2024, TODAY), with_contributions=True))["measures"]
    assert "whole" in measures["women"]
    assert "whole" not in measures["under_35"]
