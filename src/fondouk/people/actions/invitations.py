"""Inviting a person to make an account."""

from __future__ import annotations

import hashlib
import secrets
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import ProtectedError
from django.utils import timezone
from django.utils.crypto import salted_hmac

from fondouk.people import signals
from fondouk.people.models import Account, Invitation, Person

from .accounts import create_account
from .privacy import erase_person

VALID_FOR = timedelta(days=14)


class InvitationClosed(Exception):
    """The invitation was accepted, withdrawn, or is too old."""


def digest(secret: str) -> str:
    """SHA-256 of a secret of 256 random bits: nothing to guess, so no slow hash is needed."""
    return hashlib.sha256(secret.encode()).hexdigest()


@transaction.atomic
def create_invitation(person: Person, *, email: str, by: Person | None) -> tuple[Invitation, str]:
    """An invitation and its secret, which is nowhere else. An earlier one is withdrawn."""
    person.invitations.filter(accepted_at=None, withdrawn_at=None).update(withdrawn_at=timezone.now())
    secret = secrets.token_urlsafe(32)
    invitation = Invitation.objects.create(
        person=person,
        email=email,
        digest=digest(secret),
        invited_by=by,
        expires_at=timezone.now() + VALID_FOR,
    )
    signals.invitation_created.send(Invitation, invitation=invitation, by=by)
    return invitation, secret


def find_invitation(secret: str) -> Invitation | None:
    """The open invitation that this secret belongs to."""
    return Invitation.objects.open().filter(digest=digest(secret)).select_related("person").first()


@transaction.atomic
def accept_invitation(invitation: Invitation, *, password: str, name: str = "") -> Account:
    """Make the account. Two clicks at once make one: the second finds the invitation closed."""
    locked = Invitation.objects.select_for_update().get(pk=invitation.pk)
    if not locked.is_open:
        raise InvitationClosed
    person = locked.person
    if name and name != person.name:
        person.name = name
        person.save(update_fields=["name"])
    account = create_account(person=person, email=locked.email, password=password, by=person)
    locked.accepted_at = timezone.now()
    locked.account = account
    locked.save(update_fields=["accepted_at", "account"])
    return account


@transaction.atomic
def join_by_invitation(invitation: Invitation, account: Account) -> None:
    """Somebody who signs in with the invited address already takes what the invitation was for, and no second account.

    Raises `InvitationClosed` where it is not open any more, or was sent to another address.
    """
    locked = Invitation.objects.select_for_update().select_related("person").get(pk=invitation.pk)
    if not locked.is_open or locked.email.lower() != account.email.lower():
        raise InvitationClosed
    placeholder = locked.person
    locked.accepted_at = timezone.now()
    locked.person = account.person
    locked.save(update_fields=["accepted_at", "person"])
    if placeholder != account.person:
        signals.person_joined.send(Person, placeholder=placeholder, person=account.person)
        try:
            with transaction.atomic():
                placeholder.delete()
        except ProtectedError:
            erase_person(placeholder, by=account.person, reason="joined")


@transaction.atomic
def withdraw_invitation(invitation: Invitation, *, by: Person | None) -> None:
    invitation.withdrawn_at = timezone.now()
    invitation.save(update_fields=["withdrawn_at"])
    signals.invitation_withdrawn.send(Invitation, invitation=invitation, by=by)


def setup_link() -> str | None:
    """A link to make the first account, while there is none: printed by `fondouk run` on the machine itself."""
    if Account.objects.exists():
        return None
    return f"{settings.PUBLIC_URL}/fr/setup/{setup_secret()}/"


def setup_secret() -> str:
    """Known to whoever can read the secret key, and worth nothing once there is an account."""
    return salted_hmac("fondouk.people.setup", "first account", algorithm="sha256").hexdigest()[:40]
