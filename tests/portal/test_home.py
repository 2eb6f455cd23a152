"""A member's home: what there is to say today, and nothing else."""

from __future__ import annotations

from datetime import date, timedelta

from django.utils import timezone

from fondouk.companies.enums import Indicator
from tests.factories import (
    CompanyDocumentFactory,
    ContractFactory,
    ContractLineFactory,
    FigureFactory,
    GrantFactory,
    MembershipFactory,
    ResourceFactory,
    hosted_company,
)

HOME = "/en/my/"


def test_it_tells_how_the_company_stands(owner, cast):
    contract = ContractFactory(company=cast.company, site=cast.site)
    ContractLineFactory(contract=contract, resource=ResourceFactory(site=cast.site, code="B-204"))
    shown = owner.get(HOME).content.decode()
    assert cast.owner.person.name in shown
    assert "Khettara" in shown and "Casablanca" in shown and "B-204" in shown and "Hosted" in shown


def test_figures_are_asked_for_until_they_are_declared(owner, cast):
    year = timezone.localdate().year - 1
    cast.company.residencies.update(period=(date(year + 1, 1, 1), None))
    assert f"/en/my/figures/{year}/" not in owner.get(HOME).content.decode()  # came when it was over

    cast.company.residencies.update(period=(timezone.localdate() - timedelta(days=800), None))
    assert f"/en/my/figures/{year}/" in owner.get(HOME).content.decode()

    FigureFactory(company=cast.company, indicator=Indicator.HEADCOUNT, year=year)
    assert f"/en/my/figures/{year}/" not in owner.get(HOME).content.decode()


def test_a_member_sees_why_the_figures_are_not_theirs_to_declare(member, cast):
    cast.company.residencies.update(period=(timezone.localdate() - timedelta(days=800), None))
    shown = member.get(HOME).content.decode()
    assert "Only the company&#x27;s owner" in shown
    assert "/en/my/figures/2" not in shown


def test_a_document_that_expires_is_announced_unless_a_later_one_replaces_it(owner, cast):
    soon = timezone.localdate() + timedelta(days=19)
    old = CompanyDocumentFactory(
        company=cast.company, title="Insurance 2025", kind="insurance", expires_on=soon
    )
    assert "Documents to renew" in owner.get(HOME).content.decode()
    CompanyDocumentFactory(
        company=cast.company, title="Insurance 2026", kind="insurance", expires_on=soon + timedelta(days=365)
    )
    assert "Documents to renew" not in owner.get(HOME).content.decode()
    assert old.title == "Insurance 2025"


def test_the_contacts_are_those_of_the_site(owner, cast):
    here = GrantFactory(role="site_manager", site=cast.site)
    elsewhere = GrantFactory(role="site_manager", person__name="Somebody Else")
    shown = owner.get(HOME).content.decode()
    assert here.person.name in shown
    assert elsewhere.person.name not in shown


def test_a_person_of_two_companies_chooses_and_the_choice_is_kept(owner, cast):
    other = hosted_company(cast.site, name="Fanous")
    MembershipFactory(person=cast.owner.person, company=other, role="member")
    assert "<h2>Fanous</h2>" in owner.get(HOME).content.decode()  # the first by name
    owner.get(f"{HOME}?company={cast.company.pk}")
    assert "<h2>Khettara</h2>" in owner.get(HOME).content.decode()


def test_a_company_that_is_not_ones_own_is_not_there(owner, cast):
    stranger = hosted_company(cast.site, name="Fanous")
    assert owner.get(f"{HOME}?company={stranger.pk}").status_code == 404
    assert owner.get(f"{HOME}?company=1e9").status_code == 404


def test_the_bar_has_its_entries_and_lights_up_one(owner):
    tabs = [owner.get(f"/en/my/{part}").context["shell"]["tabs"] for part in ("", "team/new/", "contracts/")]
    assert [[str(tab["label"]) for tab in bar if tab["active"]] for bar in tabs] == [
        ["Home"],
        ["Team"],
        ["Company"],
    ]
    assert [str(tab["label"]) for tab in tabs[0]][:6] == [
        "Home",
        "Book",
        "Requests",
        "Company",
        "Team",
        "Invoices",
    ]
