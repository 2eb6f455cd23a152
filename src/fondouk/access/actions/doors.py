"""Doors: kept, opened by a badge that their reader has read, or from here."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from fondouk.access import verbs
from fondouk.access.enums import HELD, Kind, Refusal
from fondouk.access.locks import LOCKS, LockFailed
from fondouk.access.models import Credential, Door, DoorRight, Passage
from fondouk.access.queries import may_pass
from fondouk.access.secrets import digest, new_secret
from fondouk.audit.actions import record
from fondouk.lib.saving import save
from fondouk.people.models import Person

BESIDE = {
    "door_name_once": "name",
    "door_open_for": "open_seconds",
    "door_right_hours": "ends",
    "door_right_days": "days",
}
AGAIN = timedelta(seconds=2)
"""A badge held to a reader is read several times."""


@transaction.atomic
def save_door(door: Door, *, by: Person) -> str:
    """The secret of its reader for a new one, shown once; "" else. Raises `ValidationError` beside a field."""
    secret = ""
    if door.pk is None:
        secret = new_secret()
        door.digest = digest(secret)
    save(door, beside=BESIDE)
    record(verbs.DOOR_SAVED, door, door.site, by=by, name=door.name)
    return secret


@transaction.atomic
def new_reader(door: Door, *, by: Person) -> str:
    """Another secret for its reader: the one before opens nothing any more."""
    secret = new_secret()
    Door.objects.filter(pk=door.pk).update(digest=digest(secret))
    record(verbs.DOOR_SECRET, door, by=by, name=door.name)
    return secret


@transaction.atomic
def give_right(right: DoorRight, *, by: Person) -> DoorRight:
    """Raises `ValidationError` beside a field."""
    save(right, beside=BESIDE)
    whose = [right.company] if right.company else []
    record(verbs.RIGHT_GIVEN, right.door, *whose, by=by, name=right.door.name)
    return right


@transaction.atomic
def take_right(right: DoorRight, *, by: Person) -> None:
    whose = [right.company] if right.company else []
    record(verbs.RIGHT_TAKEN, right.door, *whose, by=by, name=right.door.name)
    right.delete()


def find_door(secret: str) -> Door | None:
    return Door.objects.select_related("site", "resource").filter(digest=digest(secret)).first()


@transaction.atomic
def knock(door: Door, number: str, *, now: datetime | None = None) -> Passage:
    """A badge was held to the reader of this door: open it, or not, and note which."""
    moment = now or timezone.now()
    held = Credential.objects.select_related("company").filter(
        site=door.site_id, kind=Kind.BADGE, number=number.strip()
    )
    credential = held.filter(state__in=HELD).first() or held.order_by("-issued_at").first()
    refusal = may_pass(door, credential, moment)
    if refusal is None:
        last = door.passages.filter(credential=credential, refusal="", at__gt=moment - AGAIN).first()
        if last is not None:
            return last
        refusal = _open(door)
    return Passage.objects.create(door=door, at=moment, credential=credential, refusal=refusal or "")


@transaction.atomic
def open_from_here(door: Door, *, by: Person) -> Passage:
    """Somebody of the staff opens it, say for a visitor."""
    refusal = Refusal.OFF if not door.is_on else _open(door)
    event = Passage.objects.create(door=door, by=by, refusal=refusal or "")
    if not refusal:
        record(verbs.DOOR_OPENED, door, by=by, name=door.name)
    return event


def _open(door: Door) -> Refusal | None:
    try:
        LOCKS[door.adapter].open(door.address or str(door.pk), door.open_seconds)
    except (LockFailed, KeyError):
        return Refusal.FAILED
    return None
