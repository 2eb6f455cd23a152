"""What django-allauth announces, brought to the person behind the account."""

from __future__ import annotations

from typing import Any

from allauth.account.signals import email_changed
from django.dispatch import receiver

from fondouk.people import actions
from fondouk.people.models import Account


@receiver(email_changed)
def _address_changed(user: Account, to_email_address: Any, **extra: Any) -> None:
    """The address somebody signs in with is also the one to write to."""
    actions.change_person(user.person, by=user.person, email=to_email_address.email)
