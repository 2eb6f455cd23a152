"""The companies of a list laid out side by side: by stage, sector or site, over the filters of the list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Count, F, OuterRef, QuerySet, Subquery, Window
from django.db.models.functions import RowNumber
from django.utils.translation import gettext as _

from fondouk.companies.enums import Stage
from fondouk.companies.models import Residency, Sector, SectorAssignment, StageAssignment
from fondouk.companies.queries import Row, rows

SHOWN = 12
"""Cards in a lane; the list shows the others."""
WAYS = ("stage", "sector", "site")


@dataclass
class Lane:
    """`value` is what the list's own filter calls it; "" for companies of which it is not known."""

    value: str
    label: str
    count: int = 0
    cards: list[Row] = field(default_factory=list)
    moves: str = ""
    """Buttons that lead to the other lanes: the same on each card, and drawn once for all of them."""

    @property
    def more(self) -> int:
        return self.count - len(self.cards)


def _groups(by: str, day: date) -> Subquery:
    """The group of a company on that day: of several sites the one it came to first."""
    company = {"company": OuterRef("pk")}
    found: QuerySet[Any]
    if by == "stage":
        found = StageAssignment.objects.on(day).filter(**company).values("stage")
    elif by == "sector":
        found = SectorAssignment.objects.on(day).filter(**company).values("sector__code")
    else:
        stays = Residency.objects.on(day).filter(**company)
        found = stays.order_by(F("period__startswith").asc(nulls_first=True), "pk").values("site__code")
    return Subquery(found[:1])


def lanes(companies: Any, by: str, sites: Sequence[Any], day: date) -> list[Lane]:
    """Every stage, sector or site in its order, also one without anybody; then those of which it is not known."""
    place = Window(RowNumber(), partition_by=F("lane"), order_by=(F("name_folded").asc(), F("pk").asc()))
    all_of_lane = Window(Count("pk"), partition_by=F("lane"))
    grouped = companies.annotate(lane=_groups(by, day)).annotate(place=place, all_of_lane=all_of_lane)
    first = grouped.filter(place__lte=SHOWN).order_by("lane", "place")
    lane_of = {company.pk: company.lane or "" for company in first}
    counts = {company.lane or "": company.all_of_lane for company in first}
    known: list[tuple[str, str]]
    if by == "stage":
        known = [(stage.value, str(stage.label)) for stage in Stage]
    elif by == "sector":
        sectors = list(Sector.objects.all())
        # A sector that is part of another shows only where it has companies.
        known = [(one.code, one.label) for one in sectors if one.parent_id is None or counts.get(one.code)]
    else:
        known = [(site.code, str(site)) for site in sites]
    found = {value: Lane(value, label, counts.get(value, 0)) for value, label in known}
    if counts.get(""):
        found[""] = Lane("", _("Not known") if by != "site" else _("On no site today"), counts[""])
    for row in rows(first, day):
        lane = found.get(lane_of[row.company.pk])
        if lane is not None:
            lane.cards.append(row)
    return list(found.values())
