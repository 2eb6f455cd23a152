"""The page of a company, its tabs, merging from there, sectors, and who may do what."""

from __future__ import annotations

import re
from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.urls import resolve
from django.utils import timezone

from fondouk.companies.models import CompanyMerge, Sector, SectorSynonym
from fondouk.lib.formats import format_date
from fondouk.ui.registry import registry
from tests.factories import (
    CompanyDocumentFactory,
    CompanyFactory,
    ContractLineFactory,
    FigureFactory,
    MembershipFactory,
    ResidencyFactory,
    SiteFactory,
    hosted_company,
    owner_of,
    staff,
)
from tests.visiting import errors_of, queries_of, undo_of, visitor

TABS = ["", "team/", "spaces/", "figures/", "documents/", "activity/"]


@pytest.fixture
def park(db: None) -> SimpleNamespace:
    site = SiteFactory(city="Casablanca")
    company = hosted_company(site, name="Atlas Data")
    for year in range(2019, 2026):
        FigureFactory(company=company, year=year)
    for _number in range(8):
        MembershipFactory(company=company)
        CompanyDocumentFactory(company=company, expires_on=timezone.localdate() - timedelta(days=1))
        ContractLineFactory(contract__company=company, contract__site=site)
    return SimpleNamespace(
        site=site, company=company, url=f"/fr/companies/{company.pk}/", direction=visitor(staff("direction"))
    )


class TestPage:
    @pytest.mark.parametrize("tab", TABS)
    def test_every_tab_answers_with_few_queries(self, park: SimpleNamespace, tab: str) -> None:
        assert queries_of(park.direction, park.url + tab) <= 20

    @pytest.mark.parametrize("address", ["secrets/", "team/x/"])
    def test_another_tab_is_not_there(self, park: SimpleNamespace, address: str) -> None:
        assert park.direction.get(park.url + address).status_code == 404

    def test_a_bare_record_has_a_page_too(self, park: SimpleNamespace) -> None:
        company = CompanyFactory()
        for tab in TABS:
            assert park.direction.get(f"/fr/companies/{company.pk}/{tab}").status_code == 200

    def test_how_it_is_hosted_is_said(self, park: SimpleNamespace) -> None:
        stay = park.company.residencies.get()
        for mode, word in (("office", "Bureau"), ("domiciled", "Domiciliée")):
            park.company.residencies.filter(pk=stay.pk).update(mode=mode)
            assert park.direction.get(park.url).context["modes"] == [word]

    def test_years_are_told_from_the_last_one(self, park: SimpleNamespace) -> None:
        page = park.direction.get(park.url + "figures/").content.decode()
        years = [int(year) for year in re.findall(r'<th scope="col" class="fk-num">(\d{4})</th>', page)]
        assert years == [2025, 2024, 2023, 2022]

    def test_a_known_departure_is_the_last_step_of_the_journey(self, park: SimpleNamespace) -> None:
        company = CompanyFactory()
        last = timezone.localdate() + timedelta(days=40)
        ResidencyFactory(company=company, site=park.site, period=(date(2020, 1, 1), last + timedelta(days=1)))
        steps = park.direction.get(f"/fr/companies/{company.pk}/").context["journey"]
        assert steps[-1]["detail"] == format_date(last, "fr")
        assert park.direction.get(park.url).context["journey"][-1]["detail"] == ""

    def test_a_number_too_large_is_not_there(self, park: SimpleNamespace) -> None:
        assert park.direction.get(f"/fr/companies/{10**25}/").status_code == 404

    def test_what_the_record_calls_for_is_said(self, park: SimpleNamespace) -> None:
        park.company.identities.update(ice="")
        titles = [point.title for point in park.direction.get(park.url).context["points"]]
        assert len(titles) == 9  # eight documents that have expired, and the ICE

    @pytest.mark.parametrize("language", ["fr", "ar", "en"])
    def test_in_every_language(self, park: SimpleNamespace, language: str) -> None:
        assert park.direction.get(f"/{language}/companies/{park.company.pk}/").status_code == 200


FORMS = ["edition", "identity", "members", "figures/2025", "residencies", "documents/new", "merge"]


class TestPermission:
    @pytest.mark.parametrize("form", FORMS)
    def test_the_manager_of_another_site_finds_nothing(self, park: SimpleNamespace, form: str) -> None:
        client = visitor(staff("site_manager", SiteFactory()))
        assert client.get(f"{park.url}{form}/").status_code == 404
        assert client.post(f"{park.url}{form}/", {"name": "x"}).status_code == 404
        assert client.get(park.url).status_code == 404

    @pytest.mark.parametrize("form", FORMS)
    def test_reception_looks_but_does_not_change(self, park: SimpleNamespace, form: str) -> None:
        client = visitor(staff("reception", park.site))
        assert client.get(park.url).status_code == 200
        assert client.get(f"{park.url}{form}/").status_code == 404

    def test_members_have_pages_of_their_own(self, park: SimpleNamespace) -> None:
        assert visitor(owner_of(park.company)).get(park.url).status_code == 404

    def test_notes_of_another_site_are_not_written(self, park: SimpleNamespace) -> None:
        client = visitor(staff("site_manager", SiteFactory()))
        assert client.post(park.url + "notes/", {"text": "x"}).status_code == 404
        assert not park.company.notes.exists()


class TestMerging:
    def merge(self, park: SimpleNamespace, other: Any) -> Any:
        return park.direction.post(park.url + "merge/", {"absorbed": other})

    def test_merged_and_undone(self, park: SimpleNamespace) -> None:
        other = hosted_company(name="Atlas Data Maroc")
        assert self.merge(park, other.pk).status_code == 302
        assert park.direction.get(f"/fr/companies/{other.pk}/").url == park.url
        assert park.direction.get(f"/fr/companies/{other.pk}/team/").url == park.url + "team/"
        assert "Atlas Data Maroc" in park.direction.get(park.url + "merge/").content.decode()
        undo = f"/fr/companies/merges/{CompanyMerge.objects.get().pk}/undo/"
        assert park.direction.post(undo)["Location"] == f"/fr/companies/{other.pk}/"
        assert park.direction.get(f"/fr/companies/{other.pk}/").status_code == 200
        assert park.direction.post(undo)["Location"] == park.url  # once is enough

    @pytest.mark.parametrize("other", ["", "abc", "0", "²", str(10**25)])
    def test_with_what_is_not_there(self, park: SimpleNamespace, other: str) -> None:
        assert errors_of(self.merge(park, other)).keys() == {"absorbed"}

    def test_not_with_itself(self, park: SimpleNamespace) -> None:
        assert errors_of(self.merge(park, park.company.pk)).keys() == {"absorbed"}

    def test_near_names_are_suggested(self, park: SimpleNamespace) -> None:
        CompanyFactory(name="Atlas Datacentre SARL")
        CompanyFactory(name="Zellige Code SARL")
        near = park.direction.get(park.url + "merge/").context["near"]
        assert [company.name for company in near] == ["Atlas Datacentre SARL"]

    def test_it_is_for_the_direction_of_the_network(self, park: SimpleNamespace) -> None:
        assert visitor(staff("direction", park.site)).get(park.url + "merge/").status_code == 404


class TestSectors:
    def test_a_synonym_is_added_once_and_removed(self, park: SimpleNamespace) -> None:
        add = "/fr/sectors/green/synonyms/"
        for name in ("Énergies propres", "ENERGIES  PROPRES"):
            park.direction.post(add, {"name": name})
        synonym = SectorSynonym.objects.get(folded="energiespropres")
        assert "Énergies propres" in park.direction.get("/fr/sectors/").content.decode()
        answer = park.direction.post(f"/fr/sectors/synonyms/{synonym.pk}/removal/")
        assert not SectorSynonym.objects.filter(pk=synonym.pk).exists()
        park.direction.post(undo_of(answer))
        assert SectorSynonym.objects.filter(folded="energiespropres", sector=synonym.sector).exists()

    @pytest.mark.parametrize("name", ["", "  ", "!!!", "\x00", "n" * 300])
    def test_odd_names_are_no_error(self, park: SimpleNamespace, name: str) -> None:
        before = SectorSynonym.objects.count()
        assert park.direction.post("/fr/sectors/green/synonyms/", {"name": name}).status_code == 302
        assert SectorSynonym.objects.count() == before

    def test_companies_are_counted(self, park: SimpleNamespace) -> None:
        sector = Sector.objects.get(code="green")
        for _number in range(2):
            CompanyFactory().sector_assignments.create(sector=sector, period=("2020-01-01", None))
        shown = {one.code: one.companies for one in park.direction.get("/fr/sectors/").context["sectors"]}
        assert shown["green"] == 2


def test_the_address_of_every_tab_shows_that_tab() -> None:
    """A form whose address is that of a tab would hide it: patterns are tried in their order."""
    keys = [tab.key for tab in registry.tabs["companies.company"] if tab.key != "summary"]
    assert {key: resolve(f"/fr/companies/1/{key}/").url_name for key in keys} == dict.fromkeys(
        keys, "company_tab"
    )


@pytest.mark.parametrize(
    ("role", "sees"), [("reception", False), ("events", False), ("finance", True), ("programmes", True)]
)
def test_amounts_are_for_those_who_follow_the_company(park: SimpleNamespace, role: str, sees: bool) -> None:
    FigureFactory(company=park.company, indicator="turnover", value=605_000)
    for tab in ("", "figures/"):
        page = visitor(staff(role, park.site)).get(park.url + tab).content.decode()
        assert ("Chiffre d’affaires" in page) is sees
        assert "Effectif" in page
