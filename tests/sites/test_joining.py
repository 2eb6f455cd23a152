"""Somebody invited under an address that signs in already: one account, and what they were invited to."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from django.urls import reverse

from fondouk.companies.models import Membership
from fondouk.people.actions import create_invitation
from fondouk.people.models import Account, Person
from fondouk.sites.enums import Role
from tests.factories import AccountFactory, GrantFactory, MembershipFactory, PersonFactory, hosted_company
from tests.visiting import visitor

pytestmark = pytest.mark.django_db


@pytest.fixture
def invited() -> SimpleNamespace:
    """A placeholder in a team, invited under the address of somebody who has an account."""
    account = AccountFactory(email="dora@example.ma", person__name="Dora Alaoui")
    placeholder = PersonFactory(name="D.")
    membership = MembershipFactory(person=placeholder, company=hosted_company())
    _invitation, secret = create_invitation(placeholder, email="Dora@example.ma", by=None)
    return SimpleNamespace(
        account=account,
        placeholder=placeholder,
        membership=membership,
        address=reverse("invitation", args=[secret]),
    )


def test_they_take_it_with_their_account(invited: SimpleNamespace) -> None:
    client = visitor(invited.account)
    assert "Dora Alaoui" in client.get(invited.address).content.decode()
    assert client.post(invited.address).status_code == 302
    assert Membership.objects.get(pk=invited.membership.pk).person == invited.account.person
    assert not Person.objects.filter(pk=invited.placeholder.pk).exists()
    assert Account.objects.count() == 1
    assert client.post(invited.address).status_code == 410


def test_a_role_that_was_given_passes_and_one_held_is_not_doubled(invited: SimpleNamespace) -> None:
    site = invited.membership.company.residencies.get().site
    for role in (Role.RECEPTION, Role.FINANCE):
        GrantFactory(person=invited.placeholder, role=role, site=site)
    GrantFactory(person=invited.account.person, role=Role.FINANCE, site=site)
    visitor(invited.account).post(invited.address)
    assert sorted(invited.account.person.grants.values_list("role", flat=True)) == ["finance", "reception"]


def test_one_of_the_team_stays_once(invited: SimpleNamespace) -> None:
    MembershipFactory(person=invited.account.person, company=invited.membership.company, title="CEO")
    visitor(invited.account).post(invited.address)
    assert invited.account.person.memberships.get().title == "CEO"


def test_without_signing_in_there_is_only_the_way_there(invited: SimpleNamespace, client: object) -> None:
    shown = client.get(invited.address)  # type: ignore[attr-defined]
    assert reverse("account_login") in shown.content.decode()
    assert "Dora Alaoui" not in shown.content.decode()
    assert reverse("account_login") in client.post(invited.address)["Location"]  # type: ignore[attr-defined]
    assert Person.objects.filter(pk=invited.placeholder.pk).exists()


def test_somebody_else_does_not(invited: SimpleNamespace) -> None:
    other = visitor(AccountFactory())
    assert reverse("account_logout") in other.get(invited.address).content.decode()
    other.post(invited.address)
    assert Membership.objects.get(pk=invited.membership.pk).person == invited.placeholder
