"""Another password, another address: what is written to whom, and what the links do."""

import re

import pytest
from django.urls import reverse

from fondouk.mail.models import Message
from tests.factories import AccountFactory
from tests.factories.people import PASSWORD

pytestmark = pytest.mark.django_db
NEW = "quatre mots au hasard"


def link_in(message):
    return re.search(r"https?://[^/\s]+(/\S+)", message.text)[1]


def test_reset_writes_a_link_in_the_persons_language_that_works_once(client):
    account = AccountFactory(person__language="en")
    answer = client.post(reverse("account_reset_password"), {"email": account.email})
    assert answer.url == reverse("account_reset_password_done")
    message = Message.objects.get(to=account.email)
    assert message.language == "en"
    link = link_in(message)
    form = client.get(link, follow=True)
    assert "key" not in form.request["PATH_INFO"]
    client.post(form.request["PATH_INFO"], {"password1": NEW, "password2": NEW})
    account.refresh_from_db()
    assert account.check_password(NEW)
    assert client.get(link, follow=True).context["token_fail"]


def test_reset_for_an_unknown_address_answers_the_same(client):
    answer = client.post(reverse("account_reset_password"), {"email": "nobody@example.ma"})
    assert answer.url == reverse("account_reset_password_done")


def test_reset_is_limited(client):
    account = AccountFactory()
    codes = [
        client.post(reverse("account_reset_password"), {"email": account.email}).status_code for _ in range(6)
    ]
    assert codes == [302] * 5 + [429]


def test_weak_passwords_are_refused(client):
    account = AccountFactory()
    client.force_login(account)
    for weak in ("short", "0123456789", "passwordpassword"[:8], account.email):
        client.post(
            reverse("account_change_password"),
            {"oldpassword": PASSWORD, "password1": weak, "password2": weak},
        )
    account.refresh_from_db()
    assert account.check_password(PASSWORD)


def test_changing_the_password_keeps_this_session(client):
    account = AccountFactory()
    client.force_login(account)
    answer = client.post(
        reverse("account_change_password"), {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW}
    )
    assert answer.url == reverse("my_account")
    assert client.get(reverse("my_account")).status_code == 200
    account.refresh_from_db()
    assert account.check_password(NEW)


def test_new_address_counts_when_its_link_is_opened(client):
    account = AccountFactory(email="old@example.ma")
    client.force_login(account)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    client.post(reverse("account_email"), {"action_add": "1", "email": "new@example.ma"})
    account.refresh_from_db()
    assert account.email == "old@example.ma"
    client.post(link_in(Message.objects.get(to="new@example.ma")))
    account.refresh_from_db()
    assert (account.email, account.person.main_email) == ("new@example.ma", "new@example.ma")


def test_address_of_somebody_else_is_not_taken_over(client):
    AccountFactory(email="taken@example.ma")
    account = AccountFactory(email="mine@example.ma")
    client.force_login(account)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    client.post(reverse("account_email"), {"action_add": "1", "email": "taken@example.ma"})
    for message in Message.objects.filter(to="taken@example.ma"):
        if "http" in message.text:
            client.post(link_in(message))
    account.refresh_from_db()
    assert account.email == "mine@example.ma"
