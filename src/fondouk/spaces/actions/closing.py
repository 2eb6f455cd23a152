"""Closing spaces for a while: works, a cleaning; and opening them again."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from fondouk.audit.actions import record
from fondouk.lib.saving import save
from fondouk.lib.zones import at_or_after
from fondouk.people.models import Person
from fondouk.spaces import verbs
from fondouk.spaces.claims import Wanted
from fondouk.spaces.models import Closure, Resource, ResourcePart

from .claiming import claim, release

KIND = Closure.CLAIMS
BESIDE = {"closure_ends_after_start": "ends"}


def close_spaces(closure: Closure, *, resources: Sequence[Resource], by: Person | None) -> Closure:
    """All of them from its start to its end, or `Taken` with what stands in the way, and nothing is written.

    Raises `ValidationError` by field.
    """
    if not resources:
        raise ValidationError({"resources": _("Choose a space at least.")})
    if any(one.site_id != closure.site_id for one in resources):
        raise ValidationError({"resources": _("These spaces are not all on the same site.")})
    if at_or_after(closure.ends, closure.site.zone) <= timezone.now():
        raise ValidationError({"ends": _("This time is past.")})
    with transaction.atomic():
        closure.made_by = by
        save(closure, beside=BESIDE)
        closure.resources.set(resources)
        claim(KIND, wanted_by([closure.pk]))
        record(verbs.SPACES_CLOSED, closure, by=by, reason=closure.reason, spaces=len(resources))
    return closure


@transaction.atomic
def lift_closure(closure: Closure, *, by: Person | None) -> Closure:
    """Its spaces are free again, also what was still to come of it. Nothing for one that is lifted."""
    locked = Closure.objects.select_for_update().get(pk=closure.pk)
    if locked.lifted_at is None:
        locked.lifted_at = timezone.now()
        locked.save(update_fields=["lifted_at"])
        release(KIND, [locked.pk])
        record(verbs.CLOSURE_LIFTED, locked, by=by, reason=locked.reason)
    return locked


def reinstate_closure(closure: Closure, *, by: Person | None) -> Closure:
    """What was lifted stands again, or `Taken` when somebody holds a space of it meanwhile."""
    with transaction.atomic():
        locked = Closure.objects.select_for_update().get(pk=closure.pk)
        if locked.lifted_at is not None:
            locked.lifted_at = None
            locked.save(update_fields=["lifted_at"])
            claim(KIND, wanted_by([locked.pk]))
            record(verbs.CLOSURE_REINSTATED, locked, by=by, reason=locked.reason)
        return locked


def wanted_by(keys: Collection[int]) -> list[Wanted]:
    """What these closures claim: each part once, whatever rooms of theirs it belongs to."""
    found: list[Wanted] = []
    for closure in Closure.objects.standing().filter(pk__in=keys).select_related("site").order_by("pk"):
        zone = closure.site.zone
        start, end = at_or_after(closure.starts, zone), at_or_after(closure.ends, zone)
        parts: dict[int, int] = {}
        rows = ResourcePart.objects.filter(resource__in=closure.resources.all()).order_by("part", "resource")
        for part, resource in rows.values_list("part", "resource"):
            parts.setdefault(part, resource)
        found += [
            Wanted(closure.pk, part, start, end, resource=resource, label=closure.reason)
            for part, resource in parts.items()
        ]
    return found
