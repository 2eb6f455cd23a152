"""Once a time is over, the credits that were set aside for it are used."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from fondouk.bookings.models import Occurrence
from fondouk.credits.actions import consume

BATCH = 500


def settle_credits(*, now: datetime | None = None) -> int:
    """Use up what is set aside for times that are over, also what stayed due of those cancelled. How many times."""
    moment, settled = now or timezone.now(), 0
    while True:
        with transaction.atomic():
            rows = Occurrence.objects.filter(
                hold__isnull=False, settled_at=None, during__endswith__lte=moment
            )
            some = list(rows.order_by("pk").select_for_update(skip_locked=True)[:BATCH])
            if not some:
                return settled
            consume([one.hold_id for one in some if one.hold_id])
            Occurrence.objects.filter(pk__in=[one.pk for one in some]).update(settled_at=moment)
            settled += len(some)
