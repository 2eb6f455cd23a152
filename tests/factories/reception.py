"""Visitors, as the actions announce them."""

from __future__ import annotations

from datetime import time, timedelta
from typing import Any

from fondouk.people.models import Person
from fondouk.presence.queries import today_at
from fondouk.reception.actions import Guest, announce
from fondouk.reception.models import Visit

from .people import PersonFactory
from .sites import SiteFactory

IDRIS = Guest("Idris Tazi", "idris@visitor.example", "Atlas Conseil")


def expected(
    host: Person | None = None,
    *,
    guest: Guest = IDRIS,
    in_days: int = 1,
    **values: Any,
) -> Visit:
    """One visitor, tomorrow at 10 unless told otherwise."""
    said = {"site": values.pop("site", None) or SiteFactory(), "clock": time(10), **values}
    said.setdefault("day", today_at(said["site"]) + timedelta(days=in_days))
    host = host or PersonFactory()
    return announce([guest], host=host, by=host, **said)[0]
