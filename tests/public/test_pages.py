"""Public pages: for everybody, without cookies, without a name that was not agreed to."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ElementTree
from datetime import time, timedelta
from typing import Any

import pytest
from django.utils import timezone

from fondouk.public.web.addresses import company_slug
from fondouk.sites.actions import change_hours, override_hours
from fondouk.sites.models import Site
from tests.factories import (
    AccountFactory,
    CompanyFactory,
    NetworkFactory,
    OperatorFactory,
    ProcessingFactory,
    SectorAssignmentFactory,
    SiteFactory,
    hosted_company,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def park():
    site = SiteFactory(code="casablanca", city="Casablanca", city_ar="الدار البيضاء")
    SiteFactory(code="agadir", city="Agadir", phase="planned")
    shown = hosted_company(site, name="Khettara", is_public=True)
    SectorAssignmentFactory(company=shown)
    hosted_company(site, name="Sahrij Discret")
    NetworkFactory(name="Parcs du Nord", tagline_fr="Un lieu, un parcours", contact_email="bonjour@parcs.ma")
    return site


PAGES = ["/fr/", "/ar/", "/en/", "/fr/parc/casablanca/", "/fr/parc/agadir/", "/en/directory/", "/ar/legal/"]


@pytest.mark.parametrize("address", PAGES)
def test_a_visitor_reads_it_without_a_cookie(client, park, address):
    answer = client.get(address)
    assert answer.status_code == 200
    assert answer.cookies == {}
    assert "max-age=60" in answer["Cache-Control"]
    assert "<c-" not in answer.content.decode()


@pytest.mark.parametrize("address", PAGES)
def test_no_name_is_shown_without_agreement(client, park, address):
    assert "Sahrij" not in client.get(address).content.decode()


@pytest.mark.parametrize("address", ["/fr/", "/fr/parc/casablanca/", "/fr/directory/"])
def test_who_agreed_is_shown(client, park, address):
    assert "Khettara" in client.get(address).content.decode()


def test_an_empty_network_has_a_page_with_dignity(client):
    answer = client.get("/en/")
    assert answer.status_code == 200
    shown = answer.content.decode()
    assert "being set up" in shown
    assert "/setup/" not in shown
    assert "fk-stat-value" not in shown


def test_the_page_says_where_it_is_in_every_language(client, park):
    shown = client.get("/fr/parc/casablanca/").content.decode()
    assert '<link rel="canonical" href="http://localhost:8000/fr/parc/casablanca/">' in shown
    for language in ("fr", "ar", "en"):
        address = f"http://localhost:8000/{language}/parc/casablanca/"
        assert f'hreflang="{language}" href="{address}"' in shown
    assert 'property="og:title"' in shown


def test_the_network_speaks_of_itself(client, park):
    shown = client.get("/fr/").content.decode()
    assert "Un lieu, un parcours" in shown
    assert "Parcs du Nord" in shown
    assert "mailto:bonjour@parcs.ma" in shown


def test_what_applies_today_comes_before_the_usual_hours(client, park):
    site = Site.objects.get(code="casablanca")
    today = timezone.localdate()
    week = {day: (time(8, 30), time(18, 30)) for day in range(1, 6)}
    change_hours(site, week, by=None)
    override_hours(site, label="Travaux", first=today, last=today, week={}, by=None)
    override_hours(
        site,
        label="Plus tard",
        first=today + timedelta(days=2),
        last=today + timedelta(days=3),
        week=week,
        by=None,
    )
    shown = client.get("/fr/parc/casablanca/").content.decode()
    assert shown.index("Travaux") < shown.index("Horaires d’ouverture") < shown.index("Plus tard")
    assert "Le site est fermé ces jours-là." in shown


def test_a_site_has_its_name_in_arabic(client, park):
    assert "الدار البيضاء" in client.get("/ar/").content.decode()


@pytest.mark.parametrize("code", ["nowhere", "closed"])
def test_a_site_that_is_closed_or_unknown_has_no_page(client, park, code):
    SiteFactory(code="closed", phase="closed")
    assert client.get(f"/fr/parc/{code}/").status_code == 404


def test_the_directory_is_filtered(client, park):
    def names(query):
        return [row.company.name for row in client.get(f"/fr/directory/?{query}").context["rows"]]

    assert names("q=khett") == ["Khettara"]
    assert names("q=zzz") == []
    assert names("sector=ict") == ["Khettara"]
    assert names("sector=green") == []
    assert names("page=99") == ["Khettara"]


def test_the_legal_notice_states_what_is_kept(client):
    OperatorFactory(name="Société du Parc", ice="001524545000073")
    ProcessingFactory(name="Hébergement", retention="Cinq ans", receipt="D-W-12/2026")
    shown = client.get("/fr/legal/").content.decode()
    for text in ("Société du Parc", "001524545000073", "Hébergement", "Cinq ans", "D-W-12/2026"):
        assert text in shown


def test_somebody_signed_in_finds_the_way_back(client, park):
    client.force_login(AccountFactory(), backend="allauth.account.auth_backends.AuthenticationBackend")
    answer = client.get("/en/")
    assert "My space" in answer.content.decode()
    assert "public" not in answer.headers.get("Cache-Control", "")


@pytest.mark.urls("tests.public.urls")
def test_search_engines_find_public_pages_only(client, park):
    rules = client.get("/robots.txt").content.decode()
    assert "Disallow: /fr/\n" in rules and "Allow: /fr/parc/\n" in rules
    tree = ElementTree.fromstring(client.get("/sitemap.xml").content)  # noqa: S314 - our own
    places = [node.text for node in tree.iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")]
    assert "http://localhost:8000/ar/parc/casablanca/" in places
    assert len(places) == 3 * 7  # with the page of the company that agreed, and the one to ask for a visit


class TestCompanyPage:
    def address(self, company: Any) -> str:
        return f"/fr/directory/{company.pk}/{company_slug(company)}/"

    def test_one_that_agreed_has_a_page_of_its_own(self, db: None, client: Any) -> None:
        company = hosted_company(
            SiteFactory(city="Rabat", code="rabat"),
            name="Sahrij & <Data>",
            is_public=True,
            activity="Capteurs </script>",
        )
        page = client.get(self.address(company))
        text = page.content.decode()
        assert page.status_code == 200
        assert "Sahrij &amp; &lt;Data&gt;" in text
        data = json.loads(re.search(r'ld\+json">(.*?)</script>', text, re.S).group(1))
        assert (data["@type"], data["name"]) == ("Organization", "Sahrij & <Data>")
        assert data["description"] == "Capteurs </script>"
        assert "Set-Cookie" not in page

    def test_another_name_in_the_address_leads_to_the_right_one(self, db: None, client: Any) -> None:
        company = hosted_company(SiteFactory(), name="Sahrij Data", is_public=True)
        answer = client.get(f"/fr/directory/{company.pk}/old-name/")
        assert (answer.status_code, answer["Location"]) == (301, self.address(company))

    def test_who_has_not_agreed_or_has_left_has_none(self, db: None, client: Any) -> None:
        hidden = hosted_company(SiteFactory(), name="Hidden")
        gone = CompanyFactory(name="Gone", is_public=True)
        for company in (hidden, gone):
            assert client.get(self.address(company)).status_code == 404

    def test_it_is_in_the_sitemap_and_in_the_directory(self, db: None, client: Any) -> None:
        company = hosted_company(SiteFactory(), name="شركة", is_public=True)
        assert self.address(company) == f"/fr/directory/{company.pk}/company/"
        assert self.address(company) in client.get("/sitemap.xml").content.decode()
        assert self.address(company) in client.get("/fr/directory/").content.decode()
