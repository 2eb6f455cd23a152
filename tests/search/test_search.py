"""Finding with Ctrl/Cmd+K: whatever the accents and the language, and only what the person may see."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from fondouk.companies.models import Company
from fondouk.search.queries import Terms, actions, matching, search
from tests.factories import (
    AccountFactory,
    CompanyFactory,
    ContractFactory,
    LegalIdentityFactory,
    PersonFactory,
    ResourceFactory,
    SiteFactory,
    hosted_company,
    ice,
    owner_of,
    staff,
)
from tests.visiting import queries_of, visitor

ICE = ice(147_852_000)
NASTY = [
    "' & | ! :* <-> ( ) \\",
    "\x00",
    "a" * 10_000,
    "':*",
    "\\'",
    "%_",
    "ﷺ" * 300,
    "😀",
    "²³",
    "'' OR 1=1 --",
    "-",
]


def titles(account: Any, typed: str, source: str = "companies") -> list[str]:
    return [hit.title for found, hits in search(account, typed) if found.code == source for hit in hits]


@pytest.mark.django_db
class TestWords:
    @pytest.mark.parametrize(
        ("name", "activity", "typed"),
        [
            ("Santé Plus", "", "Sante"),
            ("Sante Plus", "", "SANTÉ"),
            ("Atlas", "", "atl"),
            ("Atlas", "Logiciels pour cliniques", "logiciel clinique"),
            ("Atlas", "Production industrielle", "productions industrielles"),
            ("Atlas", "Smart cities", "city"),
            ("Atlas", "شركة للبرمجيات", "البرمجيات"),
            ("شَرِكَةُ النّور", "", "شركة النور"),
            ("شركة النور", "", "شَرِكَة"),
            ("أطلس", "", "اطلس"),
            ("اطلس", "", "أطلس"),
            ("إيمان", "", "ايمان"),
            ("الآمال", "", "الامال"),
            ("مدرسة", "", "مدرسه"),
            ("Jean-Baptiste & Fils", "", "jean-bap"),
            ("L'Atelier", "", "l'atel"),
            ("B2B.ma", "", "b2b"),
        ],
    )
    def test_meet_whatever_their_accents_their_ending_and_their_vowels(
        self, name: str, activity: str, typed: str
    ) -> None:
        company = CompanyFactory(name=name, activity=activity)
        CompanyFactory(name="Tout autre chose")
        assert list(matching(Company.objects.all(), Terms.of(typed))) == [company]

    def test_what_became_of_a_company_is_said(self) -> None:
        hosted_company(SiteFactory(), name="Atlas Data", activity="Logiciels")
        CompanyFactory(name="Atlas Fonds", activity="")
        with translation.override("fr"):
            found = [hit.detail for _source, hits in search(staff("direction"), "atlas") for hit in hits]
        assert sorted(found) == ["Hébergée · Logiciels", "Non hébergée"]

    def test_every_word_counts(self) -> None:
        CompanyFactory(name="Atlas Santé")
        assert not matching(Company.objects.all(), Terms.of("atlas énergie")).exists()

    @pytest.mark.parametrize("typed", NASTY)
    def test_nothing_typed_is_an_error(self, typed: str) -> None:
        list(matching(Company.objects.all(), Terms.of(typed)))
        search(staff("direction"), typed)

    @pytest.mark.parametrize("typed", ["", "   ", "' & | ! :*", "\x00"])
    def test_no_word_finds_nothing(self, typed: str) -> None:
        CompanyFactory()
        assert search(staff("direction"), typed) == []

    def test_an_ice_is_found_by_its_beginning_with_or_without_its_zeros(self) -> None:
        company = LegalIdentityFactory(ice=ICE).company
        for typed in (ICE, ICE.lstrip("0"), ICE[:8], ICE[-6:]):
            assert titles(staff("direction"), typed) == [company.name]

    @pytest.mark.parametrize(
        "typed",
        [
            "0661234567",
            "06 61-23-45-67",
            "+212 661 234 567",
            "00212661234567",
            "+212 (0)6 61 23 45 67",
            "٠٦٦١٢٣٤٥٦٧",
        ],
    )
    def test_a_telephone_is_found_as_people_write_it(self, typed: str) -> None:
        company = CompanyFactory(phone="+212 661-234567")
        person = PersonFactory(phone="+212 661-234567")
        CompanyFactory(phone="+212 661-234568")
        assert titles(staff("direction"), typed) == [company.name]
        assert titles(staff("direction"), typed, "people") == [person.name]


@given(st.text(max_size=60))
def test_terms_are_few_short_and_made_of_letters(typed: str) -> None:
    terms = Terms.of(typed)
    assert len(terms.words) <= 8
    assert all(set(word) - set("-'’") for word in terms.words)
    assert "\x00" not in terms.folded


@pytest.mark.django_db
class TestSight:
    @pytest.fixture
    def park(self) -> SimpleNamespace:
        casa, fes = SiteFactory(), SiteFactory()
        mine, theirs = hosted_company(casa, name="Zellige Casa"), hosted_company(fes, name="Zellige Fès")
        for company, site, mark in ((mine, casa, "C"), (theirs, fes, "F")):
            ContractFactory(company=company, site=site, reference=f"Zellige-{mark}")
            ResourceFactory(site=site, code=f"Zellige {mark}1")
        return SimpleNamespace(casa=casa, mine=mine)

    def test_staff_find_what_is_on_their_sites(self, park: SimpleNamespace) -> None:
        account = staff("reception", park.casa)
        assert titles(account, "zellige") == ["Zellige Casa"]
        assert titles(account, "zellige", "spaces") == ["Zellige C1"]
        assert titles(account, "zellige", "contracts") == []
        finance = staff("finance", park.casa)
        assert titles(finance, "zellige", "contracts") == ["Zellige-C"]

    def test_members_find_no_page_of_the_staff(self, park: SimpleNamespace) -> None:
        account = owner_of(park.mine)
        client = visitor(account)
        for _source, hits in search(account, "zellige"):
            assert all(client.get(hit.url).status_code == 200 for hit in hits)

    def test_every_hit_opens(self, park: SimpleNamespace) -> None:
        account = staff("reception", park.casa)
        client = visitor(account)
        hits = [hit for _source, found in search(account, "zellige") for hit in found] + actions(account, "")
        assert hits
        assert {
            hit.url: client.get(hit.url).status_code for hit in hits if client.get(hit.url).status_code != 200
        } == {}

    def test_somebody_of_nothing_finds_nothing(self, park: SimpleNamespace) -> None:
        assert search(AccountFactory(), "zellige") == []

    def test_visitors_sign_in_first(self, client: Any) -> None:
        assert client.get("/fr/search/?q=zellige").status_code == 302


@pytest.mark.django_db
class TestPage:
    @pytest.mark.parametrize("typed", NASTY)
    def test_nothing_typed_is_an_error(self, typed: str) -> None:
        client = visitor(staff("direction"))
        for headers in ({}, {"HX-Request": "true"}):
            assert client.get("/fr/search/", {"q": typed}, headers=headers).status_code == 200

    def test_few_queries(self) -> None:
        for _number in range(60):
            hosted_company()
        assert queries_of(visitor(staff("direction")), "/fr/search/?q=a") <= 20

    def test_actions_are_those_one_may_do(self) -> None:
        assert [hit.url for hit in actions(staff("spaces"), "espace") if "new" in hit.url] in (
            [],
            ["/fr/spaces/new/"],
        )
        assert not [hit for hit in actions(AccountFactory(), "") if "/companies" in hit.url]
