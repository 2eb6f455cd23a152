"""Taking somebody's name out of what the journal quotes."""

from __future__ import annotations

import pgtrigger
from django.db.models import Q, TextField
from django.db.models.functions import Cast

from fondouk.audit.models import Entry
from fondouk.people.models import Person
from fondouk.people.privacy import without, words_of


def blot_out(person: Person) -> None:
    """Entries name people by a number, which leads to a dash afterwards. What they quote (a note, the name of a token)
    may name them in letters: that becomes a dash here.
    """
    words = words_of(person)
    said = Q()
    for word in words:
        said |= Q(told__icontains=word)
    if not said:
        return
    with pgtrigger.ignore("audit.Entry:append_only"):
        for entry in Entry.objects.annotate(told=Cast("facts", TextField())).filter(said):
            Entry.objects.filter(pk=entry.pk).update(facts=without(entry.facts, words))
