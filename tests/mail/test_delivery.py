"""A message leaves after the commit, once, or is tried again, or is kept."""

from __future__ import annotations

import re
import socketserver
import threading
from collections.abc import Iterator
from typing import Any

import pytest
from django.core import mail as sent
from django.core.mail import send_mail
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from fondouk.mail import notices, tasks
from fondouk.mail.actions import (
    ATTEMPTS,
    DeliveryFailed,
    deliver,
    erase_mail,
    notify,
    send_again,
    send_kept,
    write,
)
from fondouk.mail.enums import Delivery
from fondouk.mail.models import Attempt, Message
from tests.factories import AccountFactory, PersonEmailFactory, PersonFactory

pytestmark = pytest.mark.django_db

LOCMEM = "django.core.mail.backends.locmem.EmailBackend"


class Refusing:
    """A server that never takes anything."""

    def __init__(self, *args: Any, **kwargs: Any) -> None: ...

    def send_messages(self, messages: Any) -> int:
        raise ConnectionRefusedError("no such server")


@pytest.fixture(autouse=True)
def delivery(settings: Any) -> None:
    settings.FONDOUK_DELIVERY_BACKEND = LOCMEM
    sent.outbox = []


def written(**changed: Any) -> Message:
    fields = {"subject": "Bonjour", "text": "Votre bureau est prêt.", "kind": "tests", "language": "fr"}
    return write("hajar@example.com", **{**fields, **changed})


def state(message: Message) -> str:
    return Message.objects.get(pk=message.pk).delivery


def test_it_is_handed_over_with_its_headers() -> None:
    message = written()
    assert state(message) == Delivery.WAITING
    deliver(message.pk)
    [mail] = sent.outbox
    assert (mail.to, mail.subject, mail.body) == (
        ["hajar@example.com"],
        "Bonjour",
        "Votre bureau est prêt.\n",
    )
    assert mail.extra_headers["Message-ID"] == message.message_id
    assert state(message) == Delivery.SENT


def test_the_queue_hears_of_it_only_when_the_transaction_is_committed() -> None:
    """The row of the queue is in the same transaction: rolled back, neither is there."""
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        written()
        assert ProcrastinateJob.objects.filter(task_name="mail.deliver").count() == 1
        raise ZeroDivisionError
    assert not Message.objects.exists()
    assert not ProcrastinateJob.objects.filter(task_name="mail.deliver").exists()


def test_it_is_never_delivered_twice() -> None:
    message = written()
    for _turn in range(3):
        deliver(message.pk)
    assert len(sent.outbox) == 1
    with pytest.raises(IntegrityError, match="message_delivered_once"), transaction.atomic():
        Attempt.objects.create(message=message, is_delivered=True)


def test_it_is_tried_again_later_and_later_and_then_has_failed(settings: Any) -> None:
    settings.FONDOUK_DELIVERY_BACKEND = f"{__name__}.Refusing"
    message = written()
    task = app.tasks["mail.deliver"]
    waits, attempts = [], 0
    while True:
        job = type("Job", (), {"attempts": attempts})()
        context = type("Context", (), {"job": job})()
        try:
            tasks.deliver.func(context, message_id=message.pk)
        except DeliveryFailed as failed:
            assert state(message) == Delivery.RETRYING
            decision = task.get_retry_exception(failed, job)
            assert decision is not None
            waits.append(tasks.WAIT ** (attempts + 1))
            attempts += 1
        else:
            break
    assert state(message) == Delivery.FAILED
    assert message.attempts.filter(is_delivered=False).count() == ATTEMPTS
    assert waits == [5, 25, 125, 625, 3125, 15625, 78125]
    assert "no such server" in message.attempts.first().error


def test_a_person_may_send_a_failed_message_again(settings: Any) -> None:
    settings.FONDOUK_DELIVERY_BACKEND = f"{__name__}.Refusing"
    message = written()
    deliver(message.pk, is_last=True)
    assert state(message) == Delivery.FAILED
    settings.FONDOUK_DELIVERY_BACKEND = LOCMEM
    assert send_again(message)
    assert not send_again(message)
    deliver(message.pk)
    assert state(message) == Delivery.SENT


def test_without_a_server_it_is_kept_and_sent_once_there_is_one(settings: Any) -> None:
    settings.FONDOUK_DELIVERY_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST = ""
    messages = [written(), written(subject="Encore")]
    for message in messages:
        deliver(message.pk)
    assert {state(message) for message in messages} == {Delivery.KEPT}
    assert not Attempt.objects.exists()
    settings.FONDOUK_DELIVERY_BACKEND = LOCMEM
    assert send_kept() == 2
    for message in messages:
        deliver(message.pk)
    assert [mail.subject for mail in sent.outbox] == ["Bonjour", "Encore"]


def test_it_is_written_in_the_language_of_its_reader(monkeypatch: pytest.MonkeyPatch) -> None:
    notice = notices.register(
        "tests.notice", "Test", subject=gettext_lazy("Today"), template="sites/mail/invitation.txt"
    )
    monkeypatch.setitem(notices.NOTICES, notice, notices.NOTICES[notice])
    person = PersonEmailFactory(person__language="ar").person
    message = notify(person, notice, inviter="", network="Fondouk", link="https://example.ma/")
    assert message is not None
    assert (message.language, message.to) == ("ar", person.main_email)
    assert message.person == person
    monkeypatch.delitem(notices.NOTICES, notice)


def test_nobody_is_written_to_without_an_address(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(notices.NOTICES, "tests.notice", notices.Notice("tests.notice", "", "", ""))
    assert notify(PersonFactory(), "tests.notice") is None


def test_mail_of_libraries_goes_through_the_outbox(client: Any, settings: Any) -> None:
    settings.EMAIL_BACKEND = "fondouk.mail.backend.OutboxBackend"
    account = AccountFactory(person__language="ar")
    send_mail("Subject", "Text", None, [account.email])
    message = Message.objects.get()
    assert (message.to, message.person, message.language) == (account.email, account.person, "ar")
    client.post(reverse("account_reset_password"), {"email": account.email})
    assert Message.objects.filter(to=account.email).count() == 2
    assert not sent.outbox


def test_erasing_a_person_leaves_that_something_was_written_and_when() -> None:
    person = PersonFactory()
    message = written(person=person)
    erase_mail(person)
    erased = Message.objects.get(pk=message.pk)
    assert (erased.text, erased.subject) == ("—", "—")
    assert erased.to.endswith("@erased.invalid")
    assert erased.created_at == message.created_at


class Sink(socketserver.StreamRequestHandler):
    """As much of SMTP as a delivery needs (RFC 5321)."""

    taken: list[bytes] = []

    def handle(self) -> None:
        self.wfile.write(b"220 sink\r\n")
        while line := self.rfile.readline():
            verb = line[:4].upper().strip()
            if verb == b"DATA":
                self.wfile.write(b"354 go on\r\n")
                text = b""
                while (piece := self.rfile.readline()) != b".\r\n":
                    text += piece
                self.taken.append(text)
            if verb == b"QUIT":
                self.wfile.write(b"221 bye\r\n")
                return
            self.wfile.write(b"250 yes\r\n")


@pytest.fixture
def smtp(settings: Any) -> Iterator[list[bytes]]:
    Sink.taken = []
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Sink) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        settings.FONDOUK_DELIVERY_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = server.server_address
        settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
        settings.EMAIL_HOST_USER = ""
        yield Sink.taken
        server.shutdown()


def test_a_real_server_gets_it_whole(smtp: list[bytes]) -> None:
    message = written(subject="مكتبكم جاهز", text="مرحبا بكم", language="ar")
    deliver(message.pk)
    [mail] = smtp
    assert state(message) == Delivery.SENT
    assert f"Message-ID: {message.message_id}".encode() in mail
    assert b"Auto-Submitted: auto-generated" in mail
    assert re.search(rb"^To: hajar@example.com", mail, re.MULTILINE)
