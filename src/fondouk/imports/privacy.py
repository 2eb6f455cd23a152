"""What imports keep about a person besides the record itself: the values that an undo would compare and restore."""

from __future__ import annotations

from typing import Any

from django.db.models import Q

from fondouk.imports.models import ImportedChange
from fondouk.people.models import Person
from fondouk.people.privacy import Keeper

ERASED = {"name": "—", "name_ar": "", "phone": ""}


def _changes(person: Person) -> Any:
    return ImportedChange.objects.filter(Q(model="people.person", record=person.pk))


def collect(person: Person) -> list[dict[str, Any]]:
    return [
        {"book": change.run.name, "written": change.after}
        for change in _changes(person).select_related("run")
    ]


def erase(person: Person) -> None:
    """Name and phone go from the kept values too. An import with an erased person in it can no longer be undone."""
    for change in _changes(person):
        for values in (change.before, change.after):
            if values is not None:
                values.update({name: blank for name, blank in ERASED.items() if name in values})
        change.save(update_fields=["before", "after"])


KEEPER = Keeper("imports", collect, erase)
