"""The list of contracts, the page of one, and who sees them."""

from __future__ import annotations

import csv
import io
from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.utils import timezone

from fondouk.lib.formats import format_date
from tests.factories import (
    ContractFactory,
    ContractLineFactory,
    MembershipFactory,
    ResidencyFactory,
    ResourceFactory,
    SiteFactory,
    owner_of,
    since,
    staff,
)
from tests.visiting import in_french, queries_of, visitor

LIST = "/fr/contracts/"


@pytest.fixture
def park(db: None) -> SimpleNamespace:
    today = timezone.localdate()
    site, other = SiteFactory(code="casa"), SiteFactory(code="fes")
    office = ResourceFactory(site=site, code="B-204")
    running = ContractLineFactory(contract__site=site, contract__reference="RUN-1", resource=office).contract
    ContractFactory(site=site, reference="SOON-1", ends_on=today + timedelta(days=9))
    over = ContractFactory(
        site=site, reference="OVER-1", starts_on=date(2020, 1, 1), ends_on=date(2021, 1, 1)
    )
    ResidencyFactory(company=over.company, site=site, period=since(900))
    ContractFactory(site=other, reference="COME-1", starts_on=today + timedelta(days=9))
    return SimpleNamespace(site=site, running=running, over=over, direction=visitor(staff("direction")))


def references(client: Any, query: str = "") -> set[str]:
    answer = client.get(f"{LIST}?{query}")
    assert answer.status_code == 200
    return {contract.reference for contract, _state, _lines in answer.context["rows"]}


EVERY = {"RUN-1", "SOON-1", "OVER-1", "COME-1"}


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", EVERY),
        ("state=running", {"RUN-1", "SOON-1"}),
        ("state=soon", {"SOON-1"}),
        ("state=over", {"OVER-1"}),
        ("state=ended", {"OVER-1"}),
        ("state=to_come", {"COME-1"}),
        ("site=fes", {"COME-1"}),
        ("q=run-", {"RUN-1"}),
        ("q=b-204", {"RUN-1"}),
        ("q=run-&state=to_come", set()),
        ("state=x&site=%00&page=zzz", EVERY),
        ("q=%00", EVERY),
        ("q=%25", set()),
    ],
)
def test_filters(park: SimpleNamespace, query: str, expected: set[str]) -> None:
    assert references(park.direction, query) == expected


def test_a_file_holds_every_contract_with_lines_or_without(park: SimpleNamespace) -> None:
    answer = park.direction.get(f"{LIST}export/csv/")
    lines = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))[1:]
    assert {line[0] for line in lines} == EVERY
    assert park.direction.get(f"{LIST}export/xlsx/?state=running").status_code == 200
    assert park.direction.get(f"{LIST}export/doc/").status_code == 404


def test_staff_see_those_of_their_site(park: SimpleNamespace) -> None:
    client = visitor(staff("finance", park.site))
    assert references(client) == EVERY - {"COME-1"}
    assert client.get(f"{LIST}{park.running.pk}/").status_code == 200
    elsewhere = visitor(staff("finance", SiteFactory()))
    assert elsewhere.get(f"{LIST}{park.running.pk}/").status_code == 404


def test_staff_who_are_members_too_see_those_of_their_own_company(park: SimpleNamespace) -> None:
    account = staff("finance", SiteFactory())
    MembershipFactory(person=account.person, company=park.running.company)
    assert visitor(account).get(f"{LIST}{park.running.pk}/").status_code == 200


def test_who_holds_a_space_is_for_everybody_and_its_rent_for_those_who_read_contracts(park: Any) -> None:
    line = park.running.lines.get()
    pages = (f"/fr/companies/{park.running.company_id}/spaces/", f"/fr/spaces/{line.resource_id}/")
    link = f"{LIST}{park.running.pk}/"
    for role, reads in (("reception", False), ("events", False), ("finance", True), ("site_manager", True)):
        client = visitor(staff(role, park.site))
        for page in pages:
            shown = client.get(page).content.decode()
            assert park.running.reference in shown
            assert (link in shown) is (in_french("Monthly rent before tax") in shown) is reads
        assert (client.get(link).status_code == 200) is reads


def test_members_have_pages_of_their_own(park: SimpleNamespace) -> None:
    assert visitor(owner_of(park.running.company)).get(f"{LIST}{park.running.pk}/").status_code == 404


def test_pages_ask_no_more_however_many_contracts_there_are(park: SimpleNamespace) -> None:
    for _number in range(60):
        ContractLineFactory(contract__site=park.site)
    for address in (LIST, f"{LIST}?state=over", f"{LIST}?q=b", f"{LIST}{park.running.pk}/"):
        assert queries_of(park.direction, address) <= 20


def test_a_contract_that_is_over_leads_to_the_departure_of_who_is_still_there(park: SimpleNamespace) -> None:
    stay = park.over.company.residencies.get()
    departure = f'href="/fr/companies/{park.over.company_id}/residencies/{stay.pk}/end/"'
    assert departure in park.direction.get(f"{LIST}{park.over.pk}/").content.decode()
    assert "residencies" not in park.direction.get(f"{LIST}{park.running.pk}/").content.decode()


def journey_of(park: SimpleNamespace, company: Any) -> dict[str, tuple[str, str]]:
    steps = park.direction.get(f"/fr/companies/{company.pk}/").context["journey"]
    return {str(step["label"]): (step["state"], str(step["detail"])) for step in steps}


def test_no_contract_is_waited_for_where_no_space_is_held(park: SimpleNamespace) -> None:
    for mode, is_awaited in (("office", True), ("domiciled", False), ("remote", False)):
        company = ResidencyFactory(site=park.site, mode=mode, period=since(900)).company
        page = park.direction.get(f"/fr/companies/{company.pk}/spaces/").content.decode()
        assert (in_french("No contract yet") in page) is is_awaited
        assert (in_french("Contract") in journey_of(park, company)) is is_awaited


def test_the_journey_begins_with_the_first_contract_however_many_follow(park: SimpleNamespace) -> None:
    company = ResidencyFactory(site=park.site, period=since(900)).company
    ContractFactory(site=park.site, company=company, starts_on=date(2020, 1, 1), ends_on=date(2022, 12, 31))
    ContractFactory(site=park.site, company=company, starts_on=date(2023, 1, 1))
    state, detail = journey_of(park, company)[in_french("Contract")]
    assert (state, detail[:1]) == ("now", "2")
    assert detail.endswith(format_date(date(2020, 1, 1), "fr"))


def test_a_list_holds_contracts_without_a_line_too(park: SimpleNamespace) -> None:
    text = park.direction.get(f"{LIST}export/csv/").content.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text), delimiter=";"))
    assert {row[0] for row in rows[1:]} == EVERY
    assert next(row[3] for row in rows if row[0] == "SOON-1") == ""
