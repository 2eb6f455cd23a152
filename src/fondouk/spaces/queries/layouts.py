"""What is there on a day, before or after a re-layout."""

from __future__ import annotations

from datetime import date

from django.db.models import Exists, OuterRef, QuerySet

from fondouk.sites.models import Floor
from fondouk.spaces.models import Layout, Part, Resource, ResourcePart


def parts_on(floor: Floor, day: date) -> QuerySet[Part]:
    """The parts of a floor that are there on that day, by code."""
    ended = Layout.ended.through.objects.filter(
        part=OuterRef("pk"), layout__taken_back_at=None, layout__starts_on__lte=day
    )
    to_come = ResourcePart.objects.filter(part=OuterRef("pk"), resource__in_use_from__gt=day)
    rows = Part.objects.filter(floor=floor).filter(~Exists(ended), ~Exists(to_come))
    return rows.order_by("code_folded", "pk")


def layout_ending(resource: Resource) -> Layout | None:
    """The re-layout that this space goes with."""
    return resource.ended_by.standing().order_by("starts_on").first()


def layout_beginning(resource: Resource) -> Layout | None:
    """The re-layout that this space comes with."""
    return resource.begun_by.standing().first()
