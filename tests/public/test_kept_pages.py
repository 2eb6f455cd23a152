"""Public pages are kept for a moment, the same for everybody who brings nothing of their own."""

from __future__ import annotations

import pytest
from django.core.cache import caches

from fondouk.impact.actions import publish_edition
from fondouk.ui.context import THEME_COOKIE
from tests.factories import AccountFactory, FigureFactory, NetworkFactory, SiteFactory, hosted_company, staff

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def kept(settings):
    settings.PAGES_KEPT_FOR = 60
    caches["pages"].clear()
    yield
    caches["pages"].clear()


@pytest.fixture
def company():
    NetworkFactory(name="Parcs du Nord")
    return hosted_company(SiteFactory(code="tanger"), name="Khettara", is_public=True)


def shown(client, address="/fr/directory/", **given):
    return client.get(address, **given).content.decode()


def test_the_second_visitor_asks_nothing_of_the_database(client, company, django_assert_num_queries):
    first = client.get("/fr/directory/")
    with django_assert_num_queries(0):
        second = client.get("/fr/directory/")
    assert second.content == first.content
    assert second["Cache-Control"] == first["Cache-Control"]
    assert second["Content-Security-Policy"]
    assert second.cookies == {}


def test_each_address_language_and_theme_has_its_own(client, company):
    assert 'lang="fr"' in shown(client)
    assert 'lang="ar"' in shown(client, "/ar/directory/")
    assert "Khettara" not in shown(client, "/fr/directory/?q=rien")
    client.cookies[THEME_COOKIE] = "dark"
    assert 'data-bs-theme="dark"' in shown(client)


def test_whoever_is_signed_in_is_shown_the_page_of_this_moment(client, company):
    shown(client)
    client.force_login(AccountFactory())
    type(company).objects.filter(pk=company.pk).update(is_public=False)
    assert "Khettara" not in shown(client)
    client.logout()
    client.cookies.clear()
    assert "Khettara" in shown(client)  # within the minute, to visitors


def test_what_is_not_found_is_not_kept(client, company):
    address = f"/fr/directory/{company.pk + 1}/riwaq/"
    assert client.get(address).status_code == 404
    hosted_company(pk=company.pk + 1, name="Riwaq", is_public=True)
    assert client.get(address).status_code == 200


def test_what_pages_share_is_kept_for_those_who_are_signed_in_as_well(client, company):
    """Their pages are made anew, from answers of the last minute: the second is the first."""
    for number in range(5):
        FigureFactory(company=hosted_company(name=f"Riwaq {number}"), year=2024, value=7 + number)
    publish_edition(2024, by=None)
    client.force_login(staff("direction"))
    for address in (
        "/fr/",
        "/fr/parc/tanger/",
        "/ar/parc/tanger/",
        "/fr/impact/",
        "/fr/directory/",
        "/ar/impact/",
    ):
        first, second = (client.get(address) for _time in range(2))
        assert (first.status_code, second.status_code) == (200, 200)
        assert len(second.content) == len(first.content)


def test_a_paper_is_kept_by_its_address_alone(client, company):
    publish_edition(2024, by=None)
    assert client.get("/fr/impact/2024/xlsx/?x=1")["Location"] == "/fr/impact/2024/xlsx/"
