"""Who may pass a door."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from fondouk.access.enums import Refusal, State
from fondouk.access.models import Credential, Door, DoorRight
from fondouk.bookings.enums import Status
from fondouk.bookings.models import Occurrence


def may_pass(door: Door, credential: Credential | None, now: datetime) -> Refusal | None:
    """None where it opens. A badge passes by a right of its company, by one of all residents, or because its person has
    booked the space behind the door for this time.
    """
    if not door.is_on:
        return Refusal.OFF
    if credential is None or credential.site_id != door.site_id:
        return Refusal.UNKNOWN
    if credential.state == State.SUSPENDED:
        return Refusal.SUSPENDED
    if credential.state != State.ISSUED:
        return Refusal.REVOKED
    local = now.astimezone(ZoneInfo(door.site.zone))
    hosted = credential.company is not None and (
        credential.company.residencies.on(local.date()).filter(site=door.site_id).exists()
    )
    rights = [
        right
        for right in door.rights.filter(period__contains=local.date())
        if (right.company_id is None and hosted)
        or (right.company_id and right.company_id == credential.company_id)
    ]
    if any(_is_now(right, local) for right in rights):
        return None
    if _has_booked(door, credential, now):
        return None
    return Refusal.CLOSED if rights else Refusal.NO_RIGHT


def _is_now(right: DoorRight, local: datetime) -> bool:
    if not right.weekdays >> local.weekday() & 1:
        return False
    if right.begins is None or right.ends is None:
        return True
    return right.begins <= local.time() < right.ends


def _has_booked(door: Door, credential: Credential, now: datetime) -> bool:
    """The space behind it, or one that shares a part with it; set-up included."""
    if door.resource_id is None or credential.person_id is None:
        return False
    behind = Occurrence.objects.filter(
        status=Status.BOOKED,
        booking__organiser=credential.person_id,
        resource__parts__in=door.resource.parts.all(),  # type: ignore[union-attr]
        during__contains=now,
    )
    return bool(behind.exists())
