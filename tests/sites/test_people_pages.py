"""The list of people, their page, their account."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from fondouk.audit.models import Entry
from fondouk.mail.models import Message
from fondouk.people.actions import create_person, erase_person
from fondouk.people.models import Account, Person
from tests.factories import (
    AccountFactory,
    InvitationFactory,
    MembershipFactory,
    PersonEmailFactory,
    PersonFactory,
    SiteFactory,
    hosted_company,
    staff,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin(client):
    account = staff("administrator", person__name="Salma Idrissi", email="salma@example.ma")
    client.force_login(account)
    return account


def names(client, query=""):
    page = client.get(reverse("people") + query)
    return [row.record.name for row in page.context["table"].rows]


def test_search_ignores_accents_case_and_order_and_reads_addresses(client, admin):
    PersonFactory(name="Zoé Quézac")
    PersonFactory(name="Anas Tazi", name_ar="أنس التازي")
    PersonEmailFactory(person__name="Omar Fassi", address="o.fassi@khettara.ma")
    assert names(client, "?q=quezac+zoe") == ["Zoé Quézac"]
    assert names(client, "?q=انس") == ["Anas Tazi"]
    assert names(client, "?q=KHETTARA") == ["Omar Fassi"]
    assert names(client, "?q=%27%22%25_(") == []


def test_filters_by_role_place_and_account(client, admin):
    site = SiteFactory(code="rabat")
    staff("reception", site, person__name="Recep")
    InvitationFactory(person__name="Invited")
    PersonFactory(name="Nobody")
    assert names(client, "?role=reception") == ["Recep"]
    assert names(client, "?at=rabat") == ["Recep"]
    assert names(client, "?at=network") == ["Salma Idrissi"]
    assert names(client, "?account=invited") == ["Invited"]
    assert names(client, "?account=none") == ["Nobody"]
    assert names(client, "?role=none&account=none") == ["Nobody"]
    assert len(names(client, "?role=unheard-of&at=nowhere")) == 4


def test_sort_both_ways_and_nonsense(client, admin):
    PersonFactory(name="Aya")
    assert names(client)[0] == "Aya"
    assert names(client, "?sort=-name")[0] == "Salma Idrissi"
    assert names(client, "?sort=bogus&page=99")


def test_list_takes_few_queries_however_long(client, admin):
    for number in range(60):
        person = PersonFactory(name=f"Person {number:02}")
        PersonEmailFactory(person=person)
        staff("reception", SiteFactory()) if number % 20 == 0 else None
    client.get(reverse("people"))  # the number beside the menu entry is counted once a minute
    with CaptureQueriesContext(connection) as queries:
        client.get(reverse("people"))
    assert len(queries) <= 20


def test_erased_people_leave_the_list_and_keep_an_empty_page(client, admin):
    person = PersonFactory(name="Zoé")
    erase_person(person, by=admin.person)
    assert names(client) == ["Salma Idrissi"]
    page = client.get(reverse("person", args=[person.pk]))
    assert page.status_code == 200
    assert client.get(reverse("person_edit", args=[person.pk])).status_code == 404


def test_list_names_the_companies_that_the_reader_may_see(client, admin):
    here, elsewhere = SiteFactory(), SiteFactory()
    person = PersonFactory(name="Hind Alami")
    for site, name in ((here, "Atlas Data"), (elsewhere, "Souss Code")):
        MembershipFactory(person=person, company=hosted_company(site, name=name))
    assert "Atlas Data, Souss Code" in client.get(reverse("people")).content.decode()
    assert "Atlas Data, Souss Code" in client.get(reverse("people_export", args=["csv"])).content.decode()
    client.force_login(staff("site_manager", here))
    page = client.get(reverse("people")).content.decode()
    assert "Atlas Data" in page
    assert "Souss Code" not in page


def test_files_hold_exactly_what_is_filtered(client, admin):
    create_person(name="=1+1", email="evil@example.ma", phone="+212 6 61 23 45 67", by=None)
    create_person(name="Other", by=None)
    body = client.get(reverse("people_export", args=["csv"]) + "?q=evil").content.decode("utf-8-sig")
    lines = body.splitlines()
    assert len(lines) == 2
    assert lines[1].startswith('"\'=1+1";')
    body = client.get(reverse("people_export", args=["csv"]) + "?q=06.61.23.45.67").content.decode(
        "utf-8-sig"
    )
    assert len(body.splitlines()) == 2
    assert client.get(reverse("people_export", args=["xlsx"])).content[:2] == b"PK"
    assert client.get(reverse("people_export", args=["exe"])).status_code == 404


def test_person_is_added_and_invited_in_one_go(client, admin):
    client.post(
        reverse("person_new"),
        {
            "name": "Hajar Lamrani",
            "name_ar": "",
            "email": "Hajar@EXAMPLE.ma",
            "phone": "0522 50 12 34",
            "language": "en",
            "invite": "on",
        },
    )
    person = Person.objects.get(name="Hajar Lamrani")
    assert (person.main_email, person.phone) == ("Hajar@example.ma", "+212 5 22 50 12 34")
    message = Message.objects.get(to="Hajar@example.ma")
    assert message.language == "en"
    assert "/en/invitation/" in message.text
    verbs = set(Entry.objects.about(person).values_list("verb", flat=True))
    assert verbs == {"people.person_created", "people.invited"}


@pytest.mark.parametrize(
    ("values", "wrong"),
    [
        ({"name": "", "email": ""}, ["name"]),
        ({"name": "A", "email": "a@b"}, ["email"]),
        ({"name": "A", "phone": "123"}, ["phone"]),
        ({"name": "A", "invite": "on"}, ["email"]),
        ({"name": "A", "email": "salma@example.ma", "invite": "on"}, ["email"]),
        ({"name": "SALMA idrissi", "email": "salma@example.ma"}, ["name"]),
        ({"name": "A", "email": "salma@example.ma"}, ["email"]),
        ({"name": "A" * 201}, ["name"]),
        ({"name": "A", "language": "tlh"}, ["language"]),
    ],
)
def test_what_is_wrong_stands_beside_its_field(client, admin, values, wrong):
    page = client.post(reverse("person_new"), {"language": "fr", **values})
    assert list(page.context["form"].errors) == wrong
    assert Person.objects.count() == 1


def test_inviting_again_and_withdrawing(client, admin):
    person = PersonFactory()
    for _ in range(2):
        client.post(reverse("person_invitation", args=[person.pk]), {"email": "hajar@example.ma"})
    assert person.invitations.open().count() == 1
    assert Message.objects.filter(to="hajar@example.ma").count() == 2
    client.post(reverse("person_invitation_withdrawal", args=[person.pk]))
    assert not person.invitations.open().exists()


def test_address_that_signs_somebody_in_is_not_invited(client, admin):
    page = client.post(reverse("person_invitation", args=[PersonFactory().pk]), {"email": "SALMA@example.ma"})
    assert list(page.context["invitation_form"].errors) == ["email"]
    assert not Message.objects.exists()


def test_closing_and_opening_an_account(client, admin):
    account = AccountFactory()
    client.post(reverse("person_account_closure", args=[account.person_id]))
    assert not Account.objects.get(pk=account.pk).is_active
    client.post(reverse("person_account_opening", args=[account.person_id]))
    assert Account.objects.get(pk=account.pk).is_active


def test_erasure_wants_the_name_typed(client, admin):
    person = PersonFactory(name="Zoé Bénali")
    page = client.post(reverse("person_erasure", args=[person.pk]), {"confirmation": "Zoe"})
    assert page.context["is_wrong"]
    assert not Person.objects.get(pk=person.pk).is_erased
    client.post(
        reverse("person_erasure", args=[person.pk]), {"confirmation": "Zoé Bénali", "reason": "Asked"}
    )
    assert Person.objects.get(pk=person.pk).is_erased


def test_handing_data_out_is_noted(client, admin):
    person = PersonFactory()
    assert client.post(reverse("person_data", args=[person.pk])).json()["person"]["name"] == person.name
    assert Entry.objects.filter(verb="people.person_exported").count() == 1


def test_strangers_and_members_find_nothing(client):
    for name, args in [("people", []), ("person", [1]), ("roles", []), ("sites", []), ("settings", [])]:
        assert client.get(reverse(name, args=args)).url.startswith(reverse("account_login"))
    client.force_login(AccountFactory())
    for name, args in [("people", []), ("person", [1]), ("roles", []), ("sites", []), ("settings", [])]:
        assert client.get(reverse(name, args=args)).status_code == 404


def test_staff_of_other_sites_are_a_404(client):
    here, elsewhere = SiteFactory(), SiteFactory()
    far = staff("reception", elsewhere)
    client.force_login(staff("site_manager", here))
    assert client.get(reverse("person", args=[far.person_id])).status_code == 404
    assert far.person.name not in client.get(reverse("people_export", args=["csv"])).content.decode()


def test_denied_buttons_say_why(client):
    client.force_login(staff("finance"))
    page = client.get(reverse("person", args=[PersonFactory().pk])).content.decode()
    assert "fk-denied-reason" in page
    assert client.get(reverse("person_new")).status_code == 404
