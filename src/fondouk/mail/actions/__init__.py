"""Writing to people, and delivering what was written."""

from __future__ import annotations

import logging
import uuid
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.db import transaction
from django.db.models import Q
from django.template import Context
from django.template.loader import get_template
from django.utils import timezone, translation

from fondouk.files.models import StoredFile
from fondouk.mail.enums import Delivery
from fondouk.mail.marks import is_held, marked
from fondouk.mail.models import Attempt, Message
from fondouk.mail.notices import NOTICES
from fondouk.people.models import Person
from fondouk.people.privacy import ERASED, words_of
from fondouk.ui.qr import qr_picture

logger = logging.getLogger(__name__)

ATTEMPTS = 8
"""Tries before a message counts as failed; a person may still send it again from the outbox."""

NOWHERE = "erased.invalid"
"""Where addresses are that were forgotten (RFC 2606): nothing is sent there."""

CODE_FILE = "code.png"

ACCOUNTS = "accounts"
"""The kind of letters about signing in, which allauth writes: they hold secrets."""


@dataclass(frozen=True)
class Calendar:
    """What a calendar program does of itself when it reads the mail: `method` of RFC 5546, `text` in iCalendar."""

    method: str
    text: str


class DeliveryFailed(Exception):
    """The mail server did not take the message; the worker tries again later."""


def notify(
    person: Person,
    notice: str,
    *,
    to: str = "",
    calendar: Calendar | None = None,
    code: str = "",
    attachment: StoredFile | None = None,
    **facts: Any,
) -> Message | None:
    """Write to `person` in their own language. Nobody is written to without an address: None then. `calendar` goes along,
    a picture of the QR code that says `code`, and the file `attachment`.

    Somebody of whom no record is kept (a company's mailbox, a visitor) is a `Person` that is not saved.
    """
    address = to or person.main_email
    if not address:
        return None
    kind = NOTICES[notice]
    with translation.override(person.language):
        subject = " ".join((str(kind.subject) % facts).split())
        text = _plain(kind.template, {"person": person, "url": settings.PUBLIC_URL, **facts})
    return write(
        address,
        subject=subject,
        text=text,
        kind=notice,
        language=person.language,
        person=person if person.pk else None,
        calendar=calendar,
        code=code,
        attachment=attachment,
    )


def _plain(template: str, facts: dict[str, Any]) -> str:
    """A letter is text: an apostrophe in a name stays one."""
    found: Any = get_template(template)
    return str(found.template.render(Context(facts, autoescape=False)))


@transaction.atomic
def write(
    to: str,
    *,
    subject: str,
    text: str,
    kind: str,
    language: str,
    person: Person | None = None,
    calendar: Calendar | None = None,
    code: str = "",
    attachment: StoredFile | None = None,
) -> Message:
    """Put a message in the outbox. The worker sees it when the transaction is committed, never before."""
    with translation.override(language):
        subject = marked(subject)
    message = Message.objects.create(
        to=to,
        person=person,
        kind=kind,
        language=language,
        subject=subject[:255],
        text=text.strip() + "\n",
        calendar=calendar.text if calendar else "",
        calendar_method=calendar.method if calendar else "",
        code=code,
        attachment=attachment,
        message_id=f"<{uuid.uuid4()}@fondouk>",
    )
    _queue(message)
    return message


def _queue(message: Message) -> None:
    from procrastinate.contrib.django import app

    app.configure_task("mail.deliver").defer(message_id=message.pk)


def _has_secret(kind: str) -> bool:
    """Whether messages of that kind hold a link that lets somebody in."""
    return kind == ACCOUNTS or (kind in NOTICES and NOTICES[kind].has_secret)


def has_server() -> bool:
    """Whether there is anywhere to deliver to, and nothing holds the letters back."""
    is_named = bool(settings.EMAIL_HOST) or not settings.FONDOUK_DELIVERY_BACKEND.endswith(
        "smtp.EmailBackend"
    )
    return is_named and not is_held()


def deliver(message_id: int, *, is_last: bool = False) -> None:
    """Hand one message to the mail server, unless it has it already. Raises `DeliveryFailed` to be tried again.

    The row is held meanwhile, and the attempt is written in the same transaction: of two workers one delivers. (A
    worker that is killed between the server's yes and the commit will try again, under the same Message-ID.)
    """
    with transaction.atomic():
        message = (
            Message.objects.select_for_update(skip_locked=True)
            .filter(pk=message_id, delivery__in=(Delivery.WAITING, Delivery.RETRYING))
            .first()
        )
        if message is None:
            return
        if not has_server():
            _mark(message, Delivery.KEPT)
            return
        error = _hand_over(message)
        Attempt.objects.create(message=message, is_delivered=not error, error=error)
        if not error:
            _mark(message, Delivery.SENT)
            return
        _mark(message, Delivery.FAILED if is_last else Delivery.RETRYING)
    if not is_last:
        raise DeliveryFailed(error)


def _hand_over(message: Message) -> str:
    """ "" when the server took it, else what it said."""
    try:
        mail = EmailMultiAlternatives(
            subject=message.subject,
            body=message.text,
            from_email=settings.DEFAULT_FROM_EMAIL,
            to=[message.to],
            headers={"Message-ID": message.message_id, "Auto-Submitted": "auto-generated"},
            connection=get_connection(settings.FONDOUK_DELIVERY_BACKEND),
        )
        if message.calendar:
            # RFC 6047, 2.4: a part of its own, whose method says what is to be done with it.
            mail.attach_alternative(message.calendar, f"text/calendar; method={message.calendar_method}")
        if message.code:
            mail.attach(CODE_FILE, qr_picture(message.code), "image/png")
        if message.attachment:
            with message.attachment.content.open("rb") as content:
                mail.attach(message.attachment.name, content.read(), message.attachment.content_type)
        mail.send()
    except Exception as error:
        # Servers fail in many ways, and every one of them means: not delivered.
        logger.warning("Message %s was not delivered: %s", message.pk, error)
        return f"{type(error).__name__}: {error}"[:2000]
    return ""


def _mark(message: Message, delivery: Delivery) -> None:
    message.delivery = delivery
    message.save(update_fields=["delivery"])


@transaction.atomic
def send_again(message: Message) -> bool:
    """A person asks for another round of tries: after a failure, or once a mail server is configured.

    False when there is nothing to send again: the server has it, or is about to.
    """
    locked = Message.objects.select_for_update().get(pk=message.pk)
    if locked.delivery not in (Delivery.FAILED, Delivery.KEPT):
        return False
    _mark(locked, Delivery.WAITING)
    _queue(locked)
    return True


@transaction.atomic
def send_kept() -> int:
    """Everything that was kept while there was no mail server. How many."""
    kept = list(Message.objects.select_for_update().filter(delivery=Delivery.KEPT).order_by("pk"))
    for message in kept:
        _mark(message, Delivery.WAITING)
        _queue(message)
    return len(kept)


def collect_mail(person: Person) -> list[dict[str, Any]]:
    """What was written to somebody. Texts whose links let them in are left out: whoever holds the copy could use them."""
    return [
        {
            "at": message.created_at.isoformat(),
            "to": message.to,
            "subject": message.subject,
            **({} if _has_secret(message.kind) else {"text": message.text}),
        }
        for message in person.messages.all()
    ]


@transaction.atomic
def erase_mail(person: Person) -> None:
    """What was written to somebody whose data are erased, or to an address of theirs: that it was, and when, stays."""
    theirs = Q(person=person)
    for word in words_of(person):
        theirs |= Q(to__iexact=word)
    forget(Message.objects.filter(theirs), to=f"erased-{person.pk}@{NOWHERE}")


@transaction.atomic
def forget(messages: Any, *, to: str = f"erased@{NOWHERE}") -> None:
    """What was written to somebody who is forgotten: that it was, and when, stays. What has not left yet never will."""
    Attempt.objects.filter(message__in=messages).exclude(error="").update(
        error=ERASED
    )  # servers quote addresses
    keys = list(messages.values_list("pk", flat=True))
    written = Message.objects.filter(pk__in=keys)
    written.exclude(delivery=Delivery.SENT).update(delivery=Delivery.FORGOTTEN)
    written.update(to=to, text=ERASED, subject=ERASED, calendar="", code="")


def waiting_since() -> Any:
    """When the oldest message that waits was written, None when none does."""
    oldest = Message.objects.filter(delivery=Delivery.WAITING).order_by("created_at").first()
    return timezone.now() - oldest.created_at if oldest else None
