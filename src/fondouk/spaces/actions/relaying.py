"""Re-layouts: which spaces go and which come on a day, or why not."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Min, ProtectedError, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from fondouk.audit.actions import record
from fondouk.lib.saving import retried, save
from fondouk.lib.text import fold
from fondouk.lib.zones import local_range
from fondouk.people.models import Person
from fondouk.spaces import verbs
from fondouk.spaces.claims import Wanted
from fondouk.spaces.models import Layout, Part, Resource, ResourcePart

from .claiming import Taken, claim, conflicts, lock_parts, release
from .resources import create_resource

KIND = Layout.CLAIMS


class Begun(Exception):
    """The spaces are there already: nothing is taken back any more."""

    def __str__(self) -> str:
        return _("This re-layout has begun: it cannot be taken back.")


@dataclass(frozen=True)
class NewSpace:
    """`area` m² of a part of its own; or `joins`, the codes of other new spaces that it is made of."""

    code: str
    kind: str
    area: Decimal | None = None
    capacity: int | None = None
    joins: Sequence[str] = ()


@retried
def relay(
    layout: Layout,
    *,
    goes: Sequence[Resource],
    comes: Sequence[NewSpace],
    by: Person,
    today: date | None = None,
) -> Layout:
    """From its day on the spaces of `goes`, and whatever shares a part with them, are there no more, and those of `comes`
    are, on the same floor. All of it, or `Taken` with every claim that stands on a part that goes, and nothing is written.

    Raises `ValidationError` by field; of the third new space as "comes.2.code".
    """
    _refuse(layout, goes, comes, today or timezone.localdate())
    with transaction.atomic():
        parts = Part.objects.filter(resource_parts__resource__in=goes).distinct()
        lock_parts(part.pk for part in parts)
        old = _made_of(parts, layout.starts_on)
        if any(one.pk not in {each.pk for each in old} for one in goes):
            raise ValidationError({"goes": _("One of these spaces is out of use by then.")})
        layout.made_by = by
        save(layout, beside={"layout_has_a_reason": "reason"})
        layout.ended.set(parts)
        layout.old.set(old)
        layout.new.set(_create(layout, goes[0], comes, by))
        for one in old:
            one.withdrawn_on = min(filter(None, (one.withdrawn_on, layout.starts_on)))
        Resource.objects.bulk_update(old, ["withdrawn_on"])
        claim(KIND, wanted_by_layouts([layout.pk]))
        record(
            verbs.RELAID,
            layout,
            *old,
            *layout.new.all(),
            by=by,
            reason=layout.reason,
            on=layout.starts_on.isoformat(),
        )
    return layout


def _made_of(parts: Any, day: date) -> list[Resource]:
    """Spaces that these parts belong to and that are there on that day, or go with another re-layout before. A zone whose
    places are given one by one stays with those that are left.
    """
    rows = Resource.objects.filter(pk__in=ResourcePart.objects.filter(part__in=parts).values("resource"))
    found = list(rows.order_by("pk").select_for_update())
    others = Layout.objects.standing().filter(starts_on__lte=day)
    going = {part.pk for part in parts} | set(others.values_list("ended", flat=True))
    return [
        one
        for one in found
        if (not one.is_gone_on(day) or one.ended_by.standing().exists())
        and (not one.is_pool or set(one.parts.values_list("pk", flat=True)) <= going)
    ]


def _refuse(layout: Layout, goes: Sequence[Resource], comes: Sequence[NewSpace], today: date) -> None:
    problems: dict[str, str] = {}
    if layout.starts_on < today:
        problems["starts_on"] = _("This day is past.")
    if not goes:
        problems["goes"] = _("Choose a space at least.")
    elif any(one.site_id != layout.site_id or one.floor_id != goes[0].floor_id for one in goes):
        problems["goes"] = _("These spaces are not all on the same floor.")
    elif any(one.is_out_on(layout.starts_on) for one in goes):
        problems["goes"] = _("One of these spaces is out of use by then.")
    if not comes:
        problems["comes"] = _("Name a new space at least.")
    own = {fold(one.code) for one in comes if not one.joins}
    for place, one in enumerate(comes):
        if one.joins and len(set(map(fold, one.joins))) < 2:
            problems[f"comes.{place}.joins"] = _("A room that joins others joins two at least.")
        elif unknown := [code for code in one.joins if fold(code) not in own]:
            said = _("%(code)s is none of the new spaces that have an area of their own.")
            problems[f"comes.{place}.joins"] = said % {"code": unknown[0]}
        elif one.joins and one.area is not None:
            problems[f"comes.{place}.area"] = _("Its square metres are those of the spaces that it joins.")
        elif one.area is not None and one.area <= 0:
            problems[f"comes.{place}.area"] = _("An area is greater than zero.")
    if problems:
        raise ValidationError(problems)


def _create(layout: Layout, beside: Resource, comes: Sequence[NewSpace], by: Person) -> list[Resource]:
    """Those with an area of their own first, in the order in which they are named."""
    made: dict[str, Resource] = {}
    for place, one in sorted(enumerate(comes), key=lambda pair: bool(pair[1].joins)):
        resource = Resource(
            site=layout.site,
            floor=beside.floor,
            code=one.code,
            kind=one.kind,
            capacity=one.capacity,
            in_use_from=layout.starts_on,
        )
        try:
            create_resource(resource, area=one.area, joins=[made[fold(code)] for code in one.joins], by=by)
        except ValidationError as error:
            said = error.update_error_dict({})
            raise ValidationError({f"comes.{place}.{name}": some for name, some in said.items()}) from error
        made[fold(one.code)] = resource
    return list(made.values())


@retried
def take_back(layout: Layout, *, by: Person) -> Layout:
    """The old layout stays, as long as the new one has not begun and nobody has taken a space of it: `Begun`, `Taken`.

    The new spaces go, but for those that are named somewhere already: these are out of use.
    """
    with transaction.atomic():
        locked = Layout.objects.select_for_update().select_related("site").get(pk=layout.pk)
        if locked.taken_back_at is not None:
            return locked
        if locked.has_begun:
            raise Begun
        new = list(locked.new.order_by("pk").prefetch_related("parts"))
        parts = {part.pk for one in new for part in one.parts.all()}
        lock_parts(parts)
        if standing := conflicts([Wanted(0, part, None, None) for part in sorted(parts)], but=[KIND]):
            raise Taken(standing)
        locked.taken_back_at = timezone.now()
        locked.save(update_fields=["taken_back_at"])
        release(KIND, [locked.pk])
        for one in locked.old.filter(withdrawn_on=locked.starts_on).order_by("pk").select_for_update():
            one.withdrawn_on = one.ended_by.standing().aggregate(first=Min("starts_on"))["first"]
            one.save(update_fields=["withdrawn_on"])
        out = {"in_use_from": None, "withdrawn_on": timezone.localdate()}
        Resource.objects.filter(pk__in=[one.pk for one in new]).update(**out)
        for one in sorted(new, key=lambda one: -len(one.parts.all())):
            _forget(one)
        record(verbs.RELAYING_TAKEN_BACK, locked, *locked.old.all(), by=by, reason=locked.reason)
    return locked


def _forget(resource: Resource) -> None:
    parts = list(resource.parts.all())
    try:
        with transaction.atomic():
            resource.delete()
            if len(parts) == 1:
                parts[0].delete()
    except ProtectedError:
        pass  # something names it: it stays, out of use


def wanted_by_layouts(keys: Collection[int]) -> list[Wanted]:
    """What these re-layouts claim: the old parts for ever, the new ones until they are there."""
    found: list[Wanted] = []
    for layout in Layout.objects.standing().filter(pk__in=keys).select_related("site").order_by("pk"):
        begins = local_range(layout.starts_on, layout.site.zone)[0]
        ended = set(layout.ended.values_list("pk", flat=True))
        for part, resource in _one_each(Q(part__in=ended), layout.old.values("pk")).items():
            found.append(Wanted(layout.pk, part, begins, None, resource=resource, label=layout.reason))
        for part, resource in _one_each(Q(), layout.new.values("pk")).items():
            found.append(Wanted(layout.pk, part, None, begins, resource=resource, label=layout.reason))
    return found


def _one_each(which: Q, resources: Any) -> Mapping[int, int]:
    """By part, the first of these spaces that it belongs to."""
    rows = ResourcePart.objects.filter(which, resource__in=resources).order_by("part", "resource")
    parts: dict[int, int] = {}
    for part, resource in rows.values_list("part", "resource"):
        parts.setdefault(part, resource)
    return parts
