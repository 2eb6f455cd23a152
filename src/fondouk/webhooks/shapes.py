"""What messages say: keys, times and states; nobody's name, and no word that was meant for somebody else.

Whoever needs more asks the API, which knows what they may see.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from fondouk.bookings.models import Booking, Occurrence
from fondouk.reception.models import Visit
from fondouk.requests.models import Request


def booking(one: Booking, times: Sequence[Occurrence]) -> dict[str, Any]:
    """The booking, and those of its times that this is about; readings of the clock at the site."""
    return {
        "id": one.pk,
        "uid": str(one.uid),
        "resource": one.resource_id,
        "site": one.resource.site.code,
        "company": one.company_id,
        "zone": one.zone,
        "rrule": one.rule,
        "occurrences": [
            {
                "id": _local(time.recurs_at),
                "resource": time.resource_id,
                "start": _local(time.starts),
                "end": _local(time.ends),
                "status": str(time.status),
            }
            for time in times
        ],
    }


def visit(one: Visit) -> dict[str, Any]:
    return {
        "id": one.pk,
        "site": one.site.code,
        "company": one.company_id,
        "resource": one.resource_id,
        "expected_at": _local(one.starts),
        "state": str(one.state),
    }


def request(one: Request) -> dict[str, Any]:
    return {
        "number": one.pk,
        "site": one.site.code,
        "category": one.category.name_fr,
        "company": one.company_id,
        "resource": one.resource_id,
        "stops_work": one.is_blocking,
        "state": str(one.state),
        "resolve_due_at": one.resolve_due_at.isoformat(),
    }


def _local(moment: Any) -> str:
    return f"{moment:%Y-%m-%dT%H:%M}"
