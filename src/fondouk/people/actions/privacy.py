"""A person's right to their data: a copy of all of it, and its erasure (law 09-08, articles 7 and 8)."""

from __future__ import annotations

from typing import Any

import pgtrigger
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.apps import apps
from django.contrib.sessions.models import Session
from django.db import transaction

from fondouk.people import signals
from fondouk.people.models import Account, Person, PersonErasure
from fondouk.people.privacy import ERASED, KEEPERS


class AlreadyErased(Exception):
    """There is nothing left to erase."""


def collect_data(person: Person, *, by: Person | None) -> dict[str, Any]:
    """Everything the network keeps about `person`, app by app, as JSON."""
    account = Account.objects.filter(person=person).first()
    data: dict[str, Any] = {
        "person": {
            "name": person.name,
            "name_ar": person.name_ar,
            "phone": person.phone,
            "language": person.language,
            "emails": [email.address for email in person.emails.all()],
            "known_since": person.created_at.isoformat(),
        },
        "account": account and _account(account),
        "saved_filters": list(person.saved_filters.values("list", "name", "query")),
        "invitations": [invitation.created_at.isoformat() for invitation in person.invitations.all()],
    }
    for keeper in KEEPERS.values():
        data[keeper.name] = keeper.collect(person)
    signals.person_exported.send(Person, person=person, by=by)
    return data


def _account(account: Account) -> dict[str, Any]:
    """With what opens it, never with a secret."""
    return {
        "email": account.email,
        "created_at": account.created_at.isoformat(),
        "last_login": account.last_login and account.last_login.isoformat(),
        "second_factors": [
            {"type": factor.type, "created_at": factor.created_at.isoformat()}
            for factor in Authenticator.objects.filter(user=account)
        ],
        "tokens": [
            {"name": token.name, "created_at": token.created_at.isoformat()} for token in account.tokens.all()
        ],
    }


@transaction.atomic
def erase_person(person: Person, *, by: Person | None, reason: str = "") -> PersonErasure:
    """Put a dash in place of the name, everywhere, the history of rows included. It cannot be undone."""
    locked = Person.objects.select_for_update().get(pk=person.pk)
    if locked.is_erased:
        raise AlreadyErased
    for keeper in KEEPERS.values():
        keeper.erase(locked)
    locked.name, locked.name_ar, locked.phone = ERASED, "", ""
    locked.save(update_fields=["name", "name_ar", "phone"])
    locked.saved_filters.all().delete()
    addresses = list(locked.emails.values_list("address", flat=True))
    locked.emails.all().delete()
    locked.invitations.update(email=f"erased-{locked.pk}@erased.invalid")
    account = Account.objects.filter(person=locked).first()
    if account:
        _empty_account(account)
    _empty_history(locked, account, addresses)
    erasure = PersonErasure.objects.create(person=locked, by=by, reason=reason)
    signals.person_erased.send(Person, person=locked, by=by)
    return erasure


def _empty_account(account: Account) -> None:
    EmailAddress.objects.filter(user=account).delete()
    Authenticator.objects.filter(user=account).delete()
    SocialAccount.objects.filter(user=account).delete()
    account.tokens.all().delete()
    account.email = f"erased-{account.pk}@erased.invalid"
    account.is_active = False
    account.set_unusable_password()
    account.save(update_fields=["email", "is_active", "password"])
    for session in Session.objects.all().iterator():
        if session.get_decoded().get("_auth_user_id") == str(account.pk):
            session.delete()


def _empty_history(person: Person, account: Account | None, addresses: list[str]) -> None:
    """The triggers' own tables: the one place where history is rewritten, and only for this."""
    events = apps.get_app_config("people")
    person_events = events.get_model("PersonEvent")
    email_events = events.get_model("PersonEmailEvent")
    account_events = events.get_model("AccountEvent")
    with pgtrigger.ignore(
        "people.PersonEvent:append_only",
        "people.PersonEmailEvent:append_only",
        "people.AccountEvent:append_only",
    ):
        person_events._base_manager.filter(pgh_obj_id=person.pk).update(name=ERASED, name_ar="", phone="")
        email_events._base_manager.filter(person_id=person.pk).update(
            address=f"erased-{person.pk}@erased.invalid"
        )
        if account:
            account_events._base_manager.filter(pgh_obj_id=account.pk).update(
                email=f"erased-{account.pk}@erased.invalid"
            )
