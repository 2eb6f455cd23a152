"""The API: a token opens what its account sees, and nothing else does."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from fondouk.api.web.api import api
from fondouk.people.actions import revoke_token
from tests.factories import (
    AccountFactory,
    ContractFactory,
    ContractLineFactory,
    FigureFactory,
    ResourceFactory,
    SectorAssignmentFactory,
    SiteFactory,
    TokenFactory,
    hosted_company,
    owner_of,
    staff,
)

pytestmark = pytest.mark.django_db
ROOT = "/api/v1/"
OPEN = {"openapi-json", "openapi-view", "api-root"}


class Machine:
    def __init__(self, account: Any, **token: Any) -> None:
        self.token = TokenFactory(account=account, secret="fdk_known", **token)
        self.client = Client()

    def get(self, address: str, **headers: str) -> Any:
        return self.client.get(ROOT + address, headers={"Authorization": "Bearer fdk_known", **headers})


@pytest.fixture
def site():
    return SiteFactory(code="casablanca")


@pytest.fixture
def manager(site):
    return Machine(staff("site_manager", site))


def names(answer):
    return [item["name"] for item in answer.json()["items"]]


def addresses():
    """Every address of the API that is not open to all, with something in place of its arguments."""
    patterns, _app, _namespace = api.urls
    return sorted(
        str(pattern.pattern).replace("<int:pk>", "1").replace("<slug:code>", "casablanca")
        for pattern in patterns
        if pattern.name not in OPEN
    )


@pytest.mark.parametrize("address", addresses())
@pytest.mark.parametrize("header", [None, "Bearer fdk_unknown", "Bearer ", "Basic Zm9vOmJhcg==", "fdk_known"])
def test_nothing_answers_without_a_token(client, site, address, header):
    client.force_login(staff("administrator"), backend="allauth.account.auth_backends.AuthenticationBackend")
    answer = client.get(ROOT + address, headers={"Authorization": header} if header else {})
    assert answer.status_code == 401
    assert answer["WWW-Authenticate"].startswith("Bearer")
    assert answer["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize("why", ["revoked", "expired", "closed"])
def test_a_dead_token_opens_nothing(why, site):
    account = staff("administrator")
    machine = Machine(account, expires_at=timezone.now() - timedelta(days=1) if why == "expired" else None)
    if why == "revoked":
        revoke_token(machine.token, by=None)
    if why == "closed":
        account.is_active = False
        account.save()
    assert machine.get("me").status_code == 401


def test_it_only_reads(manager):
    for method in ("post", "put", "patch", "delete"):
        answer = getattr(manager.client, method)(
            f"{ROOT}companies", headers={"Authorization": "Bearer fdk_known"}
        )
        assert answer.status_code == 405


def test_me(site):
    company = hosted_company(site, name="Khettara")
    account = owner_of(company)
    answer = Machine(account, name="Accounting").get("me").json()
    assert (answer["email"], answer["token"]) == (account.email, "Accounting")
    assert answer["companies"] == [{"company": company.pk, "name": "Khettara", "role": "owner"}]
    assert answer["roles"] == []


def test_sites_are_those_within_reach(manager, site):
    SiteFactory(code="rabat")
    assert [row["code"] for row in manager.get("sites").json()] == ["casablanca"]
    assert manager.get("sites/casablanca").json()["phase"] == "open"
    assert manager.get("sites/rabat").status_code == 404


def test_spaces_are_filtered(manager, site):
    office = ResourceFactory(site=site, code="B-204")
    ResourceFactory(site=site, code="R-1", kind="meeting_room")
    ResourceFactory(site=site, code="OLD", withdrawn_on=timezone.localdate())
    elsewhere = ResourceFactory()

    def codes(query):
        return [item["code"] for item in manager.get(f"spaces?{query}").json()["items"]]

    assert codes("") == ["B-204", "R-1"]
    assert codes("kind=startup_office") == ["B-204"]
    assert codes("in_use=false") == ["B-204", "R-1", "OLD"]
    assert codes("site=rabat") == []
    assert manager.get(f"spaces/{office.pk}").json()["area"] == "18.00"
    assert manager.get(f"spaces/{elsewhere.pk}").status_code == 404


def test_companies_are_those_that_the_account_sees(site):
    ours = hosted_company(site, name="Khettara")
    theirs = hosted_company(name="Fanous")
    machine = Machine(owner_of(ours))
    assert names(machine.get("companies")) == ["Khettara"]
    assert machine.get(f"companies/{ours.pk}").status_code == 200
    assert machine.get(f"companies/{theirs.pk}").status_code == 404
    assert machine.get("spaces").json()["items"] == []


def test_companies_are_filtered(manager, site):
    khettara = hosted_company(site, name="Khéttara")
    SectorAssignmentFactory(company=khettara)
    hosted_company(site, name="Fanous")
    ice = khettara.identities.get().ice
    for query, expected in {
        "q=KHETT": ["Khéttara"],
        f"q={ice}": ["Khéttara"],
        "q=zzz": [],
        "sector=ict": ["Khéttara"],
        "site=casablanca": ["Khéttara", "Fanous"],
        "status=alumni": [],
        "status=hosted&q=fan": ["Fanous"],
        "updated=2020-01-01T00:00:00Z": ["Khéttara", "Fanous"],
        "updated=2100-01-01T00:00:00%2B01:00": [],
    }.items():
        assert names(manager.get(f"companies?{query}")) == expected, query


def test_a_company_in_full(manager, site):
    company = hosted_company(site, name="Khettara", activity="Sensors")
    FigureFactory(company=company, indicator="turnover", year=2025, value="1200.50")
    body = manager.get(f"companies/{company.pk}").json()
    identity = company.identities.get()
    assert body["identity"]["ice"] == body["ice"] == identity.ice
    assert body["status"] == "hosted"
    assert body["residencies"] == [
        {
            "site": "casablanca",
            "mode": "office",
            "first_day": company.residencies.get().period.lower.isoformat(),
            "last_day": None,
        }
    ]
    assert body["figures"] == [
        {"indicator": "turnover", "year": 2025, "value": "1200.50", "unit": "MAD", "source": "staff"}
    ]


def test_contracts(manager, site):
    contract = ContractFactory(site=site, ends_on=timezone.localdate(), deposit="2760.00")
    line = ContractLineFactory(contract=contract, rent="900.00")
    ContractFactory(site=site, ends_on=timezone.localdate() - timedelta(days=1))
    ContractFactory()
    running = manager.get("contracts?running=true").json()["items"]
    assert [item["reference"] for item in running] == [contract.reference]
    assert len(manager.get("contracts?running=false").json()["items"]) == 1
    body = manager.get(f"contracts/{contract.pk}").json()
    assert (body["state"], body["deposit"]) == ("running", "2760.00")
    assert body["lines"][0]["code"] == line.resource.code
    assert body["lines"][0]["rent"] == "900.00"
    assert body["lines"][0]["last_day"] == contract.ends_on.isoformat()


def test_pages_follow_one_another_and_miss_nothing(manager, site):
    for number in range(7):
        hosted_company(site, name=f"Company {number}")
    found, cursor, pages = [], "", 0
    while cursor is not None:
        body = manager.get(f"companies?limit=3&cursor={cursor}").json()
        found += [item["name"] for item in body["items"]]
        cursor, pages = body["next"], pages + 1
    assert (pages, found) == (3, [f"Company {number}" for number in range(7)])


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("limit=0", "limit"),
        ("limit=201", "limit"),
        ("limit=many", "limit"),
        ("status=zzz", "status"),
        ("updated=yesterday", "updated"),
        ("updated=2026-01-01T00:00:00", "updated"),
        ("q=" + "x" * 101, "q"),
    ],
)
def test_what_is_not_accepted_is_named(manager, query, field):
    answer = manager.get(f"companies?{query}")
    body = answer.json()
    assert (answer.status_code, body["status"]) == (422, 422)
    assert answer["Content-Type"] == "application/problem+json"
    assert [error["field"] for error in body["errors"]] == [field]
    assert body["errors"][0]["detail"] != "This value is not accepted."


@pytest.mark.parametrize("cursor", ["zzz", "YWZ0ZXI6LTE", "é", "YWZ0ZXI6OTk5OTk5OTk5OTk5OTk5OTk5OTk5OTk"])
def test_a_cursor_that_is_not_ours_is_refused(manager, cursor):
    assert manager.get(f"companies?cursor={cursor}").status_code == 422


@pytest.mark.parametrize("key", ["99999999999999999999999999", "0", "999999"])
def test_no_number_is_too_large(manager, key):
    assert manager.get(f"companies/{key}").status_code == 404
    assert manager.get(f"contracts?company={key}").status_code in (200, 422)


def test_no_other_origin_is_let_in(manager):
    answer = manager.get("me", Origin="https://elsewhere.example")
    assert not [name for name in answer.headers if name.startswith("Access-Control")]


def test_an_outsider_sees_nothing(site):
    hosted_company(site)
    machine = Machine(AccountFactory())
    for address in ("sites", "spaces", "companies", "contracts"):
        body = machine.get(address).json()
        assert (body if isinstance(body, list) else body["items"]) == []
