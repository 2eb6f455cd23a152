"""One's own page: details, tokens, data."""

import pytest
from django.urls import reverse

from fondouk.audit.models import Entry
from fondouk.people.actions import find_token
from fondouk.people.models import ApiToken
from tests.factories import AccountFactory, TokenFactory
from tests.factories.people import PASSWORD

pytestmark = pytest.mark.django_db


@pytest.fixture
def account(client):
    account = AccountFactory(person__name="Hajar Lamrani")
    client.force_login(account)
    return account


@pytest.fixture
def confirmed(client, account):
    """They have just said again who they are."""
    account.set_password(PASSWORD)
    account.save()
    client.force_login(account)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})


def details(**changes):
    return {"name": "Hajar Lamrani", "name_ar": "", "phone": "", "language": "fr", **changes}


def test_details_are_kept_as_the_country_writes_them(client, account):
    client.post(reverse("my_account"), details(phone="0661 23 45 67", name_ar="هاجر لمراني"))
    account.person.refresh_from_db()
    assert (account.person.phone, account.person.name_ar) == ("+212 6 61 23 45 67", "هاجر لمراني")
    assert Entry.objects.filter(verb="people.person_changed", actor=account.person).count() == 1


def test_phone_that_cannot_be_dialled_is_refused_beside_its_field(client, account):
    answer = client.post(reverse("my_account"), details(phone="12"))
    assert list(answer.context["form"].errors) == ["phone"]


def test_another_language_opens_the_page_in_it(client, account):
    assert client.post(reverse("my_account"), details(language="ar")).url == "/ar/account/"


def test_nothing_changed_is_nothing_noted(client, account):
    client.post(reverse("my_account"), details())
    assert not Entry.objects.filter(verb="people.person_changed").exists()


def test_a_token_asks_who_one_is_again(client, account):
    asked = client.post(reverse("my_tokens"), {"name": "Accounting", "days": ""})
    assert asked.url.startswith(reverse("account_reauthenticate"))
    assert not ApiToken.objects.exists()


def test_secret_of_a_token_is_shown_once_and_kept_nowhere(client, account, confirmed):
    page = client.post(reverse("my_tokens"), {"name": "Accounting", "days": "90"})
    secret = page.context["secret"]
    assert secret in page.content.decode()
    assert page.headers["Cache-Control"].startswith("max-age=0")
    assert find_token(secret).account == account
    assert secret not in client.get(reverse("my_account")).content.decode()
    assert secret not in str(dict(client.session))
    assert not ApiToken.objects.filter(digest=secret).exists()


def test_revoked_token_no_longer_opens(client, account):
    token = TokenFactory(account=account, secret="fdk_mine")
    client.post(reverse("my_token_revocation", args=[token.pk]))
    assert find_token("fdk_mine") is None


def test_token_of_somebody_else_cannot_be_revoked(client, account):
    token = TokenFactory(secret="fdk_theirs")
    assert client.post(reverse("my_token_revocation", args=[token.pk])).status_code == 404
    assert find_token("fdk_theirs") is not None


def test_nameless_token_is_refused(client, account, confirmed):
    page = client.post(reverse("my_tokens"), {"name": "", "days": ""})
    assert list(page.context["token_form"].errors) == ["name"]
    assert not ApiToken.objects.exists()


def test_own_data_come_as_a_file(client, account):
    answer = client.post(reverse("my_data"))
    data = answer.json()
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert data["person"]["name"] == "Hajar Lamrani"
    assert data["account"]["email"] == account.email
    assert {"roles", "journal", "mail"} <= set(data)
