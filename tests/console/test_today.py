"""Aujourd'hui and what waits, and where people arrive."""

from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.cache import cache
from django.utils import timezone

from tests.factories import (
    AccountFactory,
    ContractFactory,
    ContractLineFactory,
    FigureFactory,
    SiteFactory,
    hosted_company,
    owner_of,
    staff,
)
from tests.visiting import queries_of, visitor

TODAY, WAITING = "/fr/today/", "/fr/todo/"


@pytest.fixture
def park(db: None) -> SimpleNamespace:
    cache.clear()
    casa, fes = SiteFactory(code="casa"), SiteFactory(code="fes")
    for site, number in ((casa, 3), (fes, 1)):
        for _number in range(number):
            company = hosted_company(site)
            FigureFactory(company=company, value=10)
            ContractLineFactory(contract__company=company, contract__site=site)
    ended = timezone.localdate() - timedelta(days=3)
    ContractFactory(company=hosted_company(casa), site=casa, reference="OVER", ends_on=ended)
    return SimpleNamespace(casa=casa, direction=visitor(staff("direction")))


def numbers(client: Any, query: str = "") -> tuple[int, int, int]:
    context = client.get(f"{TODAY}?{query}", follow=True).context
    return context["hosted"], context["people"], context["occupancy"].offices_held


def test_figures_are_of_the_site_looked_at_or_of_all(park: SimpleNamespace) -> None:
    assert numbers(park.direction) == (5, 40, 4)
    assert numbers(park.direction, "on=fes") == (1, 10, 1)
    assert numbers(park.direction) == (1, 10, 1)
    assert numbers(park.direction, "on=") == (5, 40, 4)


def test_staff_of_a_site_see_its_own(park: SimpleNamespace) -> None:
    client = visitor(staff("site_manager", park.casa))
    assert numbers(client) == numbers(client, "on=fes") == (4, 30, 3)
    assert client.get(TODAY).context["activity"] == []


def test_what_is_late_comes_first(park: SimpleNamespace) -> None:
    items = park.direction.get(TODAY).context["items"]
    assert items[0].reference == "OVER"


@pytest.mark.parametrize("query", ["kind=zzz", "kind=%00", "kind=ice&page=x", "on=%00"])
def test_garbage_in_the_address_is_no_error(park: SimpleNamespace, query: str) -> None:
    for address in (TODAY, WAITING):
        assert park.direction.get(f"{address}?{query}", follow=True).status_code == 200


def test_what_waits_is_told_by_kind(park: SimpleNamespace) -> None:
    context = park.direction.get(f"{WAITING}?kind=contracts-over").context
    assert [item.reference for item in context["items"]] == ["OVER"]
    assert context["page"].paginator.count == 1
    assert context["total"] >= 2  # its figures are missing too


def test_what_waits_is_of_the_site_chosen(park: SimpleNamespace) -> None:
    everywhere = park.direction.get(TODAY).context["todo_count"]
    here = park.direction.get(f"{TODAY}?on=fes", follow=True).context
    assert (here["todo_count"], everywhere) == (0, 2)  # both are of Casablanca
    assert all(item.reference != "OVER" for item in here["items"])
    waiting = park.direction.get(WAITING).context
    assert (waiting["page"].paginator.count, waiting["site"].code) == (here["todo_count"], "fes")


def test_more_than_a_page_of_items_is_read_page_by_page(park: SimpleNamespace) -> None:
    for number in range(60):
        company = hosted_company(park.casa, name=f"Chantier {number:02}")
        ended = timezone.localdate() - timedelta(days=1 + number)
        ContractFactory(company=company, site=park.casa, reference=f"P-{number:02}", ends_on=ended)
    seen = []
    for number in (1, 2, 999):
        context = park.direction.get(f"{WAITING}?kind=contracts-over&page={number}").context
        seen.append([item.reference for item in context["items"]])
    assert (len(seen[0]), len(seen[1]), seen[2]) == (50, 11, seen[1])
    assert sorted(seen[0] + seen[1]) == sorted(["OVER", *(f"P-{number:02}" for number in range(60))])


def test_a_site_without_anything_is_not_an_empty_network(park: SimpleNamespace) -> None:
    SiteFactory(code="agadir")
    page = park.direction.get(f"{TODAY}?on=agadir", follow=True).content.decode()
    assert "Rien n’est encore enregistré à" in page
    assert "Le réseau est vide" not in page


def test_few_queries_however_many_companies(park: SimpleNamespace) -> None:
    for _number in range(60):
        hosted_company(park.casa)
    assert queries_of(park.direction, TODAY) <= 20
    assert queries_of(park.direction, WAITING) <= 20


def test_an_empty_network_says_how_to_begin(db: None) -> None:
    assert visitor(staff("direction")).get(TODAY).status_code == 200


class TestArriving:
    def home(self, account: Any) -> str:
        return str(visitor(account).get("/fr/home/")["Location"])

    def test_everybody_to_the_pages_that_are_theirs(self, park: SimpleNamespace) -> None:
        assert self.home(staff("reception", park.casa)) == TODAY
        assert self.home(owner_of(hosted_company())).startswith("/fr/")
        assert self.home(AccountFactory()) != TODAY

    def test_nobody_else_sees_today(self, park: SimpleNamespace, client: Any) -> None:
        assert client.get(TODAY).status_code == 302
        assert visitor(owner_of(hosted_company())).get(TODAY).status_code == 404

    @pytest.mark.parametrize(
        ("accepted", "language"), [("ar", "ar"), ("en-GB", "en"), ("de", "fr"), ("", "fr")]
    )
    def test_the_root_chooses_the_language(self, client: Any, db: None, accepted: str, language: str) -> None:
        answer = client.get("/", headers={"accept-language": accepted})
        assert answer["Location"] == f"/{language}/"
