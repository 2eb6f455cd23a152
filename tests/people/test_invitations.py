"""An invitation is worth one account, whoever clicks and however often."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from fondouk.people.actions import (
    InvitationClosed,
    accept_invitation,
    create_invitation,
    find_invitation,
    withdraw_invitation,
)
from fondouk.people.models import Account
from tests.factories import InvitationFactory, PersonFactory


@pytest.mark.django_db(transaction=True)
def test_two_clicks_at_once_make_one_account():
    invitation = InvitationFactory()

    def accept(_number):
        try:
            return accept_invitation(invitation, password="quatre mots au hasard")
        except InvitationClosed:
            return None
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        made = [account for account in pool.map(accept, range(2)) if account]
    assert len(made) == Account.objects.count() == 1


@pytest.mark.django_db
def test_inviting_again_closes_the_first_link():
    person = PersonFactory()
    _first, old = create_invitation(person, email="a@example.ma", by=None)
    _second, new = create_invitation(person, email="a@example.ma", by=None)
    assert find_invitation(old) is None
    assert find_invitation(new).person == person


@pytest.mark.django_db
def test_withdrawn_and_old_invitations_are_closed():
    withdrawn = InvitationFactory(secret="one")
    withdraw_invitation(withdrawn, by=None)
    InvitationFactory(secret="two", expires_at=timezone.now() - timedelta(seconds=1))
    assert find_invitation("one") is None
    assert find_invitation("two") is None


@pytest.mark.django_db
def test_secret_stands_nowhere_in_the_database():
    invitation, secret = create_invitation(PersonFactory(), email="a@example.ma", by=None)
    assert secret not in str(invitation.__dict__)
    assert find_invitation(secret) == invitation
