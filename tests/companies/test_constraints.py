"""What the database refuses about companies, whoever asks and however many ask at once."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, connection
from django.db.backends.postgresql.psycopg_any import DateRange

from fondouk.companies.models import Company, CompanyMerge, Figure, LegalIdentity, Residency, Stewardship
from tests.factories import (
    CompanyFactory,
    FigureFactory,
    LegalIdentityFactory,
    MembershipFactory,
    PersonFactory,
    ResidencyFactory,
    SectorAssignmentFactory,
    SiteFactory,
    ice,
)
from tests.threads import committed_together, errors, together

ALWAYS = DateRange(None, None)
ICE = ice(17)


def years(first: int, last: int | None = None) -> DateRange:
    """From 1 January of one year to 1 January of another."""
    return DateRange(date(first, 1, 1), date(last, 1, 1) if last else None)


@pytest.mark.django_db
class TestOneAfterTheOther:
    def test_a_company_is_not_hosted_twice_on_one_site_at_a_time(self) -> None:
        stay = ResidencyFactory(period=years(2020, 2022))
        ResidencyFactory(company=stay.company, site=stay.site, period=years(2022))
        ResidencyFactory(company=stay.company, period=years(2020))  # on another site
        with pytest.raises(IntegrityError, match="one_residency_a_site"):
            ResidencyFactory(company=stay.company, site=stay.site, period=years(2021, 2023))

    def test_a_stay_lasts_a_day_at_least(self) -> None:
        with pytest.raises(IntegrityError, match="residency_not_empty"):
            ResidencyFactory(period=DateRange(date(2020, 1, 1), date(2020, 1, 1)))

    def test_an_ice_is_of_one_company_at_a_time(self) -> None:
        LegalIdentityFactory(ice=ICE, period=years(2010, 2020))
        LegalIdentityFactory(ice=ICE, period=years(2020))
        LegalIdentityFactory(ice="")
        LegalIdentityFactory(ice="")
        with pytest.raises(IntegrityError, match="ice_once"):
            LegalIdentityFactory(ice=ICE, period=years(2015, 2016))

    @pytest.mark.parametrize(
        "broken", ["1", "12345678901234", "1234567890123456"[:15] + "x", "00000000000000x"]
    )
    def test_an_ice_has_fifteen_digits(self, broken: str) -> None:
        with pytest.raises(DatabaseError):
            LegalIdentityFactory(ice=broken)

    def test_names_meet_whatever_their_capitals_accents_and_legal_form(self) -> None:
        CompanyFactory(name="Société Saqia SARL")
        with pytest.raises(IntegrityError, match="company_name_once"):
            CompanyFactory(name="SOCIETE SAQIA")

    def test_a_merged_record_leaves_its_name_free(self) -> None:
        kept, absorbed = CompanyFactory(), CompanyFactory(name="Saqia Deux")
        Company.objects.filter(pk=absorbed.pk).update(merged_into=kept)
        assert CompanyFactory(name="Saqia deux").pk

    @pytest.mark.parametrize(("name", "key"), [("", "x"), ("x", "")])
    def test_a_company_has_a_name(self, name: str, key: str) -> None:
        with pytest.raises(IntegrityError, match="company_has_a_name"):
            CompanyFactory(name=name, key=key)

    def test_a_person_is_in_a_team_once_at_a_time(self) -> None:
        member = MembershipFactory(period=years(2020, 2022))
        MembershipFactory(person=member.person, company=member.company, period=years(2022))
        MembershipFactory(person=member.person, period=years(2020))
        with pytest.raises(IntegrityError, match="one_membership"):
            MembershipFactory(person=member.person, company=member.company, period=years(2021, 2023))

    def test_a_company_is_in_one_sector_at_a_time(self) -> None:
        assigned = SectorAssignmentFactory()
        with pytest.raises(IntegrityError, match="one_sector"):
            SectorAssignmentFactory(company=assigned.company, sector__code="green")

    def test_a_company_is_not_merged_with_itself(self) -> None:
        company = CompanyFactory()
        with pytest.raises(IntegrityError, match="merge_of_two"):
            CompanyMerge.objects.create(kept=company, absorbed=company)


@pytest.mark.django_db
class TestFigures:
    @pytest.mark.parametrize("change", [{"value": 12}, {"indicator": "women"}, {"period": years(2001, 2002)}])
    def test_a_figure_is_never_changed(self, change: dict[str, Any]) -> None:
        figure = FigureFactory()
        with pytest.raises(DatabaseError, match="append_only"):
            Figure.objects.filter(pk=figure.pk).update(**change)

    def test_a_figure_is_never_deleted(self) -> None:
        with pytest.raises(DatabaseError, match="no_delete"):
            FigureFactory().delete()

    def test_a_figure_is_declared_first_once(self) -> None:
        figure = FigureFactory()
        with pytest.raises(IntegrityError, match="figure_first_once"):
            FigureFactory(company=figure.company)

    def test_a_figure_is_superseded_once(self) -> None:
        figure = FigureFactory()
        FigureFactory(company=figure.company, supersedes=figure, value=12)
        with pytest.raises(IntegrityError, match="supersedes"):
            FigureFactory(company=figure.company, supersedes=figure, value=13)

    def test_only_the_last_of_a_chain_stands(self) -> None:
        first = FigureFactory(value=11)
        second = FigureFactory(company=first.company, supersedes=first, value=12)
        third = FigureFactory(company=first.company, supersedes=second, value=9)
        assert list(first.company.figures.standing()) == [third]

    @pytest.mark.parametrize("other", [{"company": None}, {"indicator": "women"}, {"year": 2001}])
    def test_a_figure_supersedes_one_on_its_own_subject(self, other: dict[str, Any]) -> None:
        figure = FigureFactory(value=3)
        values = {"company": figure.company, "value": 3, **other}
        if values["company"] is None:
            values["company"] = CompanyFactory()
        with pytest.raises(IntegrityError, match="supersedes one of another"):
            FigureFactory(supersedes=figure, **values)

    def test_a_figure_is_not_negative(self) -> None:
        with pytest.raises(IntegrityError, match="figure_not_negative"):
            FigureFactory(value=-1)

    @pytest.mark.parametrize(
        ("part", "whole"), [("women", "headcount"), ("under_35", "headcount"), ("exports", "turnover")]
    )
    def test_a_part_never_exceeds_its_whole(self, part: str, whole: str) -> None:
        figure = FigureFactory(indicator=whole, value=10)
        FigureFactory(company=figure.company, indicator=part, value=10)
        FigureFactory(indicator=part, value=11)  # of another company, whose whole is not known
        connection.cursor().execute("set constraints all immediate")
        with pytest.raises(IntegrityError, match="exceeds its whole"):
            FigureFactory(company=figure.company, indicator=whole, supersedes=figure, value=9)

    def test_a_part_and_its_whole_may_be_corrected_in_any_order_in_one_go(self) -> None:
        whole = FigureFactory(value=5)
        part = FigureFactory(company=whole.company, indicator="women", value=5)
        FigureFactory(company=whole.company, indicator="women", supersedes=part, value=7)
        FigureFactory(company=whole.company, supersedes=whole, value=9)
        connection.cursor().execute("set constraints all immediate")


@pytest.mark.django_db(transaction=True)
class TestAtOnce:
    def test_two_stays_that_overlap(self) -> None:
        company, site = CompanyFactory(), SiteFactory()

        def stay() -> None:
            Residency.objects.create(company=company, site=site, period=years(2020))

        assert len(errors(together(*[stay] * 4))) == 3
        assert company.residencies.count() == 1

    def test_two_companies_with_one_ice(self) -> None:
        companies = [CompanyFactory() for _ in range(4)]

        def identify(company: Company) -> Any:
            return lambda: LegalIdentity.objects.create(
                company=company, legal_name=company.name, ice=ICE, period=ALWAYS
            )

        assert len(errors(together(*map(identify, companies)))) == 3
        assert LegalIdentity.objects.filter(ice=ICE).count() == 1

    def test_two_companies_with_one_name(self) -> None:
        outcomes = together(*[lambda: CompanyFactory(name="Saqia", key="saqia")] * 4)
        assert len(errors(outcomes)) == 3
        assert Company.objects.filter(key="saqia").count() == 1

    def test_two_stewards(self) -> None:
        company, people = CompanyFactory(), [PersonFactory() for _ in range(3)]

        def follow(person: Any) -> Any:
            return lambda: Stewardship.objects.create(company=company, person=person, period=years(2024))

        assert len(errors(together(*map(follow, people)))) == 2
        assert company.stewardships.count() == 1

    def test_two_corrections_of_one_figure(self) -> None:
        figure = FigureFactory(value=10)

        def correct(value: int) -> Any:
            return lambda: FigureFactory(company=figure.company, supersedes=figure, value=Decimal(value))

        assert len(errors(together(*map(correct, range(11, 15))))) == 3
        assert figure.company.figures.standing().count() == 1

    def test_more_women_than_people_in_two_transactions_of_which_neither_sees_the_other(self) -> None:
        headcount = FigureFactory(value=10)
        women = FigureFactory(company=headcount.company, indicator="women", value=4)
        company = headcount.company
        outcomes = committed_together(
            lambda: FigureFactory(company=company, supersedes=headcount, value=5),
            lambda: FigureFactory(company=company, indicator="women", supersedes=women, value=8),
        )
        standing = {figure.indicator: figure.value for figure in company.figures.standing()}
        assert standing["women"] <= standing["headcount"]
        assert len(errors(outcomes)) == 1
