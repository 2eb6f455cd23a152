"""Mail that libraries send (password resets by django-allauth) goes through the outbox like ours."""

from __future__ import annotations

from collections.abc import Sequence

from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.message import EmailMessage
from django.utils.translation import get_language

from fondouk.people.models import Person


def _reader(address: str) -> Person | None:
    """Whoever signs in with the address: it is accounts that libraries write about. Else somebody it is known of."""
    signing_in = Person.objects.filter(account__email__iexact=address).first()
    return signing_in or Person.objects.for_email(address).first()


class OutboxBackend(BaseEmailBackend):
    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        from .actions import write

        for mail in email_messages:
            for address in mail.recipients():
                person = _reader(address)
                language = person.language if person else (get_language() or "fr")
                write(
                    address,
                    subject=str(mail.subject),
                    text=str(mail.body),
                    kind="accounts",
                    language=language,
                    person=person,
                )
        return len(email_messages)
