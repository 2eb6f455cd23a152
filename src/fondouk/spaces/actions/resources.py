"""Resources and the parts they are made of."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils import timezone

from fondouk.audit.actions import record
from fondouk.people.models import Person
from fondouk.spaces import verbs
from fondouk.spaces.models import Part, Resource, ResourcePart, ResourceRate


@transaction.atomic
def create_resource(
    resource: Resource,
    *,
    area: Decimal | None = None,
    joins: Sequence[Resource] = (),
    by: Person | None,
) -> Resource:
    """A space with a part of its own, of `area` m²; or, with `joins`, one made of the parts of other spaces."""
    resource.full_clean()
    resource.save()
    if joins:
        parts = {part.pk: part for room in joins for part in room.parts.all()}
        ResourcePart.objects.bulk_create(
            ResourcePart(resource=resource, part=part) for part in parts.values()
        )
    else:
        part = Part.objects.create(site=resource.site, floor=resource.floor, code=resource.code, area=area)
        ResourcePart.objects.create(resource=resource, part=part)
    record(verbs.SPACE_CREATED, resource, by=by, code=resource.code)
    return resource


@transaction.atomic
def change_resource(
    resource: Resource, *, fields: list[str], area: Decimal | None = None, by: Person | None
) -> Resource:
    """Save the `fields` already set on `resource`. `area` is that of its own part: a combined room has none."""
    resource.full_clean()
    resource.save(update_fields=fields)
    parts = list(resource.parts.all())
    if len(parts) == 1 and resource.resource_parts.count() == 1:
        part = parts[0]
        part.floor = resource.floor
        if area is not None:
            part.area = area
        part.save(update_fields=["floor", "area"])
    record(verbs.SPACE_CHANGED, resource, by=by, fields=fields)
    return resource


@transaction.atomic
def withdraw_resource(resource: Resource, *, on: date, by: Person | None) -> Resource:
    """Out of use from that day: it is no longer offered, and its past stays."""
    resource.withdrawn_on = on
    resource.save(update_fields=["withdrawn_on"])
    record(verbs.SPACE_WITHDRAWN, resource, by=by, on=on.isoformat())
    return resource


@transaction.atomic
def restore_resource(resource: Resource, *, by: Person | None) -> Resource:
    resource.withdrawn_on = None
    resource.save(update_fields=["withdrawn_on"])
    record(verbs.SPACE_RESTORED, resource, by=by)
    return resource


@transaction.atomic
def set_rate(
    resource: Resource, *, unit: int, amount: Decimal, since: date | None = None, by: Person | None
) -> ResourceRate:
    """The rate from `since` (today) on. The one before ends on the day before."""
    start = since or timezone.localdate()
    Resource.objects.select_for_update().get(pk=resource.pk)
    is_first = not resource.rates.filter(unit=unit).exists()
    for rate in resource.rates.filter(unit=unit, period__endswith__isnull=True):
        if rate.period.lower is not None and rate.period.lower >= start:
            rate.delete()
        else:
            rate.period = DateRange(rate.period.lower, start)
            rate.save(update_fields=["period"])
    new = ResourceRate.objects.create(
        resource=resource, unit=unit, amount=amount, period=DateRange(None if is_first else start, None)
    )
    record(verbs.RATE_CHANGED, resource, by=by, amount=str(amount), unit=unit)
    return new
