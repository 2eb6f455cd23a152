"""Whatever two records hold, merging loses nothing and undoing leaves everything as it was."""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.backends.postgresql.psycopg_any import DateRange
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from fondouk.companies.actions import (
    FigureRefused,
    declare_figures,
    merge_companies,
    undo_merge,
)
from fondouk.companies.actions.merging import _relations
from fondouk.companies.models import Company
from tests.factories import (
    CompanyFactory,
    LegalIdentityFactory,
    MembershipFactory,
    PersonFactory,
    ResidencyFactory,
    SiteFactory,
    ice,
)

ICE = ice(17)
COLUMNS = ("name", "name_ar", "activity", "email", "phone", "website", "merged_into_id")


def years(first: int, last: int | None = None) -> DateRange:
    return DateRange(date(first, 1, 1), date(last, 1, 1) if last else None)


def everything() -> dict[str, Any]:
    """All companies, and all that belongs to a company, whole rows."""
    found: dict[str, Any] = {"companies": list(Company.objects.order_by("pk").values(*COLUMNS))}
    for relation in _relations():
        model = relation.related_model
        found[model._meta.label] = list(model._base_manager.order_by("pk").values())
    return found


def declare(company: Company, **values: int) -> None:
    declare_figures(
        company,
        year=2025,
        values={code: Decimal(value) for code, value in values.items()},
        source="staff",
        by=None,
    )


def counts() -> dict[str, int]:
    return {label: len(rows) for label, rows in everything().items()}


class TestAnyTwo(TestCase):
    """Whatever two records hold: nothing is lost, and undoing leaves everything as it was."""

    stays = st.lists(st.tuples(st.integers(0, 1), st.integers(2015, 2024), st.integers(1, 6)), max_size=3)
    identities = st.lists(
        st.tuples(st.integers(2010, 2025), st.booleans()), max_size=2, unique_by=lambda row: row[0]
    )
    figures = st.lists(
        st.tuples(st.sampled_from(["headcount", "women", "turnover", "exports"]), st.integers(0, 9)),
        max_size=6,
    )
    record = st.tuples(stays, identities, figures, st.integers(0, 2), st.booleans())

    def furnish(self, company: Company, held: Any, sites: list[Any], people: list[Any], offset: int) -> None:
        stays, identities, figures, members, has_activity = held
        taken: set[tuple[int, int]] = set()
        for site, first, length in stays:
            span = {(site, year) for year in range(first, first + length)}
            if not span & taken:
                taken |= span
                ResidencyFactory(company=company, site=sites[site], period=years(first, first + length))
        starts = sorted(identities)
        for number, (start, has_ice) in enumerate(starts):
            end = starts[number + 1][0] if number + 1 < len(starts) else None
            number_of_ice = ice(100 + offset * 10 + number) if has_ice else ""
            LegalIdentityFactory(company=company, ice=number_of_ice, cnss="", period=years(start, end))
        for indicator, value in figures:
            with suppress(FigureRefused):  # a part above its whole: this company did not declare it
                declare(company, **{indicator: value})
        for person in people[:members]:
            MembershipFactory(company=company, person=person)
        if has_activity:
            Company.objects.filter(pk=company.pk).update(activity=f"Activité {offset}")

    @settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
    @given(first=record, second=record)
    def test_merged_and_undone(self, first: Any, second: Any) -> None:
        sites, people = [SiteFactory(), SiteFactory()], [PersonFactory(), PersonFactory()]
        kept, absorbed = CompanyFactory(), CompanyFactory()
        self.furnish(kept, first, sites, people, 1)
        self.furnish(absorbed, second, sites, people, 2)
        before, rows = everything(), counts()
        merge = merge_companies(kept, absorbed, by=None)
        assert counts() == rows
        undo_merge(merge, by=None)
        assert everything() == before
