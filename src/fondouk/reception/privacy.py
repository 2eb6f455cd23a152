"""What is kept about visitors and their hosts, how long, and how it is forgotten."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from fondouk.people.models import Person
from fondouk.people.privacy import Keeper, blotted, words_of
from fondouk.people.retention import Rule
from fondouk.reception.actions import forget_visits
from fondouk.reception.models import Visit


def _of(person: Person) -> Any:
    """Visits made with one of their addresses."""
    said = Q(pk=None)
    for word in words_of(person):
        if "@" in word:
            said |= Q(email__iexact=word)
    return Visit.objects.filter(said)


def collect(person: Person) -> dict[str, Any]:
    rows = Visit.objects.filter(host=person).select_related("site").order_by("made_at")
    return {
        "visitors_expected": [_told(one) for one in rows],
        "visits": [_told(one) for one in _of(person).select_related("site")],
    }


def _told(visit: Visit) -> dict[str, Any]:
    return {
        "site": visit.site.code,
        "at": visit.starts.isoformat(),
        "name": visit.name,
        "organisation": visit.organisation,
        "email": visit.email,
        "note": visit.note,
        "arrived_at": visit.arrived_at and visit.arrived_at.isoformat(),
        "left_at": visit.left_at and visit.left_at.isoformat(),
    }


def erase(person: Person) -> None:
    """Visits of their own go; that they expected others stays until those are forgotten, without their words."""
    forget_visits(_of(person))
    words = words_of(person)
    told = Q(host=person)
    for word in words:
        told |= Q(note__icontains=word) | Q(name__icontains=word)
    for visit in Visit.objects.filter(told):
        note = "" if visit.host_id == person.pk else blotted(visit.note, words)
        Visit.objects.filter(pk=visit.pk).update(note=note, name=blotted(visit.name, words) or "—")


def _over(before: datetime) -> Any:
    """Their day is over, and two more, so that no clock on earth is still in it."""
    return Visit.objects.filter(day__lt=before.date())


KEEPER = Keeper("reception", collect, erase)
RULE = Rule(
    "reception.visits",
    _("Visitors, and what was written to them"),
    _("after the day of their visit"),
    1,
    lambda before: _over(before).count(),
    lambda before: forget_visits(_over(before)),
)
