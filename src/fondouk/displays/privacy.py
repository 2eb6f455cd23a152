"""What displays keep about a person: which they have hung up."""

from __future__ import annotations

from typing import Any

from fondouk.displays.models import Display
from fondouk.people.models import Person
from fondouk.people.privacy import Keeper


def collect(person: Person) -> list[dict[str, Any]]:
    rows = Display.objects.filter(keeper=person).select_related("resource").order_by("made_at")
    return [{"space": one.resource.code, "at": one.made_at.isoformat()} for one in rows]


KEEPER = Keeper("displays", collect)
