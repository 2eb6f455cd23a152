"""Addresses as nobody types them: a NUL, which PostgreSQL takes in no text, or a key that fits no column."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.factories import TokenFactory, hosted_company, owner_of, staff
from tests.visiting import visitor

pytestmark = pytest.mark.django_db
GARBAGE = ("%00", "a%00b", "9" * 5000, "%F0%9F%98%80", "²")


@pytest.mark.parametrize("value", GARBAGE)
@pytest.mark.parametrize("page", ["/en/directory/?q={}", "/en/directory/?sector={}", "/en/?x={}"])
def test_pages_of_visitors(client: Client, page: str, value: str) -> None:
    assert client.get(page.format(value)).status_code == 200


@pytest.mark.parametrize("value", GARBAGE)
@pytest.mark.parametrize(
    "page",
    [
        "companies/?steward={}",
        "companies/export/csv/?steward={}",
        "people/?q={}",
        "spaces/?site={}",
        "contracts/?q={}",
    ],
)
def test_pages_of_staff(page: str, value: str) -> None:
    assert visitor(staff("direction")).get("/en/" + page.format(value)).status_code == 200


@pytest.mark.parametrize("value", GARBAGE)
def test_pages_of_members(value: str) -> None:
    client = visitor(owner_of(hosted_company()))
    # A NUL alone is nothing, and says nothing.
    expected = 200 if value == "%00" else 404
    assert client.get(f"/en/my/?company={value}").status_code == expected


@pytest.mark.parametrize("value", GARBAGE)
@pytest.mark.parametrize("name", ["q", "site", "sector", "cursor", "limit"])
@pytest.mark.parametrize("noun", ["companies", "spaces", "contracts", "sites"])
def test_answers_to_machines(noun: str, name: str, value: str) -> None:
    TokenFactory(account=staff("direction"), secret="fdk_known")
    answer = Client().get(f"/api/v1/{noun}?{name}={value}", headers={"authorization": "Bearer fdk_known"})
    assert answer.status_code < 500 and answer["Content-Type"].startswith("application/")
