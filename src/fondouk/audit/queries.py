"""Reading the audit: entries as sentences in the reader's language."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import QuerySet

from fondouk.audit.models import Entry
from fondouk.audit.verbs import VERBS, Verb
from fondouk.people.models import Person


@dataclass(frozen=True)
class Line:
    """An entry ready to be read."""

    at: datetime
    sentence: str
    actor: str
    icon: str
    verb: str
    facts: dict[str, Any]


def timeline(*records: models.Model, limit: int = 50) -> list[Line]:
    """The latest `limit` entries about any of `records`, newest first."""
    return lines(Entry.objects.about(*records)[:limit])


def recent(limit: int = 10) -> list[Line]:
    return lines(Entry.objects.all()[:limit])


def lines(entries: QuerySet[Entry] | Iterable[Entry]) -> list[Line]:
    """Sentences for entries, with two queries whatever their number."""
    found = list(entries.select_related("actor") if isinstance(entries, QuerySet) else entries)
    wanted = {fact["person"] for entry in found for fact in entry.facts.values() if _is_person(fact)}
    names = dict(Person.objects.filter(pk__in=wanted).values_list("pk", "name")) if wanted else {}
    return [_line(entry, names) for entry in found]


def _line(entry: Entry, names: dict[int, str]) -> Line:
    verb = VERBS.get(entry.verb, Verb(entry.verb, entry.verb))
    facts = {
        key: names.get(fact["person"], "—") if _is_person(fact) else fact for key, fact in entry.facts.items()
    }
    try:
        sentence = str(verb.sentence) % facts
    except (KeyError, TypeError, ValueError):
        sentence = str(verb.sentence)
    return Line(entry.at, sentence, entry.actor.name if entry.actor else "", verb.icon, entry.verb, facts)


def _is_person(fact: Any) -> bool:
    return isinstance(fact, dict) and set(fact) == {"person"}
