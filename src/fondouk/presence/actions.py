"""Saying that one is in, or not; and forgetting it at night."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils import timezone

from fondouk.people.models import Person
from fondouk.presence.models import Presence
from fondouk.presence.queries import today_at
from fondouk.sites.models import Site


def say_in(person: Person, site: Site, *, now: datetime | None = None) -> Presence:
    """On one site a day: the last that was said holds."""
    day = today_at(site, now)
    said, _made = Presence.objects.update_or_create(person=person, day=day, defaults={"site": site})
    return said


def say_out(person: Person) -> None:
    """As if it had never been said."""
    Presence.objects.filter(person=person).delete()


def forget_presences(*, now: datetime | None = None) -> int:
    """Delete what was said for a day that is over on the clock of its site. How many."""
    moment, gone = now or timezone.now(), 0
    for site in Site.objects.filter(presences__isnull=False).distinct():
        today = moment.astimezone(ZoneInfo(site.zone)).date()
        gone += Presence.objects.filter(site=site, day__lt=today).delete()[0]
    return gone
