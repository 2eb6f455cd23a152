"""The outbox in the console."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.mail import EmailMessage
from django.test import Client
from django.urls import reverse

from fondouk.mail.actions import ERASED
from fondouk.mail.backend import OutboxBackend
from fondouk.mail.enums import Delivery
from fondouk.mail.models import Attempt, Message
from fondouk.sites.enums import Role
from tests.factories import (
    AccountFactory,
    MessageFactory,
    PersonEmailFactory,
    PersonFactory,
    SiteFactory,
    staff,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def director(client: Client, settings: Any) -> Client:
    settings.FONDOUK_DELIVERY_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    client.force_login(staff(Role.DIRECTION))
    return client


def test_messages_are_for_the_direction_and_administrators(client: Client) -> None:
    message = MessageFactory()
    addresses = [reverse("outbox"), reverse("message", args=[message.pk])]
    assert all("next=" in client.get(address)["Location"] for address in addresses)
    for account in (AccountFactory(), staff(Role.SITE_MANAGER, SiteFactory()), staff(Role.RECEPTION)):
        client.force_login(account)
        assert {client.get(address).status_code for address in addresses} == {404}
        assert client.post(reverse("message_dispatch", args=[message.pk])).status_code == 404
        assert client.post(reverse("outbox_dispatch")).status_code == 404
    client.force_login(staff(Role.ADMINISTRATOR))
    assert {client.get(address).status_code for address in addresses} == {200}


def test_the_list_is_narrowed_by_text_state_kind_and_person(director: Client) -> None:
    person = PersonFactory(name="Hajar Lamrani")
    first = MessageFactory(subject="Votre invitation", person=person, kind="sites.invitation")
    second = MessageFactory(subject="Nouveau mot de passe", delivery=Delivery.FAILED, kind="accounts")

    def listed(**query: Any) -> set[int]:
        text = director.get(reverse("outbox"), query).content.decode()
        return {message.pk for message in (first, second) if message.subject in text}

    assert listed() == {first.pk, second.pk}
    assert listed(q="lamrani") == listed(q="invitation") == {first.pk}
    assert listed(state="failed") == listed(kind="accounts") == {second.pk}
    assert listed(person=person.pk) == {first.pk}
    assert listed(state="nonsense", page="x", person="x", q="\x00") == {first.pk, second.pk}


def test_a_message_shows_its_text_in_its_own_direction_and_its_attempts(director: Client) -> None:
    message = MessageFactory(language="ar", text="مرحبا <b>", delivery=Delivery.FAILED)
    Attempt.objects.create(message=message, is_delivered=False, error="550 no such mailbox")
    text = director.get(reverse("message", args=[message.pk])).content.decode()
    assert 'lang="ar" dir="rtl"' in text
    assert "مرحبا &lt;b&gt;" in text
    assert "550 no such mailbox" in text
    assert message.to in text


def test_sending_again(director: Client) -> None:
    message = MessageFactory(delivery=Delivery.FAILED)
    address = reverse("message_dispatch", args=[message.pk])
    assert address in director.get(reverse("message", args=[message.pk])).content.decode()
    assert director.post(address).status_code == 302
    assert Message.objects.get(pk=message.pk).delivery == Delivery.WAITING
    assert address not in director.get(reverse("message", args=[message.pk])).content.decode()


def test_what_was_erased_is_not_sent_again(director: Client) -> None:
    message = MessageFactory(delivery=Delivery.FAILED, text=ERASED)
    director.post(reverse("message_dispatch", args=[message.pk]))
    assert Message.objects.get(pk=message.pk).delivery == Delivery.FAILED


def test_without_a_server_the_page_says_so_and_sends_nothing(director: Client, settings: Any) -> None:
    settings.FONDOUK_DELIVERY_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST = ""
    message = MessageFactory(delivery=Delivery.KEPT)
    assert "FONDOUK_SMTP_HOST" in director.get(reverse("outbox")).content.decode()
    director.post(reverse("message_dispatch", args=[message.pk]))
    director.post(reverse("outbox_dispatch"))
    assert Message.objects.get(pk=message.pk).delivery == Delivery.KEPT


def test_with_a_server_what_was_kept_is_offered(director: Client) -> None:
    message = MessageFactory(delivery=Delivery.KEPT)
    text = director.get(reverse("outbox")).content.decode()
    assert reverse("outbox_dispatch") in text and "FONDOUK_SMTP_HOST" not in text
    director.post(reverse("outbox_dispatch"))
    assert Message.objects.get(pk=message.pk).delivery == Delivery.WAITING


def test_a_text_opens_to_whoever_may_answer_for_its_reader(director: Client) -> None:
    """Its links would let them take the place of somebody above."""
    administrator = MessageFactory(text="https://park/secret/", person=staff(Role.ADMINISTRATOR).person)
    reception = MessageFactory(text="https://park/secret/", person=staff(Role.RECEPTION).person)
    shown = {
        message: "park/secret" in director.get(reverse("message", args=[message.pk])).content.decode()
        for message in (administrator, reception)
    }
    assert shown == {administrator: False, reception: True}


def test_what_a_library_writes_is_for_whoever_signs_in_with_the_address() -> None:
    PersonEmailFactory(address="shared@example.ma")
    account = AccountFactory(email="shared@example.ma")
    OutboxBackend().send_messages([EmailMessage("Reset", "…", to=["Shared@example.ma"])])
    assert Message.objects.get().person == account.person
