"""What is written about a request: to whoever has made it, and to whoever deals with it."""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from fondouk.mail import notices
from fondouk.mail.actions import notify
from fondouk.people.models import Person
from fondouk.requests.models import Request
from fondouk.sites.models import Network

ANSWERED = notices.register(
    "requests.answered",
    _("Answer to a request"),
    subject=_("Your request #%(number)s: an answer"),
    template="requests/mail/told.txt",
)
RESOLVED = notices.register(
    "requests.resolved",
    _("Request resolved"),
    subject=_("Your request #%(number)s is resolved"),
    template="requests/mail/told.txt",
)
GIVEN = notices.register(
    "requests.given",
    _("Request given to you"),
    subject=_("Request #%(number)s is yours: %(title)s"),
    template="requests/mail/told.txt",
)
REPLIED = notices.register(
    "requests.replied",
    _("Reply of a resident"),
    subject=_("Request #%(number)s: a reply"),
    template="requests/mail/told.txt",
)


def tell(notice: str, request: Request, to: Person, *, by: Person, text: str = "") -> None:
    """In the language of its reader, with the address where they may open it."""
    with translation.override(to.language):
        link = settings.PUBLIC_URL + _address(notice, request, to)
    notify(
        to,
        notice,
        kind=notice,
        number=request.pk,
        title=request.title,
        by=by.name,
        text=text,
        link=link,
        network=str(Network.current()),
    )


def _address(notice: str, request: Request, to: Person) -> str:
    """Among those of the company, for its people; among the staff's for whoever deals with it, or has made it for others."""
    is_theirs = request.company_id and to.memberships.current().filter(company=request.company_id).exists()
    if notice in (GIVEN, REPLIED) or not is_theirs:
        return reverse("request", args=[request.pk])
    return f"{reverse('member_request', args=[request.pk])}?company={request.company_id}"
