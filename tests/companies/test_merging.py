"""Two records that are one company: merged, and told apart again exactly as they were."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.db.backends.postgresql.psycopg_any import DateRange

from fondouk.companies.actions import (
    CannotSeparate,
    declare_figures,
    merge_companies,
    undo_merge,
)
from fondouk.companies.actions.merging import _relations
from fondouk.companies.models import Company, CompanyMerge, Figure
from tests.factories import (
    CompanyDocumentFactory,
    CompanyFactory,
    ContractFactory,
    FigureFactory,
    LegalIdentityFactory,
    MembershipFactory,
    PersonFactory,
    ResidencyFactory,
    SectorAssignmentFactory,
    SiteFactory,
    ice,
)
from tests.threads import errors, together

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


@pytest.mark.django_db
class TestMerging:
    def test_what_belongs_to_one_moves_to_the_other(self) -> None:
        kept, absorbed = CompanyFactory(), CompanyFactory()
        for made in (ResidencyFactory, MembershipFactory, FigureFactory, LegalIdentityFactory):
            made(company=absorbed)
        CompanyDocumentFactory(company=absorbed)
        ContractFactory(company=absorbed)
        before = counts()
        merge_companies(kept, absorbed, by=None)
        assert counts() == before
        for name in ("residencies", "memberships", "figures", "identities", "documents", "contracts"):
            assert getattr(kept, name).count() == 1, name
            assert not getattr(absorbed, name).exists(), name

    def test_the_absorbed_one_is_gone_from_lists_and_counts(self) -> None:
        kept, absorbed = CompanyFactory(), CompanyFactory()
        merge_companies(kept, absorbed, by=None)
        assert list(Company.objects.standing()) == [kept]

    def test_what_the_kept_one_lacks_is_filled_in(self) -> None:
        kept = CompanyFactory(email="", activity="Jeux")
        absorbed = CompanyFactory(
            email="bonjour@khettara.ma", activity="Logiciels", website="https://khettara.ma"
        )
        merge_companies(kept, absorbed, by=None)
        kept.refresh_from_db()
        assert (kept.email, kept.activity, kept.website) == (
            "bonjour@khettara.ma",
            "Jeux",
            "https://khettara.ma",
        )

    def test_where_both_speak_of_the_same_time_the_kept_one_stands(self) -> None:
        kept, absorbed, site, person = CompanyFactory(), CompanyFactory(), SiteFactory(), PersonFactory()
        for company, value in ((kept, 5), (absorbed, 10)):
            ResidencyFactory(company=company, site=site)
            LegalIdentityFactory(company=company)
            MembershipFactory(company=company, person=person)
            SectorAssignmentFactory(company=company)
            declare(company, headcount=value)
        before = counts()
        merge_companies(kept, absorbed, by=None)
        assert counts() == before
        assert [figure.value for figure in kept.figures.standing()] == [5]
        assert [figure.value for figure in absorbed.figures.standing()] == [10]
        assert (kept.residencies.count(), absorbed.residencies.count()) == (1, 1)

    def test_a_figure_with_its_corrections_moves_whole_or_not_at_all(self) -> None:
        kept, absorbed = CompanyFactory(), CompanyFactory()
        declare(kept, headcount=5)
        for value in (10, 11, 12):
            declare(absorbed, headcount=value, turnover=value)
        merge_companies(kept, absorbed, by=None)
        assert [
            int(value) for value in kept.figures.filter(indicator="turnover").values_list("value", flat=True)
        ] == [
            10,
            11,
            12,
        ]
        assert absorbed.figures.filter(indicator="headcount").count() == 3

    def test_a_part_does_not_move_to_a_smaller_whole(self) -> None:
        kept, absorbed = CompanyFactory(), CompanyFactory()
        declare(kept, headcount=5)
        declare(absorbed, headcount=10, women=8, under_35=5)
        merge_companies(kept, absorbed, by=None)
        connection.cursor().execute("set constraints all immediate")
        assert {figure.indicator: int(figure.value) for figure in kept.figures.standing()} == {
            "headcount": 5,
            "under_35": 5,
        }

    def test_a_figure_does_not_leave_its_correction_behind(self) -> None:
        kept, absorbed = CompanyFactory(), CompanyFactory()
        FigureFactory(company=kept, indicator="women", value=2)  # alone, as a book gave it
        declare(absorbed, headcount=0)
        declare(absorbed, headcount=1)
        before = everything()
        merge = merge_companies(kept, absorbed, by=None)
        assert absorbed.figures.count() == 2
        undo_merge(merge, by=None)
        assert everything() == before

    def test_an_ice_passes_to_the_one_that_has_none(self) -> None:
        kept, absorbed = CompanyFactory(), CompanyFactory()
        LegalIdentityFactory(company=kept, ice="", rc="1", cnss="")
        LegalIdentityFactory(company=absorbed, ice=ICE, rc="2", cnss="3")
        before = everything()
        merge = merge_companies(kept, absorbed, by=None)
        identity = kept.identities.get()
        assert (identity.ice, identity.rc, identity.cnss) == (ICE, "1", "3")
        undo_merge(merge, by=None)
        assert everything() == before

    def test_a_company_is_not_merged_with_itself(self) -> None:
        company = CompanyFactory()
        with pytest.raises(ValidationError, match="elle-même"):
            merge_companies(company, Company.objects.get(pk=company.pk), by=None)

    def test_a_record_already_merged_is_not_merged_again_either_way(self) -> None:
        first, second, third = CompanyFactory(), CompanyFactory(), CompanyFactory()
        merge_companies(first, second, by=None)
        for kept, absorbed in ((second, first), (third, second), (second, third)):
            with pytest.raises(ValidationError):
                merge_companies(kept, absorbed, by=None)


@pytest.mark.django_db
class TestUndoing:
    def test_it_is_undone_once(self) -> None:
        merge = merge_companies(CompanyFactory(), CompanyFactory(), by=None)
        undo_merge(merge, by=None)
        with pytest.raises(CannotSeparate):
            undo_merge(merge, by=None)

    def test_it_may_be_done_again(self) -> None:
        kept, absorbed = CompanyFactory(), CompanyFactory()
        undo_merge(merge_companies(kept, absorbed, by=None), by=None)
        assert merge_companies(absorbed, kept, by=None).pk

    def test_corrections_go_back_whatever_the_order_in_which_the_database_keeps_them(self) -> None:
        kept, absorbed = CompanyFactory(), CompanyFactory()
        for value in range(10, 15):
            declare(absorbed, headcount=value)
        before = everything()
        merge = merge_companies(kept, absorbed, by=None)
        for figure in kept.figures.order_by("-pk"):  # each is written anew, the last correction first
            Figure.objects.filter(pk=figure.pk).update(source_note="read again")
            Figure.objects.filter(pk=figure.pk).update(source_note="")
        undo_merge(merge, by=None)
        assert everything() == before

    def test_a_correction_made_since_keeps_the_two_together(self) -> None:
        kept, absorbed = CompanyFactory(), CompanyFactory()
        declare(absorbed, headcount=10)
        merge = merge_companies(kept, absorbed, by=None)
        declare(kept, headcount=12)
        before = everything()
        with pytest.raises(CannotSeparate):
            undo_merge(merge, by=None)
        assert everything() == before

    def test_a_name_taken_since_keeps_the_two_together(self) -> None:
        kept, absorbed = CompanyFactory(), CompanyFactory(name="Saqia Sud")
        ResidencyFactory(company=absorbed)
        merge = merge_companies(kept, absorbed, by=None)
        CompanyFactory(name="Saqia Sud")
        before = everything()
        with pytest.raises(CannotSeparate):
            undo_merge(merge, by=None)
        assert everything() == before

    def test_the_last_of_a_row_of_merges_is_undone_first(self) -> None:
        first, second, third = CompanyFactory(), CompanyFactory(), CompanyFactory()
        ResidencyFactory(company=third)
        before = everything()
        inner = merge_companies(second, third, by=None)
        outer = merge_companies(first, second, by=None)
        with pytest.raises(CannotSeparate):
            undo_merge(inner, by=None)
        undo_merge(outer, by=None)
        undo_merge(inner, by=None)
        assert everything() == before

    def test_what_was_removed_since_stays_removed(self) -> None:
        kept, absorbed = CompanyFactory(), CompanyFactory()
        document = CompanyDocumentFactory(company=absorbed)
        ResidencyFactory(company=absorbed)
        merge = merge_companies(kept, absorbed, by=None)
        document.delete()
        undo_merge(merge, by=None)
        assert absorbed.residencies.count() == 1

    def test_what_was_written_since_is_not_taken_back(self) -> None:
        kept, absorbed = CompanyFactory(), CompanyFactory(email="a@khettara.ma", activity="Jeux")
        merge = merge_companies(kept, absorbed, by=None)
        Company.objects.filter(pk=kept.pk).update(email="b@khettara.ma")
        undo_merge(merge, by=None)
        kept.refresh_from_db()
        assert (kept.email, kept.activity) == ("b@khettara.ma", "")


@pytest.mark.django_db(transaction=True)
class TestAtOnce:
    def test_of_a_into_b_and_b_into_a_one_is_done(self) -> None:
        first, second = CompanyFactory(), CompanyFactory()
        outcomes = together(
            lambda: merge_companies(first, second, by=None), lambda: merge_companies(second, first, by=None)
        )
        assert [type(error) for error in errors(outcomes)] == [ValidationError]
        assert Company.objects.standing().count() == 1

    def test_it_is_undone_once(self) -> None:
        absorbed = CompanyFactory()
        ResidencyFactory(company=absorbed)
        merge = merge_companies(CompanyFactory(), absorbed, by=None)
        outcomes = together(*[lambda: undo_merge(CompanyMerge.objects.get(pk=merge.pk), by=None)] * 3)
        assert [type(error) for error in errors(outcomes)] == [CannotSeparate] * 2
        assert absorbed.residencies.count() == 1
