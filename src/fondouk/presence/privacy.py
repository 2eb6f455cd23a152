"""What presence keeps about a person: where they have said that they are today."""

from __future__ import annotations

from typing import Any

from fondouk.people.models import Person
from fondouk.people.privacy import Keeper
from fondouk.presence.models import Presence


def collect(person: Person) -> list[dict[str, Any]]:
    rows = Presence.objects.filter(person=person).select_related("site")
    return [{"site": one.site.code, "day": one.day.isoformat()} for one in rows]


def erase(person: Person) -> None:
    Presence.objects.filter(person=person).delete()


KEEPER = Keeper("presence", collect, erase)
