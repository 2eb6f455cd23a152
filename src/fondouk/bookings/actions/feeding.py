"""Addresses for calendar programs: made, read, revoked."""

from __future__ import annotations

import secrets
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from fondouk.audit.actions import record
from fondouk.bookings import verbs
from fondouk.bookings.models import CalendarFeed
from fondouk.people.actions.invitations import digest
from fondouk.people.models import Person
from fondouk.sites.models import Site
from fondouk.spaces.models import Resource

TOUCH_EVERY = timedelta(minutes=30)


@transaction.atomic
def make_feed(
    person: Person, *, site: Site | None = None, resource: Resource | None = None
) -> tuple[CalendarFeed, str]:
    """A feed and its secret, shown once and kept nowhere."""
    secret = secrets.token_urlsafe(32)
    feed = CalendarFeed.objects.create(person=person, site=site, resource=resource, digest=digest(secret))
    record(verbs.FEED_MADE, feed, by=person, what=str(feed))
    return feed, secret


def find_feed(secret: str) -> CalendarFeed | None:
    """The live feed of this secret; when it was last read is noted, every half-hour at most."""
    rows = CalendarFeed.objects.live().select_related("person__account", "site", "resource__site")
    feed = rows.filter(digest=digest(secret)).first()
    now = timezone.now()
    if feed and (feed.last_read_at is None or now - feed.last_read_at > TOUCH_EVERY):
        CalendarFeed.objects.filter(pk=feed.pk).update(last_read_at=now)
    return feed


@transaction.atomic
def revoke_feed(feed: CalendarFeed, *, by: Person) -> None:
    """Nothing is read there any more, at once."""
    if CalendarFeed.objects.filter(pk=feed.pk, revoked_at=None).update(revoked_at=timezone.now()):
        record(verbs.FEED_REVOKED, feed, by=by, what=str(feed))
