"""How well promises are kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Avg, Count, F, Q

from fondouk.requests.enums import DONE


@dataclass(frozen=True)
class Levels:
    """Of the requests of some time: how many were `made`; of those `answered` and `resolved`, how many in time; the mean
    satisfaction of those `rated`, from 1 to 5.
    """

    made: int
    answered: int
    answered_in_time: int
    resolved: int
    resolved_in_time: int
    rated: int
    satisfaction: float | None


def levels(rows: Any, since: datetime) -> Levels:
    """One query."""
    found = rows.filter(made_at__gte=since).aggregate(
        made=Count("pk"),
        answered=Count("pk", filter=Q(answered_at__isnull=False)),
        answered_in_time=Count("pk", filter=Q(answered_at__lte=F("answer_due_at"))),
        resolved=Count("pk", filter=Q(state__in=DONE)),
        resolved_in_time=Count("pk", filter=Q(state__in=DONE, resolved_at__lte=F("resolve_due_at"))),
        rated=Count("rating"),
        satisfaction=Avg("rating"),
    )
    return Levels(**found)
