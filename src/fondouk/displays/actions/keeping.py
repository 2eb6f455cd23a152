"""Hanging a tablet up, knowing it again, taking it down."""

from __future__ import annotations

import secrets
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from fondouk.audit.actions import record
from fondouk.displays import verbs
from fondouk.displays.models import Display
from fondouk.people.actions.invitations import digest
from fondouk.people.models import Person

TOUCH_EVERY = timedelta(minutes=5)


@transaction.atomic
def add_display(display: Display, *, by: Person) -> str:
    """Write it, and return its secret, which is shown once and kept nowhere."""
    secret = secrets.token_urlsafe(24)
    display.keeper, display.digest = by, digest(secret)
    display.save()
    record(verbs.ADDED, display.resource, by=by, space=display.resource.code)
    return secret


def find_display(secret: str) -> Display | None:
    """The live display of this secret; when it was last seen is noted, every five minutes at most."""
    rows = Display.objects.live().select_related("resource__site", "resource__floor__building", "keeper")
    found = rows.filter(digest=digest(secret)).first()
    if found and found.resource.is_gone:
        return None
    now = timezone.now()
    if found and (found.last_seen_at is None or now - found.last_seen_at > TOUCH_EVERY):
        Display.objects.filter(pk=found.pk).update(last_seen_at=now)
    return found


@transaction.atomic
def revoke_display(display: Display, *, by: Person) -> None:
    """Its address shows nothing any more, at once."""
    if Display.objects.filter(pk=display.pk, revoked_at=None).update(revoked_at=timezone.now()):
        record(verbs.REVOKED, display.resource, by=by, space=display.resource.code)
