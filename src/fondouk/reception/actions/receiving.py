"""At the desk: who has arrived, who has gone."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from fondouk.audit.actions import record
from fondouk.lib.saving import save
from fondouk.people.models import Person
from fondouk.reception import verbs
from fondouk.reception.models import Visit
from fondouk.reception.signals import visit_arrived, visit_left

from .letters import tell_arrival
from .meanwhile import Meanwhile, locked


@transaction.atomic
def arrive(visit: Visit, *, by: Person, now: datetime | None = None) -> Visit:
    """The visitor stands at the desk: the host hears of it, once. Raises `Meanwhile` for one who is not expected today."""
    current = locked(visit)
    if current.arrived_at:
        return current
    if current.cancelled_at or not current.is_today:
        raise Meanwhile
    current.arrived_at = now or timezone.now()
    save(current, fields=["arrived_at"])
    record(verbs.ARRIVED, current, by=by)
    visit_arrived.send(sender=Visit, visit=current)
    if current.host_id != by.pk:
        tell_arrival(current)
    return current


@transaction.atomic
def undo_arrival(visit: Visit, *, by: Person) -> Visit:
    """It was somebody else. (What the host has read stays read.)"""
    current = locked(visit)
    if current.arrived_at is None:
        return current
    if current.left_at:
        raise Meanwhile
    current.arrived_at = None
    save(current, fields=["arrived_at"])
    record(verbs.NOT_ARRIVED, current, by=by)
    return current


@transaction.atomic
def leave(visit: Visit, *, by: Person, now: datetime | None = None) -> Visit:
    """The visitor has gone. Raises `Meanwhile` for one who never came."""
    current = locked(visit)
    if current.left_at:
        return current
    if current.arrived_at is None:
        raise Meanwhile
    current.left_at = max(now or timezone.now(), current.arrived_at)
    save(current, fields=["left_at"])
    record(verbs.LEFT, current, by=by)
    visit_left.send(sender=Visit, visit=current)
    return current


@transaction.atomic
def undo_leaving(visit: Visit, *, by: Person) -> Visit:
    """They are still here. Raises `Meanwhile` on a later day."""
    current = locked(visit)
    if current.left_at is None:
        return current
    if not current.is_today:
        raise Meanwhile
    current.left_at = None
    save(current, fields=["left_at"])
    record(verbs.NOT_LEFT, current, by=by)
    return current
