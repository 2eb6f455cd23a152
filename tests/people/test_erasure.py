"""Erasing a person: no text column of the database holds their name or address afterwards."""

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.urls import reverse
from psycopg import sql

from fondouk.audit.models import Entry
from fondouk.companies.actions import write_note
from fondouk.companies.models import CompanyNote
from fondouk.mail.models import Message
from fondouk.people.actions import change_person, collect_data, create_invitation, create_token, erase_person
from fondouk.people.actions.privacy import AlreadyErased
from fondouk.people.models import PersonErasure
from fondouk.sites.actions import LastAdministrator, erase_data_of, give_role, invite_person
from tests.factories import (
    AccountFactory,
    CompanyFactory,
    MembershipFactory,
    PersonFactory,
    SavedFilterFactory,
    SiteFactory,
    staff,
)

NAME, OTHER_NAME, EMAIL, OTHER_EMAIL, PHONE = (
    "Zoubida Qzrtwv",
    "Zouzou Qzrtwv",
    "zoubida.qzrtwv@example.ma",
    "zq@oldmail.example",
    "+212 6 61 99 88 77",
)


def places_of(*needles):
    """Every "table.column" in which one of the texts stands, in any case."""
    found = set()
    with connection.cursor() as cursor:
        cursor.execute(
            "select table_name, column_name from information_schema.columns where table_schema = 'public' and "
            "(data_type in ('text', 'character varying', 'json', 'jsonb', 'tsvector', 'bytea') or data_type = 'ARRAY')"
        )
        for table, column in cursor.fetchall():
            for needle in needles:
                query = sql.SQL("select 1 from {} where {}::text ilike %s limit 1").format(
                    sql.Identifier(table), sql.Identifier(column)
                )
                cursor.execute(query, [f"%{needle}%"])
                if cursor.fetchone():
                    found.add(f"{table}.{column}")
    return found


@pytest.fixture
def zoubida(db):
    person = PersonFactory(name=OTHER_NAME, phone=PHONE, name_ar="زبيدة قزرتوف")
    person.emails.create(address=OTHER_EMAIL, is_main=True)
    change_person(person, by=None, name=NAME, email=EMAIL)
    account = AccountFactory(person=person, email=EMAIL)
    # What an import copies from a contact to the company, and what people write about her.
    company = CompanyFactory(email=EMAIL.upper(), phone=PHONE)
    MembershipFactory(person=person, company=company, title=f"CEO ({NAME})")
    write_note(company, f"Saw {NAME.upper()} on Monday; write to {EMAIL}.", by=None)
    SavedFilterFactory(person=person, name=f"Those of {NAME}")
    Message.objects.create(
        to=EMAIL, kind="accounts", language="fr", subject="Confirm", text=f"Dear {NAME}", message_id="m1"
    )
    give_role(person, role="reception", site=SiteFactory(), by=person)
    create_token(account, name=f"Script of {NAME}", by=person)
    create_invitation(person, email=EMAIL, by=None)
    other = PersonFactory()
    invite_person(other, email="other@example.ma", by=person)
    # `person` still bears the old name here: what is written keeps it, and erasing must find it.
    assert OTHER_NAME in Message.objects.get(to="other@example.ma").text
    Client().post(reverse("account_reset_password"), {"email": EMAIL})
    person.refresh_from_db()
    return person


@pytest.mark.django_db
def test_name_and_addresses_are_everywhere_before_and_nowhere_after(zoubida):
    needles = (NAME, OTHER_NAME, EMAIL, OTHER_EMAIL, PHONE, "زبيدة", "qzrtwv")
    assert {"people_person.name", "people_personevent.name", "people_accountevent.email"} <= places_of(
        *needles
    )
    erase_person(zoubida, by=None)
    assert places_of(*needles) == set()


@pytest.mark.django_db
def test_what_stood_beside_the_name_stays(zoubida):
    company = zoubida.memberships.get().company
    erase_person(zoubida, by=None)
    assert CompanyNote.objects.get().text == "Saw — on Monday; write to —."
    company.refresh_from_db()
    assert (company.email, company.phone) == ("", "")
    assert Entry.objects.filter(verb="people.token_created").get().facts["name"] == "—"


@pytest.mark.django_db
def test_somebody_of_another_name_keeps_what_is_theirs(zoubida):
    other = CompanyFactory(email="hello@example.ma", phone="+212 5 22 00 00 00")
    write_note(other, "Saw Badr on Tuesday.", by=None)
    erase_person(zoubida, by=None)
    other.refresh_from_db()
    assert (other.email, other.phone) == ("hello@example.ma", "+212 5 22 00 00 00")
    assert CompanyNote.objects.get(company=other).text == "Saw Badr on Tuesday."


@pytest.mark.django_db
def test_an_erased_person_gets_no_role(zoubida, client):
    erase_person(zoubida, by=None)
    client.force_login(staff("administrator"))
    answer = client.post(reverse("person_roles", args=[zoubida.pk]), {"role": "administrator"})
    assert answer.status_code == 404 and not zoubida.grants.filter(role="administrator").exists()


@pytest.mark.django_db
def test_account_sessions_tokens_and_roles_end(zoubida):
    client = Client()
    client.force_login(zoubida.account)
    assert Session.objects.count() == 1
    erase_person(zoubida, by=None)
    zoubida.account.refresh_from_db()
    assert not zoubida.account.is_active
    assert not zoubida.account.has_usable_password()
    assert not zoubida.account.tokens.exists()
    assert Session.objects.count() == 0
    assert client.get(reverse("my_account")).status_code == 302


@pytest.mark.django_db
def test_that_it_happened_stays_known(zoubida):
    by = PersonFactory()
    erase_person(zoubida, by=by, reason="Their request")
    erasure = PersonErasure.objects.get(person=zoubida)
    assert (erasure.by, erasure.reason) == (by, "Their request")
    with pytest.raises(AlreadyErased):
        erase_person(zoubida, by=by)


@pytest.mark.django_db
def test_last_administrator_is_not_erased():
    account = staff("administrator")
    with pytest.raises(LastAdministrator):
        erase_data_of(account.person, by=None)


@pytest.mark.django_db
def test_copy_of_the_data_holds_what_every_app_knows(zoubida):
    data = collect_data(zoubida, by=None)
    assert data["person"] == {
        "name": NAME,
        "name_ar": "زبيدة قزرتوف",
        "phone": PHONE,
        "language": "fr",
        "emails": [EMAIL, OTHER_EMAIL],
        "known_since": zoubida.created_at.isoformat(),
    }
    assert [role["role"] for role in data["roles"]] == ["reception"]
    assert data["mail"] and data["journal"]
