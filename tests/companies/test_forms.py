"""Forms of companies: what is valid is done, what is not is said beside its field, and nothing typed is lost."""

from __future__ import annotations

import re
from datetime import date
from types import SimpleNamespace

import pytest
from django.contrib.messages import get_messages
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils import timezone

from fondouk.companies.models import Company
from fondouk.sites.models import Grant
from tests.factories import (
    CompanyFactory,
    LegalIdentityFactory,
    MembershipFactory,
    PersonEmailFactory,
    PersonFactory,
    ResidencyFactory,
    SiteFactory,
    hosted_company,
    ice,
    staff,
)
from tests.visiting import errors_of, in_french, undo_of, visitor

ICE = ice(1_478_520_000_011)
NEW = "/fr/companies/new/"


@pytest.fixture
def park(db: None) -> SimpleNamespace:
    """A company on one site, its manager, and the manager of another."""
    site, other = SiteFactory(city="Casablanca"), SiteFactory(city="Fès")
    company = hosted_company(site, name="Atlas Data")
    return SimpleNamespace(
        site=site,
        other=other,
        company=company,
        url=f"/fr/companies/{company.pk}/",
        manager=visitor(staff("site_manager", site)),
        elsewhere=visitor(staff("site_manager", other)),
        direction=visitor(staff("direction")),
    )


class TestNewCompany:
    def test_only_the_name_is_needed(self, park: SimpleNamespace) -> None:
        answer = park.manager.post(NEW, {"name": "  Zellige   Code "})
        company = Company.objects.get(name="Zellige Code")
        assert answer["Location"] == f"/fr/companies/{company.pk}/"
        assert not company.identities.exists()

    def test_everything_at_once(self, park: SimpleNamespace) -> None:
        sent = {
            "name": "Zellige Code",
            "name_ar": "زليج",
            "email": "Bonjour@ZELLIGE.ma",
            "phone": "0522501234",
            "website": "zellige.ma",
            "stage": "launch",
            "identity-legal_form": "sarl",
            "identity-ice": ICE.lstrip("0"),
            "identity-rc": "4711",
            "identity-incorporated_on": "3/11/2024",
            "arrival-site": park.site.pk,
            "arrival-mode": "desk",
            "arrival-first": "1/2/2025",
        }
        park.manager.post(NEW, sent)
        company = Company.objects.get(name="Zellige Code")
        identity, stay = company.identities.get(), company.residencies.get()
        assert (identity.ice, identity.incorporated_on) == (ICE, date(2024, 11, 3))
        assert (stay.mode, stay.period.lower) == ("desk", date(2025, 2, 1))
        assert (company.email, company.website) == ("Bonjour@zellige.ma", "https://zellige.ma")

    @pytest.mark.parametrize(
        ("field", "value", "said"),
        [
            ("name", "", "This field is required."),
            ("name", "ATLAS DATA s.a.r.l.", "Another company has this name, legal form aside."),
            ("name", "!!!", "Give the company a name."),
            ("email", "bonjour@", "Write an address like name@company.ma."),
            ("phone", "12", "This does not look like a phone number, for example 05 22 50 12 34."),
            ("identity-ice", "123", "An ICE has 15 digits."),
            (
                "identity-ice",
                "001478520000011",
                "The check digits of this ICE are wrong. Copy it again from the certificate.",
            ),
            ("identity-rc", "abc", "Write digits only."),
            (
                "identity-incorporated_on",
                "31/12/2099",
                "This day is still to come: leave it empty until the company exists.",
            ),
            (
                "identity-incorporated_on",
                "31/02/2024",
                "This is not a date. Write it as day/month/year, for example 31/12/2026.",
            ),
        ],
    )
    def test_what_is_wrong_is_said_beside_it_and_what_was_typed_stays(
        self, park: SimpleNamespace, field: str, value: str, said: str
    ) -> None:
        sent = {"name": "Zellige Code", "activity": "Carreaux numériques", field: value}
        answer = park.manager.post(NEW, sent)
        assert errors_of(answer, "form", "identity", "arrival").keys() == {field}
        page = answer.content.decode()
        assert in_french(said) in page
        assert "Carreaux numériques" in page
        assert value in page
        assert not Company.objects.filter(name="Zellige Code").exists()

    def test_a_day_of_arrival_needs_a_site(self, park: SimpleNamespace) -> None:
        answer = park.manager.post(NEW, {"name": "Zellige Code", "arrival-first": "1/2/2025"})
        assert errors_of(answer, "form", "identity", "arrival").keys() == {"arrival-site"}
        assert "1/2/2025" in answer.content.decode()

    def test_an_ice_already_taken_is_said_beside_it(self, park: SimpleNamespace) -> None:
        LegalIdentityFactory(ice=ICE)
        answer = park.manager.post(NEW, {"name": "Zellige Code", "identity-ice": ICE})
        assert errors_of(answer, "form", "identity").keys() == {"identity-ice"}
        assert not Company.objects.filter(name="Zellige Code").exists()

    def test_near_names_are_shown_of_those_one_may_see(self, park: SimpleNamespace) -> None:
        hosted_company(park.other, name="Atlas Secret")
        answer = park.manager.post(NEW, {"name": "Atlas Data"})
        assert [company.name for company in answer.context["near"]] == ["Atlas Data"]

    def test_a_site_where_one_only_looks_cannot_be_chosen(self, park: SimpleNamespace) -> None:
        account = staff("site_manager", park.site)
        Grant.objects.create(
            person=account.person, role="reception", site=park.other, period=DateRange(None, None)
        )
        answer = visitor(account).post(NEW, {"name": "Zellige Code", "arrival-site": park.other.pk})
        assert errors_of(answer, "arrival").keys() == {"arrival-site"}


class TestEditing:
    def test_a_change_is_saved_and_the_rest_stays(self, park: SimpleNamespace) -> None:
        park.manager.post(park.url + "edition/", {"name": "Atlas Data", "activity": "Cartes"})
        company = Company.objects.get(pk=park.company.pk)
        assert (company.activity, company.residencies.count()) == ("Cartes", 1)

    def test_a_name_already_taken_is_said_beside_it(self, park: SimpleNamespace) -> None:
        CompanyFactory(name="Zellige Code")
        answer = park.manager.post(park.url + "edition/", {"name": "Zellige Code", "activity": "Cartes"})
        assert errors_of(answer).keys() == {"name"}
        assert "Cartes" in answer.content.decode()

    def test_a_steward_without_a_role_any_more_is_not_lost(self, park: SimpleNamespace) -> None:
        person = PersonFactory()
        park.company.stewardships.create(person=person, period=DateRange(None, None))
        form = park.manager.get(park.url + "edition/").context["form"]
        sent = {name: form[name].value() or "" for name in form.fields if name not in ("is_public", "kinds")}
        assert park.manager.post(park.url + "edition/", sent).status_code == 302
        assert park.company.stewardships.get().period == DateRange(None, None)

    def test_the_identity_is_corrected_or_followed_by_another(self, park: SimpleNamespace) -> None:
        url = park.url + "identity/"
        park.manager.post(url, {"legal_name": "Atlas Data SARL", "ice": ICE})
        assert park.company.identities.get().ice == ICE
        park.manager.post(
            url, {"legal_name": "Atlas Data SA", "legal_form": "sa", "ice": ICE, "since": "1/5/2025"}
        )
        assert park.company.identities.count() == 2
        LegalIdentityFactory(ice=ice(55))
        answer = park.manager.post(url, {"legal_name": "Atlas Data SA", "ice": ice(55)})
        assert errors_of(answer).keys() == {"ice"}
        assert park.manager.post(url, {"legal_name": "", "ice": ""}).context["form"].errors.keys() == {
            "legal_name"
        }


class TestStays:
    def test_arriving_and_leaving(self, park: SimpleNamespace) -> None:
        sent = {"site": park.other.pk, "mode": "desk", "first": "1/2/2025"}
        assert park.direction.post(park.url + "residencies/", sent).status_code == 302
        stay = park.company.residencies.get(site=park.other)
        park.direction.post(f"{park.url}residencies/{stay.pk}/end/", {"last": "28/2/2025"})
        stay.refresh_from_db()
        assert stay.period.upper == date(2025, 3, 1)

    @pytest.mark.parametrize(
        ("change", "field"),
        [
            ({"site": ""}, "site"),
            ({"first": ""}, "first"),
            ({"first": "hier"}, "first"),
            ({"first": "1/2/2026", "last": "1/1/2026"}, "last"),
            ({"mode": "x"}, "mode"),
            ({}, "first"),  # hosted there already
        ],
    )
    def test_what_is_wrong_is_said_beside_it(
        self, park: SimpleNamespace, change: dict[str, str], field: str
    ) -> None:
        sent = {"site": park.site.pk, "mode": "desk", "first": timezone.localdate().isoformat(), **change}
        answer = park.manager.post(park.url + "residencies/", sent)
        assert errors_of(answer).keys() == {field}

    def test_a_departure_before_the_arrival_is_refused(self, park: SimpleNamespace) -> None:
        stay = park.company.residencies.get()
        answer = park.manager.post(f"{park.url}residencies/{stay.pk}/end/", {"last": "1/1/1990"})
        assert errors_of(answer).keys() == {"last"}

    def test_a_stay_on_a_site_of_others_is_theirs_to_end(self, park: SimpleNamespace) -> None:
        stay = ResidencyFactory(company=park.company, site=park.other)
        assert park.manager.get(f"{park.url}residencies/{stay.pk}/end/").status_code == 404
        assert park.elsewhere.get(f"{park.url}residencies/{stay.pk}/end/").status_code == 200


class TestTeam:
    def test_somebody_new_and_somebody_known_by_their_address(self, park: SimpleNamespace) -> None:
        known = PersonEmailFactory(address="hajar@atlas.ma").person
        for name, email in (("Nabil Tazi", ""), ("H. Lamrani", "HAJAR@atlas.ma")):
            park.manager.post(park.url + "members/", {"name": name, "email": email, "role": "member"})
        assert {member.person.name for member in park.company.memberships.all()} == {"Nabil Tazi", known.name}

    def test_of_those_who_share_a_mailbox_the_one_of_that_name(self, park: SimpleNamespace) -> None:
        for name in ("Hajar Lamrani", "Youssef Bénali"):
            PersonEmailFactory(person=PersonFactory(name=name), address="contact@atlas.ma")
        sent = {"name": "youssef benali", "email": "contact@atlas.ma", "role": "owner"}
        park.manager.post(park.url + "members/", sent)
        assert park.company.memberships.get().person.name == "Youssef Bénali"

    def test_who_is_there_already_is_refused_beside_the_name(self, park: SimpleNamespace) -> None:
        email = PersonEmailFactory(address="hajar@atlas.ma")
        MembershipFactory(company=park.company, person=email.person)
        answer = park.manager.post(
            park.url + "members/", {"name": "Hajar", "email": email.address, "role": "member"}
        )
        assert errors_of(answer).keys() == {"name"}

    def test_leaving(self, park: SimpleNamespace) -> None:
        member = MembershipFactory(company=park.company)
        park.manager.post(f"{park.url}members/{member.pk}/end/")
        assert not park.company.memberships.current().exists()
        assert park.manager.post(f"{park.url}members/{member.pk}/end/").status_code == 404


class TestFigures:
    def test_declared_corrected_and_left_empty(self, park: SimpleNamespace) -> None:
        url = park.url + "figures/2025/"
        park.manager.post(url, {"headcount": "12", "women": "5", "turnover": "1 200,50 DH"})
        park.manager.post(url, {"headcount": "14", "women": ""})
        standing = {figure.indicator: str(figure.value) for figure in park.company.figures.standing()}
        assert standing == {"headcount": "14.00", "women": "5.00", "turnover": "1200.50"}

    @pytest.mark.parametrize(
        ("sent", "field"),
        [
            ({"headcount": "3", "women": "5"}, "women"),
            ({"headcount": "3", "under_35": "5"}, "under_35"),
            ({"turnover": "3", "exports": "5"}, "exports"),
            ({"headcount": "3", "exports": "5"}, "exports"),
            ({"women": "5"}, "women"),
            ({"headcount": "-3"}, "headcount"),
            ({"headcount": "1,5"}, "headcount"),
            ({"headcount": "beaucoup"}, "headcount"),
            ({"turnover": "9" * 20}, "turnover"),
        ],
    )
    def test_what_is_wrong_is_said_beside_it(
        self, park: SimpleNamespace, sent: dict[str, str], field: str
    ) -> None:
        answer = park.manager.post(park.url + "figures/2025/", sent)
        assert errors_of(answer).keys() == {field}
        assert sent[field] in answer.content.decode()

    @pytest.mark.parametrize("year", [1989, timezone.localdate().year + 1, 10**20])
    def test_years_that_cannot_be_are_not_there(self, park: SimpleNamespace, year: int) -> None:
        assert park.manager.get(f"{park.url}figures/{year}/").status_code == 404


class TestSecondThoughts:
    """What was noted wrongly is corrected, and what was corrected wrongly is undone."""

    def test_what_is_typed_in_one_form_of_a_stay_is_offered_in_no_other(self, park: SimpleNamespace) -> None:
        stay = park.company.residencies.get()
        pages = [f"{park.url}residencies/{where}" for where in ("", f"{stay.pk}/", f"{stay.pk}/end/")]
        kept_as = [
            re.findall(r'data-draft="([^"]*)"', park.manager.get(page).content.decode()) for page in pages
        ]
        assert all(len(names) == 1 for names in kept_as)
        assert len({names[0] for names in kept_as}) == 3

    def test_a_stay_is_corrected_and_the_correction_undone(self, park: SimpleNamespace) -> None:
        stay = park.company.residencies.get()
        before = (stay.site_id, stay.mode, stay.period)
        address = f"{park.url}residencies/{stay.pk}/"
        sent = {"site": park.site.pk, "mode": "desk", "first": "01/03/2020", "last": "30/06/2030"}
        answer = park.manager.post(address, sent)
        stay.refresh_from_db()
        assert (stay.mode, stay.period.lower, stay.last_day) == (
            "desk",
            date(2020, 3, 1),
            date(2030, 6, 30),
        )
        park.manager.post(undo_of(answer))
        stay.refresh_from_db()
        assert (stay.site_id, stay.mode, stay.period) == before

    def test_a_stay_that_never_was_is_removed_and_brought_back(self, park: SimpleNamespace) -> None:
        stay = park.company.residencies.get()
        answer = park.manager.post(f"{park.url}residencies/{stay.pk}/removal/")
        assert not park.company.residencies.exists()
        direction = visitor(staff("direction"))
        direction.post(undo_of(answer))
        again = park.company.residencies.get()
        assert (again.site_id, again.mode, again.period) == (stay.site_id, stay.mode, stay.period)

    def test_a_stay_without_a_first_day_comes_back_as_well(self, park: SimpleNamespace) -> None:
        stay = park.company.residencies.get()
        stay.period = DateRange(None, None)
        stay.save()
        answer = park.direction.post(f"{park.url}residencies/{stay.pk}/removal/")
        park.direction.post(undo_of(answer))
        assert park.company.residencies.get().period == DateRange(None, None)

    def test_a_departure_is_undone(self, park: SimpleNamespace) -> None:
        stay = park.company.residencies.get()
        answer = park.manager.post(f"{park.url}residencies/{stay.pk}/end/", {"last": "31/12/2026"})
        stay.refresh_from_db()
        assert stay.last_day == date(2026, 12, 31)
        park.manager.post(undo_of(answer))
        stay.refresh_from_db()
        assert stay.last_day is None

    def test_a_place_in_the_team_is_changed_and_a_leaving_taken_back(self, park: SimpleNamespace) -> None:
        membership = MembershipFactory(company=park.company, role="member", title="Stagiaire")
        park.manager.post(f"{park.url}members/{membership.pk}/", {"role": "owner", "title": "Gérante"})
        membership.refresh_from_db()
        assert (membership.role, membership.title) == ("owner", "Gérante")
        answer = park.manager.post(f"{park.url}members/{membership.pk}/end/")
        assert not park.company.memberships.current().exists()
        undo = undo_of(answer)
        for _twice in range(2):
            park.manager.post(undo)
        back = park.company.memberships.current().get()
        assert (back.person, back.role, back.title) == (membership.person, "owner", "Gérante")
        assert park.manager.post(undo[:-2] + "x/").status_code == 404

    def test_an_address_of_somebody_else_is_said(self, park: SimpleNamespace) -> None:
        known = PersonFactory(name="Amina Berrada")
        PersonEmailFactory(person=known, address="amina@example.ma")
        MembershipFactory(company=hosted_company(park.site), person=known)
        sent = {"name": "Autre Nom", "email": "amina@example.ma", "role": "member"}
        answer = park.manager.post(park.url + "members/", sent)
        assert "Autre Nom" in [str(message) for message in get_messages(answer.wsgi_request)][-1]

    def test_kinds_are_given_and_taken_back(self, park: SimpleNamespace) -> None:
        for kinds in (["startup", "partner"], ["partner"], []):
            form = park.manager.get(park.url + "edition/").context["form"]
            sent = {
                name: form[name].value() or "" for name in form.fields if name not in ("is_public", "kinds")
            }
            park.manager.post(park.url + "edition/", {**sent, "kinds": kinds})
            today = timezone.localdate()
            assert {row.kind for row in park.company.kinds.filter(period__contains=today)} == set(kinds)

    def test_two_at_one_record_hear_of_each_other(self, park: SimpleNamespace) -> None:
        form = park.manager.get(park.url + "edition/").context["form"]
        sent = {name: form[name].value() or "" for name in form.fields if name not in ("is_public", "kinds")}
        assert park.manager.post(park.url + "edition/", {**sent, "activity": "Version A"}).status_code == 302
        answer = park.manager.post(park.url + "edition/", {**sent, "activity": "Version B"})
        assert "Quelqu’un d’autre" in answer.content.decode() and "Version B" in answer.content.decode()
        park.company.refresh_from_db()
        assert park.company.activity == "Version A"
        again = {**sent, "activity": "Version B", "seen": answer.context["form"]["seen"].value()}
        assert park.manager.post(park.url + "edition/", again).status_code == 302
        page = park.manager.get(park.url + "activity/").content.decode()
        assert "Entreprise modifiée : activité" in page.replace("\xa0", " ")
