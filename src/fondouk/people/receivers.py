"""What django-allauth announces, brought to the person behind the account."""

from __future__ import annotations

from typing import Any

from allauth.account.signals import email_changed
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added
from django.dispatch import receiver
from django.http import HttpRequest

from fondouk.people import actions
from fondouk.people.models import Account


@receiver(email_changed)
def _address_changed(user: Account, to_email_address: Any, **extra: Any) -> None:
    """The address somebody signs in with is also the one to write to."""
    actions.change_person(user.person, by=user.person, email=to_email_address.email)


@receiver(authenticator_added)
def _first_code_is_used(request: HttpRequest, authenticator: Authenticator, **extra: Any) -> None:
    """The code that proved a new application is a code that was used: it opens nothing for whoever saw it typed."""
    if authenticator.type == Authenticator.Type.TOTP:
        authenticator.wrap().validate_code(request.POST.get("code", ""))
