"""Coming in for the first time: the set-up link and invitations."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from fondouk.people.actions import setup_secret
from fondouk.people.models import Account
from fondouk.sites.actions import AlreadySetUp, set_up_network
from fondouk.sites.models import Grant, Network
from tests.factories import AccountFactory, InvitationFactory, PersonFactory

PASSWORD = "quatre mots au hasard"
NETWORK = {
    "network": "Réseau des parcs",
    "name": "Salma Idrissi",
    "email": "salma@example.ma",
    "language": "ar",
    "password1": PASSWORD,
    "password2": PASSWORD,
}


@pytest.mark.django_db
def test_set_up_makes_the_administrator_and_signs_them_in(client):
    answer = client.post(reverse("setup", args=[setup_secret()]), NETWORK)
    account = Account.objects.get()
    assert answer.url.startswith("/ar/")
    assert client.session["_auth_user_id"] == str(account.pk)
    assert str(Network.current().name) == "Réseau des parcs"
    grant = Grant.objects.get()
    assert (grant.person, grant.role, grant.site) == (account.person, "administrator", None)
    assert account.has_perm("sites.settings")


@pytest.mark.django_db
def test_set_up_is_nowhere_afterwards_or_with_another_secret(client):
    assert client.get(reverse("setup", args=["guess"])).status_code == 404
    AccountFactory()
    for answer in (
        client.get(reverse("setup", args=[setup_secret()])),
        client.post(reverse("setup", args=[setup_secret()]), NETWORK),
    ):
        assert answer["Location"] == reverse("account_login")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("changes", "wrong"),
    [
        ({"password2": "something else"}, ["password2"]),
        ({"password1": "0123456789", "password2": "0123456789"}, ["password1"]),
        ({"password1": "salma@example.ma", "password2": "salma@example.ma"}, ["password1"]),
        ({"email": "salma"}, ["email"]),
        ({"network": " "}, ["network"]),
    ],
)
def test_set_up_says_what_is_wrong(client, changes, wrong):
    page = client.post(reverse("setup", args=[setup_secret()]), {**NETWORK, **changes})
    assert list(page.context["form"].errors) == wrong
    assert not Account.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_two_set_ups_at_once_make_one_administrator():
    def begin(number):
        try:
            return set_up_network(
                name=f"Network {number}",
                person_name="Salma",
                email=f"salma{number}@example.ma",
                password=PASSWORD,
                language="fr",
            )
        except AlreadySetUp:
            return None
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        made = [account for account in pool.map(begin, range(2)) if account]
    assert len(made) == Account.objects.count() == Grant.objects.count() == 1


@pytest.mark.django_db
def test_invitation_says_who_invites_and_opens_an_account(client):
    inviter = PersonFactory(name="Youssef Benali")
    invited = InvitationFactory(
        secret="open", invited_by=inviter, person__name="Hajar", person__language="en"
    )
    page = client.get(reverse("invitation", args=["open"]))
    assert "Youssef Benali" in page.content.decode()
    answer = client.post(
        reverse("invitation", args=["open"]),
        {"name": "Hajar Lamrani", "password1": PASSWORD, "password2": PASSWORD},
    )
    account = Account.objects.get(person=invited.person)
    assert answer.url.startswith("/en/")
    assert client.session["_auth_user_id"] == str(account.pk)
    assert account.person.name == "Hajar Lamrani"
    assert account.check_password(PASSWORD)


@pytest.mark.django_db
@pytest.mark.parametrize("change", ["used", "withdrawn", "old", "unknown"])
def test_closed_invitation_says_what_to_do(client, change):
    now = timezone.now()
    fields = {
        "used": {"accepted_at": now},
        "withdrawn": {"withdrawn_at": now},
        "old": {"expires_at": now},
        "unknown": {"secret": "another"},
    }
    InvitationFactory(**{"secret": "link", **fields[change]})
    page = client.get(reverse("invitation", args=["link"]))
    assert page.status_code == 410
    assert reverse("account_login") in page.content.decode()


@pytest.mark.django_db
def test_invitation_to_an_address_that_has_become_an_account_leads_to_sign_in(client):
    invited = InvitationFactory(secret="open", email="taken@example.ma")
    AccountFactory(email="taken@example.ma")
    page = client.post(
        reverse("invitation", args=["open"]), {"name": "Hajar", "password1": PASSWORD, "password2": PASSWORD}
    )
    assert page["Location"].startswith(reverse("account_login"))
    assert not Account.objects.filter(person=invited.person).exists()
