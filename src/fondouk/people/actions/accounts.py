"""Opening and closing accounts."""

from __future__ import annotations

from allauth.account.models import EmailAddress
from django.db import transaction
from django.utils import timezone

from fondouk.people import signals
from fondouk.people.models import Account, Person


@transaction.atomic
def create_account(*, person: Person, email: str, password: str | None, by: Person | None) -> Account:
    """The address counts as proved: whoever calls has had it from an invitation or types at the machine itself."""
    # Small letters: django-allauth looks for the address in this form, however it is typed at sign-in.
    account = Account.objects.create_user(email.lower(), password, person=person)
    EmailAddress.objects.create(user=account, email=account.email, verified=True, primary=True)
    if not person.emails.filter(address__iexact=email).exists():
        person.emails.create(address=email, is_main=not person.emails.filter(is_main=True).exists())
    signals.account_created.send(Account, account=account, by=by)
    return account


@transaction.atomic
def close_account(account: Account, *, by: Person | None) -> None:
    """It may not sign in any more, and its tokens stop working for good."""
    account.is_active = False
    account.save(update_fields=["is_active"])
    account.tokens.filter(revoked_at=None).update(revoked_at=timezone.now())
    signals.account_closed.send(Account, account=account, by=by)


@transaction.atomic
def reopen_account(account: Account, *, by: Person | None) -> None:
    """They may sign in again, with the password they had. Tokens that were revoked stay so."""
    account.is_active = True
    account.save(update_fields=["is_active"])
    signals.account_reopened.send(Account, account=account, by=by)


def open_account_of(person: Person) -> Account | None:
    """The person's account, when they have one that may sign in."""
    return Account.objects.filter(person=person, is_active=True).first()
