"""Staff of a site see its companies, and nothing of the other sites through them."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange

from fondouk.companies.models import Company
from tests.factories import (
    AccountFactory,
    ContractLineFactory,
    ResidencyFactory,
    SiteFactory,
    hosted_company,
    staff,
)
from tests.visiting import visitor

pytestmark = pytest.mark.django_db
PAST = DateRange(date(2016, 1, 1), date(2018, 1, 1))


@pytest.fixture
def casa() -> Any:
    return SiteFactory(code="casa", name="Casablanca")


@pytest.fixture
def rabat() -> Any:
    return SiteFactory(code="rabat", name="Rabat")


def seen(account: Any, company: Company) -> tuple[bool, int, int]:
    client = visitor(account)
    return (
        Company.objects.visible_to(account).filter(pk=company.pk).exists(),
        client.get(f"/en/companies/{company.pk}/").status_code,
        client.get(f"/en/companies/{company.pk}/edition/").status_code,
    )


def test_a_company_that_moved_is_its_new_site_s(casa: Any, rabat: Any) -> None:
    moved = hosted_company(casa)
    ResidencyFactory(company=moved, site=rabat, period=PAST)
    assert seen(staff("site_manager", rabat), moved) == (False, 404, 404)
    assert seen(staff("site_manager", casa), moved) == (True, 200, 200)


def test_a_company_that_left_is_still_of_the_sites_it_left(casa: Any, rabat: Any) -> None:
    left = ResidencyFactory(site=rabat, period=PAST).company
    assert seen(staff("site_manager", rabat), left) == (True, 200, 200)
    assert seen(staff("site_manager", casa), left) == (False, 404, 404)


def test_contracts_of_another_site_stay_there(casa: Any, rabat: Any) -> None:
    both = hosted_company(casa)
    ResidencyFactory(company=both, site=rabat)
    for site, reference in ((casa, "CH-CASA"), (rabat, "CH-RABAT")):
        ContractLineFactory(contract__company=both, contract__site=site, contract__reference=reference)
    for tab in ("", "spaces/"):
        page = visitor(staff("site_manager", rabat)).get(f"/en/companies/{both.pk}/{tab}").content.decode()
        assert "CH-RABAT" in page and "CH-CASA" not in page


def test_staff_of_other_sites_are_not_offered_as_stewards(casa: Any, rabat: Any) -> None:
    company = hosted_company(rabat)
    staff("site_manager", casa, person__name="Meryem Casablancaise")
    mine = staff("site_manager", rabat, person__name="Reda Rbati")
    for page in ("/en/companies/", f"/en/companies/{company.pk}/edition/"):
        shown = visitor(mine).get(page).content.decode()
        assert "Reda Rbati" in shown and "Meryem" not in shown


def test_an_address_does_not_tell_whose_it_is_elsewhere(casa: Any, rabat: Any) -> None:
    company = hosted_company(rabat)
    far = AccountFactory(email="far@example.ma", person__name="Fatima Lointaine").person
    far.grants.create(role="finance", site=casa, period=DateRange(date(2020, 1, 1), None))
    client = visitor(staff("site_manager", rabat))
    sent = {"name": "Somebody", "email": "far@example.ma", "role": "member"}
    assert client.post(f"/en/companies/{company.pk}/members/", sent).status_code == 302
    assert "Fatima" not in client.get(f"/en/companies/{company.pk}/team/").content.decode()
    assert client.get(f"/en/people/{far.pk}/").status_code == 404
