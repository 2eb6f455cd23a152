"""What imports keep about a person besides the record itself: the values that an undo would compare and restore, the
uploaded books, and what reports quote of them.
"""

from __future__ import annotations

from typing import Any

from django.db.models import Q

from fondouk.imports.actions.forgetting import forget_words
from fondouk.imports.models import ImportedChange
from fondouk.people.models import Person
from fondouk.people.privacy import ERASED, Keeper, words_of

BLANKS = {"name": ERASED, "name_ar": "", "phone": "", "address": ERASED}


def _changes(person: Person) -> Any:
    own = Q(model="people.person", record=person.pk)
    addresses = Q(model="people.personemail") & (
        Q(after__person_id=person.pk) | Q(before__person_id=person.pk)
    )
    return ImportedChange.objects.filter(own | addresses)


def collect(person: Person) -> list[dict[str, Any]]:
    return [
        {"book": change.run.name, "written": change.after}
        for change in _changes(person).select_related("run")
    ]


def erase(person: Person) -> None:
    """An import with an erased person in it can no longer be undone, and the book it came from is gone."""
    changes = list(_changes(person))
    for change in changes:
        for values in (change.before, change.after):
            if values is not None:
                values.update({name: blank for name, blank in BLANKS.items() if name in values})
        change.save(update_fields=["before", "after"])
    forget_words(words_of(person), {change.run_id for change in changes})


KEEPER = Keeper("imports", collect, erase)
