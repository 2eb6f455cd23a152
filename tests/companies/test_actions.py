"""What can be done with a company, and what comes back in words where it cannot."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils import timezone

from fondouk.audit.models import Entry
from fondouk.companies.actions import (
    FigureRefused,
    add_member,
    assign_sector,
    assign_stage,
    assign_steward,
    change_company,
    change_residency,
    close_residency,
    create_company,
    declare_figures,
    end_membership,
    open_residency,
    set_identity,
)
from fondouk.companies.enums import FigureSource
from fondouk.companies.models import Company
from tests.factories import (
    CompanyFactory,
    LegalIdentityFactory,
    MembershipFactory,
    PersonFactory,
    ResidencyFactory,
    SectorFactory,
    SiteFactory,
    ice,
)

ICE = ice(17)


def today() -> date:
    return timezone.localdate()


def refused(act: Any) -> dict[str, list[str]]:
    with pytest.raises(ValidationError) as caught:
        act()
    return caught.value.message_dict


@pytest.mark.django_db
class TestRecords:
    def test_a_name_already_taken_is_refused_beside_the_name(self) -> None:
        CompanyFactory(name="Saqia")
        assert list(refused(lambda: create_company(Company(name="SAQIA S.A.R.L"), by=None))) == ["name"]

    def test_a_name_without_a_letter_is_refused_beside_the_name(self) -> None:
        assert list(refused(lambda: create_company(Company(name="!!!"), by=None))) == ["name"]

    def test_an_ice_already_taken_is_refused_beside_the_ice_and_nothing_is_written(self) -> None:
        LegalIdentityFactory(ice=ICE)
        before = Company.objects.count()
        assert list(
            refused(lambda: create_company(Company(name="Zellige"), identity={"ice": ICE}, by=None))
        ) == ["ice"]
        assert Company.objects.count() == before

    def test_a_legal_name_alone_is_kept(self) -> None:
        company = create_company(
            Company(name="Zellige"), identity={"legal_name": "Zellige Maroc SARL", "ice": ""}, by=None
        )
        assert company.identities.get().legal_name == "Zellige Maroc SARL"

    def test_no_identity_is_made_of_nothing(self) -> None:
        company = create_company(Company(name="Zellige"), identity={"legal_name": "", "ice": ""}, by=None)
        assert not company.identities.exists()

    def test_the_key_follows_the_name(self) -> None:
        company = CompanyFactory(name="Zellige")
        company.name = "Société Tarha"
        change_company(company, fields=["name"], by=None)
        company.refresh_from_db()
        assert company.key == "societetarha"

    def test_who_did_it_is_written_down(self) -> None:
        person = PersonFactory()
        company = create_company(Company(name="Zellige"), by=person)
        assert Entry.objects.about(company).get().actor == person


@pytest.mark.django_db
class TestIdentity:
    def test_a_correction_changes_what_stands(self) -> None:
        identity = LegalIdentityFactory(ice="")
        set_identity(identity.company, {"ice": ICE}, by=None)
        assert identity.company.identities.get().ice == ICE

    def test_another_identity_follows_from_its_day(self) -> None:
        identity = LegalIdentityFactory(ice="")
        set_identity(identity.company, {"legal_form": "sa", "ice": ICE}, since=date(2024, 5, 1), by=None)
        assert [
            (one.period.lower, one.period.upper) for one in identity.company.identities.order_by("period")
        ] == [
            (None, date(2024, 5, 1)),
            (date(2024, 5, 1), None),
        ]

    def test_it_ends_where_the_next_one_begins(self) -> None:
        company = CompanyFactory()
        LegalIdentityFactory(company=company, period=DateRange(None, today() + timedelta(days=90)))
        LegalIdentityFactory(company=company, period=DateRange(today() + timedelta(days=90), None))
        set_identity(company, {"ice": ICE}, since=today(), by=None)
        assert company.identities.get(ice=ICE).period == DateRange(today(), today() + timedelta(days=90))

    def test_it_does_not_begin_after_the_next_one(self) -> None:
        company = CompanyFactory()
        LegalIdentityFactory(company=company, period=DateRange(None, today() + timedelta(days=90)))
        LegalIdentityFactory(company=company, period=DateRange(today() + timedelta(days=90), None))
        late = today() + timedelta(days=100)
        assert list(refused(lambda: set_identity(company, {"ice": ICE}, since=late, by=None))) == ["since"]

    def test_the_ice_of_another_is_refused_beside_the_ice(self) -> None:
        LegalIdentityFactory(ice=ICE)
        assert list(refused(lambda: set_identity(CompanyFactory(), {"ice": ICE}, by=None))) == ["ice"]


@pytest.mark.django_db
class TestHistories:
    def test_the_first_sector_has_always_been_so(self) -> None:
        company = CompanyFactory()
        assign_sector(company, SectorFactory(code="ict"), by=None)
        assert company.sector_assignments.get().period == DateRange(None, None)

    def test_the_next_one_begins_today(self) -> None:
        company = CompanyFactory()
        assign_sector(company, SectorFactory(code="ict"), by=None)
        assign_sector(company, SectorFactory(code="green"), by=None)
        assign_sector(company, SectorFactory(code="creative"), by=None)
        assert list(company.sector_assignments.order_by("period").values_list("sector__code", "period")) == [
            ("ict", DateRange(None, today())),
            ("creative", DateRange(today(), None)),
        ]

    def test_what_was_planned_gives_way(self) -> None:
        company = CompanyFactory()
        company.stage_assignments.create(stage="growth", period=DateRange(today() + timedelta(days=30), None))
        assign_stage(company, "launch", by=None)
        assert company.stage_assignments.get().stage == "launch"

    def test_a_stage_may_be_unknown_again(self) -> None:
        company = CompanyFactory()
        assign_stage(company, "launch", by=None)
        assign_stage(company, "", by=None)
        assert not company.stage_assignments.on(today()).exists()

    def test_who_follows_a_company_already_goes_on_since_then(self) -> None:
        company, person = CompanyFactory(), PersonFactory()
        company.stewardships.create(person=person, period=DateRange(date(2024, 1, 1), None))
        assign_steward(company, person, by=None)
        assert company.stewardships.get().period.lower == date(2024, 1, 1)

    def test_one_steward_follows_another(self) -> None:
        company, first, second = CompanyFactory(), PersonFactory(), PersonFactory()
        company.stewardships.create(person=first, period=DateRange(date(2024, 1, 1), None))
        assign_steward(company, second, by=None)
        assign_steward(company, None, by=None)
        assert [held.person for held in company.stewardships.all()] == [first]
        assert company.stewardships.get().period.upper == today()


@pytest.mark.django_db
class TestStays:
    def test_a_stay_over_another_is_refused_in_words(self) -> None:
        stay = ResidencyFactory()
        said = refused(
            lambda: open_residency(
                stay.company, site=stay.site, mode="office", first=date(2020, 1, 1), by=None
            )
        )
        assert list(said) == ["first"]

    def test_a_departure_after_the_next_arrival_is_refused_in_words(self) -> None:
        company, site = CompanyFactory(), SiteFactory()
        stay = ResidencyFactory(
            company=company, site=site, period=DateRange(date(2020, 1, 1), date(2021, 1, 1))
        )
        ResidencyFactory(company=company, site=site, period=DateRange(date(2022, 1, 1), None))
        said = refused(
            lambda: change_residency(
                stay, site=site, mode=stay.mode, first=date(2020, 1, 1), last=date(2022, 6, 1), by=None
            )
        )
        assert list(said) == ["first"]

    def test_a_departure_already_noted_is_not_overwritten(self) -> None:
        stay = ResidencyFactory(
            company=CompanyFactory(), site=SiteFactory(), period=DateRange(date(2020, 1, 1), None)
        )
        close_residency(stay, last=date(2026, 6, 1), by=None)
        assert list(refused(lambda: close_residency(stay, last=date(2026, 5, 1), by=None))) == ["last"]
        stay.refresh_from_db()
        assert stay.last_day == date(2026, 6, 1)

    def test_a_stay_does_not_end_before_it_begins(self) -> None:
        site = SiteFactory()
        said = refused(
            lambda: open_residency(
                CompanyFactory(),
                site=site,
                mode="office",
                first=date(2024, 2, 1),
                last=date(2024, 1, 1),
                by=None,
            )
        )
        assert list(said) == ["last"]

    def test_both_days_are_of_the_stay(self) -> None:
        stay = open_residency(
            CompanyFactory(),
            site=SiteFactory(),
            mode="desk",
            first=date(2024, 2, 1),
            last=date(2024, 2, 1),
            by=None,
        )
        assert date(2024, 2, 1) in stay.period
        assert date(2024, 2, 2) not in stay.period


@pytest.mark.django_db
class TestTeam:
    def test_who_is_in_the_team_is_not_added_again(self) -> None:
        member = MembershipFactory()
        assert list(refused(lambda: add_member(member.company, member.person, role="owner", by=None))) == [
            "name"
        ]

    def test_who_left_may_come_back_the_same_day(self) -> None:
        member = MembershipFactory()
        end_membership(member, by=None)
        again = add_member(member.company, member.person, role="owner", by=None)
        assert [one.pk for one in member.company.memberships.current()] == [again.pk]

    def test_a_membership_of_today_that_ends_today_was_a_mistake(self) -> None:
        member = add_member(CompanyFactory(), PersonFactory(), role="member", by=None)
        end_membership(member, by=None)
        assert not member.company.memberships.exists()


@pytest.mark.django_db
class TestFigures:
    def declare(self, company: Company, **values: int) -> list[Any]:
        return declare_figures(
            company,
            year=2025,
            values={code: Decimal(value) for code, value in values.items()},
            source=FigureSource.STAFF,
            by=None,
        )

    def test_a_correction_supersedes_and_what_agrees_changes_nothing(self) -> None:
        company = CompanyFactory()
        self.declare(company, headcount=10, women=4)
        changed = self.declare(company, headcount=12, women=4)
        assert [(figure.indicator, figure.supersedes.value) for figure in changed] == [("headcount", 10)]
        assert company.figures.count() == 3

    @pytest.mark.parametrize("values", [{"women": 11}, {"under_35": 11}, {"headcount": 1}, {"exports": 6}])
    def test_a_part_never_exceeds_its_whole(self, values: dict[str, int]) -> None:
        company = CompanyFactory()
        self.declare(company, headcount=10, women=4, under_35=4, turnover=5, exports=5)
        with pytest.raises(FigureRefused):
            self.declare(company, **values)
        assert company.figures.count() == 5

    def test_a_part_is_not_declared_without_its_whole(self) -> None:
        company = CompanyFactory()
        with pytest.raises(FigureRefused) as refused:
            self.declare(company, headcount=3, exports=5)
        assert (refused.value.indicator, refused.value.is_alone) == ("exports", True)
        assert not company.figures.exists()
        self.declare(company, headcount=3, exports=0)  # none is none, of whatever turnover
        assert company.figures.count() == 2
