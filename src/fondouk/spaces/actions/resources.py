"""Resources and the parts they are made of."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils import timezone
from django.utils.translation import gettext as _

from fondouk.audit.actions import record
from fondouk.lib.saving import save
from fondouk.people.models import Person
from fondouk.spaces import verbs
from fondouk.spaces.models import Part, Resource, ResourcePart, ResourceRate
from fondouk.spaces.places import own_places, places_of


class Relaid(Exception):
    """The space went with a re-layout: it is there no more."""

    def __str__(self) -> str:
        return _("This space went with a re-layout: it is there no more.")


MANY = 10_000
"""No zone has as many places."""
BESIDE = {
    "resource_code_once": "code",
    "resource_has_a_code": "code",
    "part_code_once": "code",
    "part_area_positive": "area",
}
"""The field of which each constraint speaks."""


@transaction.atomic
def create_resource(
    resource: Resource,
    *,
    area: Decimal | None = None,
    joins: Sequence[Resource] = (),
    places: int | None = None,
    by: Person | None,
) -> Resource:
    """A space with a part of its own, of `area` m²; or, with `joins`, one made of the parts of other spaces.

    With `places` it is a pool of so many parts, "Zone 01", "Zone 02" …, which share the area.
    """
    resource.is_pool = resource.is_pool or places is not None
    save(resource, beside=BESIDE)
    if places is not None:
        _divide(resource, area, places)
    elif joins:
        parts = {part.pk: part for room in joins for part in room.parts.all()}
        ResourcePart.objects.bulk_create(
            ResourcePart(resource=resource, part=part) for part in parts.values()
        )
    else:
        part = Part(site=resource.site, floor=resource.floor, code=resource.code, area=area)
        save(part, beside=BESIDE)
        ResourcePart.objects.create(resource=resource, part=part)
    record(verbs.SPACE_CREATED, resource, by=by, code=resource.code)
    return resource


def _divide(resource: Resource, area: Decimal | None, places: int) -> None:
    for part in places_of(resource, resource.floor, places, area):
        _add_place(resource, part)


def _add_place(resource: Resource, part: Part) -> None:
    save(part, beside=BESIDE)
    ResourcePart.objects.create(resource=resource, part=part)


@transaction.atomic
def add_places(resource: Resource, *, places: int, by: Person | None) -> None:
    """So many places in all, further ones without an area. None is taken away: `ValidationError` beside "places"."""
    Resource.objects.select_for_update().get(pk=resource.pk)
    taken = set(Part.objects.filter(site=resource.site).values_list("code", flat=True))
    missing = places - resource.parts.count()
    if missing < 0:
        raise ValidationError({"places": _("A zone keeps its places: close one that is not used.")})
    number = 0
    for _one in range(missing):
        number = next(n for n in range(number + 1, MANY) if f"{resource.code} {n:02d}" not in taken)
        code = f"{resource.code} {number:02d}"
        _add_place(resource, Part(site=resource.site, floor=resource.floor, code=code))
    if missing:
        record(verbs.SPACE_CHANGED, resource, by=by, fields=["parts"])


@transaction.atomic
def change_resource(
    resource: Resource, *, fields: list[str], area: Decimal | None = None, by: Person | None
) -> Resource:
    """Save the `fields` already set on `resource`. `area` is that of its own part: a combined room has none.

    A part that bears the name of its space follows it, so that the name is free for another.
    """
    before = Resource.objects.select_for_update().get(pk=resource.pk)
    save(resource, beside=BESIDE, fields=fields)
    parts = list(Part.objects.filter(resource_parts__resource=resource).order_by("pk"))
    is_own = len(parts) == 1
    places = {part.pk for part in own_places(before)}
    for part in parts:
        if is_own or part.pk in places:
            follows = part.code == before.code or part.pk in places
            part.floor = resource.floor
            part.code = resource.code + part.code[len(before.code) :] if follows else part.code
            if area is not None and is_own:
                part.area = area
            save(part, beside=BESIDE, fields=["floor", "area", "code"])
    changed = [name for name in fields if getattr(before, name) != getattr(resource, name)]
    record(verbs.SPACE_CHANGED, resource, by=by, fields=changed)
    return resource


@transaction.atomic
def withdraw_resource(resource: Resource, *, on: date, by: Person | None) -> Resource:
    """Out of use from that day: it is no longer offered, and its past stays. Nothing for one that is out by then."""
    locked = Resource.objects.select_for_update().get(pk=resource.pk)
    if not locked.is_gone_on(on):
        locked.withdrawn_on = max(on, locked.in_use_from) if locked.in_use_from else on
        locked.save(update_fields=["withdrawn_on"])
        record(verbs.SPACE_WITHDRAWN, locked, by=by, on=on.isoformat())
    return locked


@transaction.atomic
def restore_resource(resource: Resource, *, by: Person | None) -> Resource:
    """In use again, until a re-layout that it goes with. Nothing for one that is. Raises `Relaid`, also for one that was to
    come with a re-layout that was taken back.
    """
    locked = Resource.objects.select_for_update().get(pk=resource.pk)
    if locked.begun_by.exists() and not locked.begun_by.standing().exists():
        raise Relaid
    ends = locked.ended_by.standing().order_by("starts_on").values_list("starts_on", flat=True).first()
    if ends is not None and ends <= timezone.localdate():
        raise Relaid
    if locked.withdrawn_on != ends:
        locked.withdrawn_on = ends
        locked.save(update_fields=["withdrawn_on"])
        record(verbs.SPACE_RESTORED, locked, by=by)
    return locked


@transaction.atomic
def set_rate(
    resource: Resource, *, unit: int, amount: Decimal, since: date | None = None, by: Person | None
) -> ResourceRate:
    """The rate from `since` (today; for the first one, ever) until the next one known begins.

    The one before ends on the day before. One that began that very day is taken as a mistake and replaced.
    """
    Resource.objects.select_for_update().get(pk=resource.pk)
    others = resource.rates.filter(unit=unit)
    start = since or (timezone.localdate() if others.exists() else None)
    if start is not None:
        others.filter(period__startswith=start).delete()
        for rate in others.filter(period__contains=start):
            rate.period = DateRange(rate.period.lower, start)
            rate.save(update_fields=["period"])
    following = others.filter(period__startswith__gt=start) if start else others
    until = min((rate.period.lower for rate in following), default=None)
    new = ResourceRate.objects.create(
        resource=resource, unit=unit, amount=amount, period=DateRange(start, until)
    )
    record(verbs.RATE_CHANGED, resource, by=by, amount=str(amount), unit=unit)
    return new
