"""A day at the reception of a site."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from fondouk.lib.text import fold
from fondouk.reception.enums import State
from fondouk.reception.models import Visit
from fondouk.sites.models import Site


@dataclass(frozen=True)
class Desk:
    expected: Sequence[Visit]
    here: Sequence[Visit]
    """Also those of other days who have not gone."""
    over: Sequence[Visit]
    """Gone, cancelled, or not come."""


def desk_of(site: Site, day: date, word: str = "") -> Desk:
    """`word` narrows it down by name, organisation or company, folded. One query."""
    rows = Visit.objects.filter(site=site).select_related("company", "host", "resource", "site")
    rows = rows.defer("company__vector", "resource__vector", "site__vector")
    of_day = rows.on(day) | rows.here()
    found: dict[str, list[Visit]] = {"expected": [], "here": [], "over": []}
    for visit in of_day.order_by("day", "clock", "name_folded", "pk"):
        if word and not _is_meant(visit, word):
            continue
        state = visit.state
        if state == State.HERE:
            found["here"].append(visit)
        elif state == State.EXPECTED:
            found["expected"].append(visit)
        else:
            found["over"].append(visit)
    return Desk(**found)


def _is_meant(visit: Visit, word: str) -> bool:
    said = (visit.organisation, visit.host.name, visit.company.label if visit.company else "")
    return word in visit.name_folded or any(word in fold(one) for one in said)
