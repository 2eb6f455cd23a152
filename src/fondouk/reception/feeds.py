"""A visit as the visitor's calendar reads it (iCalendar, RFC 5545; by mail, RFC 5546)."""

from __future__ import annotations

from datetime import UTC, timedelta
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from icalendar import Event

from fondouk.lib.ical import book_of, calendar_user
from fondouk.reception.models import Visit

LASTS = timedelta(hours=1)
"""What a calendar shows of a visit whose end nobody knows."""


def invitation_of(visit: Visit, *, method: str, sender: tuple[str, str]) -> str:
    """`method`: "REQUEST" for the visit as it stands, "CANCEL" for one that is not expected any more, "PUBLISH" for the
    visitor's own copy. `sender` is name and address.
    """
    zone = ZoneInfo(visit.site.zone)
    event = Event()
    event.add(
        "uid", f"visit-{visit.pk}-{visit.made_at:%Y%m%d%H%M%S}@{urlsplit(settings.PUBLIC_URL).hostname}"
    )
    event.add("sequence", visit.sequence)
    event.add("dtstamp", timezone.now().astimezone(UTC))
    event.add("dtstart", visit.starts.replace(tzinfo=zone))
    event.add("dtend", (visit.starts + LASTS).replace(tzinfo=zone))
    event.add("summary", _("Visit: %(place)s") % {"place": visit.whom})
    event.add("location", visit.place)
    event.add("description", _("%(host)s expects you.") % {"host": visit.host.name})
    event.add("status", "CANCELLED" if method == "CANCEL" else "CONFIRMED")
    if method != "PUBLISH":
        event.add("organizer", calendar_user(*sender))
        event.add(
            "attendee",
            calendar_user(
                visit.name, visit.email, PARTSTAT="NEEDS-ACTION", ROLE="REQ-PARTICIPANT", RSVP="FALSE"
            ),
        )
    return book_of([event], method=method, days=[visit.day]).decode()
