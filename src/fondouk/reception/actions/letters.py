"""What is written to visitors, in their language, and to those who expect them."""

from __future__ import annotations

from email.utils import parseaddr
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from fondouk.lib.formats import format_moment
from fondouk.mail import notices
from fondouk.mail.actions import Calendar, notify
from fondouk.mail.models import Message
from fondouk.people.models import Person
from fondouk.reception.feeds import invitation_of
from fondouk.reception.models import Letter, Visit
from fondouk.sites.models import Network

INVITED = notices.register(
    "reception.invited",
    _("Invitation of a visitor"),
    subject=_("Your visit to %(whom)s: %(when)s"),
    template="reception/mail/invited.txt",
    has_secret=True,
)
CHANGED = notices.register(
    "reception.changed",
    _("Change of a visit"),
    subject=_("Changed: your visit to %(whom)s, %(when)s"),
    template="reception/mail/invited.txt",
    has_secret=True,
)
CANCELLED = notices.register(
    "reception.cancelled",
    _("Cancellation of a visit"),
    subject=_("Cancelled: your visit to %(whom)s, %(when)s"),
    template="reception/mail/cancelled.txt",
)
TO_VISITORS = (INVITED, CHANGED, CANCELLED)
ARRIVED = notices.register(
    "reception.arrived",
    _("Arrival of a visitor"),
    subject=_("%(visitor)s has arrived"),
    template="reception/mail/host.txt",
)
DECLINED = notices.register(
    "reception.declined",
    _("Visitor who does not come"),
    subject=_("%(visitor)s does not come"),
    template="reception/mail/host.txt",
)


def address_of(visit: Visit) -> str:
    """The address of the invitation, which its code says too."""
    with translation.override(visit.language):
        return settings.PUBLIC_URL.rstrip("/") + reverse("welcome", args=[visit.token])


def invite(visit: Visit, *, again: bool = False) -> None:
    """`again`: it was announced before, and is no longer what it was."""
    link = address_of(visit)
    _to_visitor(visit, CHANGED if again else INVITED, "REQUEST", code=link, link=link)


def uninvite(visit: Visit) -> None:
    _to_visitor(visit, CANCELLED, "CANCEL")


def _to_visitor(visit: Visit, notice: str, method: str, *, code: str = "", **facts: Any) -> None:
    if not visit.email:
        return
    reader = Person(name=visit.name, language=visit.language)
    network = Network.current()
    with translation.override(visit.language):
        sender = (str(network), parseaddr(settings.DEFAULT_FROM_EMAIL)[1])
        calendar = Calendar(method, invitation_of(visit, method=method, sender=sender))
        said: dict[str, Any] = {
            "whom": visit.whom,
            "host": visit.host.name,
            "when": format_moment(visit.starts, visit.language),
            "place": visit.place,
            "is_again": notice == CHANGED,
            "network": str(network),
        }
    _keep(visit, notify(reader, notice, to=visit.email, calendar=calendar, code=code, **said, **facts))


def tell_arrival(visit: Visit) -> None:
    _to_host(visit, ARRIVED)


def tell_declined(visit: Visit) -> None:
    _to_host(visit, DECLINED)


def _to_host(visit: Visit, notice: str) -> None:
    when = format_moment(visit.starts, visit.host.language)
    said = notify(
        visit.host,
        notice,
        visitor=visit.name,
        organisation=visit.organisation,
        when=when,
        site=str(visit.site),
        has_arrived=notice == ARRIVED,
        network=str(Network.current()),
    )
    _keep(visit, said)


def _keep(visit: Visit, message: Message | None) -> None:
    if message is not None:
        Letter.objects.create(visit=visit, message=message)
