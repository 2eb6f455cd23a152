"""Mails that a calendar program understands (iTIP, RFC 5546, by mail: RFC 6047), for those who want them."""

from __future__ import annotations

from collections.abc import Sequence
from email.utils import parseaddr
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from fondouk.bookings.feeds import CANCEL, REQUEST, invitation_of
from fondouk.bookings.models import Booking, InvitedPerson, Occurrence
from fondouk.lib.formats import format_moment
from fondouk.lib.prepared import Prepared
from fondouk.mail import notices
from fondouk.mail.actions import Calendar, notify
from fondouk.people.models import Person
from fondouk.sites.models import Network

INVITED = notices.register(
    "bookings.invited",
    _("Booking for your calendar"),
    subject=_("%(title)s: %(space)s, %(when)s"),
    template="bookings/mail/invited.txt",
)
UNINVITED = notices.register(
    "bookings.uninvited",
    _("Booking out of your calendar"),
    subject=_("No longer: %(title)s, %(when)s"),
    template="bookings/mail/invited.txt",
)

INVITED_PERSON = Prepared(lambda person: InvitedPerson.objects.filter(person=person).values_list("pk"), -7)


@transaction.atomic
def want_invitations(person: Person, *, wanted: bool) -> None:
    """From now on, or no longer."""
    if wanted:
        InvitedPerson.objects.get_or_create(person=person)
    else:
        InvitedPerson.objects.filter(person=person).delete()


def invite(booking: Booking) -> None:
    """The booking as it stands now, to its organiser: a calendar takes it in, or replaces what it has of it."""
    if not _is_wanted(booking):
        return
    times = [one for one in _times(booking) if one.status in REQUEST]
    if times:
        _write(INVITED, booking, times, "REQUEST")


def uninvite(booking: Booking, gone: Sequence[Occurrence]) -> None:
    """These times of it do not take place any more."""
    if gone and _is_wanted(booking):
        _write(UNINVITED, booking, gone, CANCEL)


def _is_wanted(booking: Booking) -> bool:
    return bool(INVITED_PERSON(booking.organiser_id))


def _times(booking: Booking) -> list[Occurrence]:
    return list(booking.occurrences.select_related("resource__site", "part").order_by("starts"))


def _write(notice: str, booking: Booking, times: Sequence[Occurrence], method: str) -> None:
    reader = booking.organiser
    first = min(times, key=lambda one: one.starts)
    sender = parseaddr(settings.DEFAULT_FROM_EMAIL)[1]
    host = urlsplit(settings.PUBLIC_URL).hostname or "fondouk"
    fresh = Booking.objects.select_related("resource__site").prefetch_related(
        "occurrences__resource", "occurrences__part", "skipped"
    )
    with translation.override(reader.language):
        text = invitation_of(
            fresh.get(pk=booking.pk),
            method=method,
            gone=times if method == CANCEL else (),
            sender=(str(Network.current()), sender),
            reader=(reader.name, reader.main_email),
            host=host,
        )
        when = format_moment(first.starts, reader.language)
    notify(
        reader,
        notice,
        calendar=Calendar(method, text),
        kind=notice,
        title=booking.title,
        space=first.place,
        site=first.resource.site.full_name,
        when=when,
        others=len(times) - 1,
        network=str(Network.current()),
    )
