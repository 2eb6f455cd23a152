"""What happens by itself: nobody is here after midnight, and nobody is known for ever."""

from __future__ import annotations

from datetime import datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils import timezone

from fondouk.lib.zones import at_or_after
from fondouk.mail.actions import forget
from fondouk.mail.models import Message
from fondouk.reception.models import Letter, Visit


@transaction.atomic
def end_visits(*, now: datetime | None = None) -> int:
    """Whoever is still noted as being here from a day that is over has gone at its midnight. How many."""
    moment, count = now or timezone.now(), 0
    rows = Visit.objects.here().select_for_update(of=("self",), skip_locked=True).select_related("site")
    for visit in rows:
        arrived_at: Any = visit.arrived_at
        today = moment.astimezone(ZoneInfo(visit.site.zone)).date()
        midnight = at_or_after(datetime.combine(today, time()), visit.site.zone)
        if arrived_at < midnight:
            Visit.objects.filter(pk=visit.pk).update(left_at=midnight)
            count += 1
    return count


@transaction.atomic
def forget_visits(visits: Any) -> int:
    """These visits, and what was written about them to visitors and hosts. How many."""
    keys = list(visits.values_list("pk", flat=True))
    forget(Message.objects.filter(pk__in=Letter.objects.filter(visit__in=keys).values("message")))
    Visit.objects.filter(pk__in=keys).delete()
    return len(keys)
