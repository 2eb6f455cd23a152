"""Reading the audit: entries as sentences in the reader's language."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any, Final

from django.apps import apps
from django.db import models
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import get_language, get_language_bidi, gettext

from fondouk.audit.links import address_of, names_of
from fondouk.audit.models import Entry
from fondouk.audit.verbs import FIELDS, VERBS, Verb
from fondouk.lib import formats
from fondouk.lib.text import isolated
from fondouk.lib.zones import local_range
from fondouk.people.models import Person
from fondouk.people.retention import RULES

PLACE: Final = re.compile(r"%\(\w+\)s")


@dataclass(frozen=True)
class Line:
    """An entry ready to be read."""

    at: datetime
    sentence: str
    actor: str
    icon: str
    verb: str
    facts: dict[str, Any]
    count: int = 1
    """How many entries of the same kind in a row this line stands for."""
    subjects: tuple[str, ...] = ()


AT_ONCE: Final = timedelta(minutes=1)


def timeline(*records: models.Model, limit: int = 50) -> list[Line]:
    """The latest `limit` lines about any of `records`, newest first; what one save changed is one line."""
    found = list(Entry.objects.about(*records).select_related("actor")[: 3 * limit])
    return lines(_saved_at_once(found)[:limit])


def _saved_at_once(entries: Iterable[Entry]) -> list[Entry]:
    """Neighbours that say the same of the same record by the same person within a minute, but of other fields, as one:
    a form that saves a name, a sector and a stage is three acts and one thing that happened.
    """
    told: list[Entry] = []
    for entry in entries:
        last = told[-1] if told else None
        if last is not None and _is_of_one_save(last, entry):
            fields = [
                *entry.facts["fields"],
                *(name for name in last.facts["fields"] if name not in entry.facts["fields"]),
            ]
            told[-1] = Entry(
                pk=last.pk, at=last.at, verb=last.verb, actor=last.actor, subjects=last.subjects,
                facts={**last.facts, "fields": fields},
            )  # fmt: skip
        else:
            told.append(entry)
    return told


def _is_of_one_save(one: Entry, other: Entry) -> bool:
    return (
        (one.verb, one.actor_id, one.subjects) == (other.verb, other.actor_id, other.subjects)
        and isinstance(one.facts.get("fields"), list)
        and isinstance(other.facts.get("fields"), list)
        and abs(one.at - other.at) <= AT_ONCE
    )


def with_records(told: Iterable[Line], only: str = "") -> list[tuple[Line, list[dict[str, str]]]]:
    """Each line with what it is about: the names of the records and their pages. A query for each kind of record.

    `only` is the one kind ("companies.company") to name.
    """
    found = list(told)
    about = [[one for one in line.subjects if one.startswith(only)] for line in found]
    names = names_of({subject for subjects in about for subject in subjects})
    return [
        (line, [{"label": names[subject], "url": address_of(subject)} for subject in subjects])
        for line, subjects in zip(found, about, strict=True)
    ]


def recent(limit: int = 10, *, among: int = 400) -> list[Line]:
    """What happened last, the same sentence by the same person told once: an import writes hundreds."""
    told: list[Line] = []
    for line in _latest(among, at_first=4 * limit):
        last = told[-1] if told else None
        if last and (last.sentence, last.actor) == (line.sentence, line.actor):
            told[-1] = replace(last, count=last.count + 1)
        elif len(told) == limit:
            break
        else:
            told.append(line)
    return told


def _latest(among: int, *, at_first: int) -> Iterator[Line]:
    """The latest entries, one by one: a few are read first, the others only where those do not do."""
    known: set[int] = set()
    for start, end in ((0, at_first), (at_first, among)):
        # One written meanwhile moves the others by a place: those already told are left out.
        entries = [
            entry for entry in Entry.objects.select_related("actor")[start:end] if entry.pk not in known
        ]
        known.update(entry.pk for entry in entries)
        yield from lines(entries)
        if len(known) < at_first:
            return


def journal(
    *, actor: Person | None = None, verb: str = "", first: date | None = None, last: date | None = None
) -> QuerySet[Entry]:
    """Entries from the latest on. Days are those of the network's own clock; `verb` also names a whole app."""
    entries = Entry.objects.select_related("actor")
    if actor:
        entries = entries.filter(actor=actor)
    if verb:
        entries = (
            entries.filter(verb__startswith=f"{verb}.") if "." not in verb else entries.filter(verb=verb)
        )
    zone = timezone.get_default_timezone_name()
    if first:
        entries = entries.filter(at__gte=local_range(first, zone)[0])
    if last:
        entries = entries.filter(at__lt=local_range(last, zone)[1])
    return entries


def actors() -> QuerySet[Person]:
    """Those who have done something."""
    return Person.objects.filter(pk__in=Entry.objects.exclude(actor=None).values("actor"))


def kinds() -> list[tuple[str, str]]:
    """Verbs that occur, with the sentence of each, places left open."""
    found = Entry.objects.order_by().values_list("verb", flat=True).distinct()
    named = [(code, _open(str(VERBS[code].sentence)) if code in VERBS else code) for code in found]
    return sorted(named, key=lambda kind: kind[1])


def _open(sentence: str) -> str:
    return PLACE.sub("…", sentence)


def lines(entries: QuerySet[Entry] | Iterable[Entry]) -> list[Line]:
    """Sentences for entries, with two queries whatever their number."""
    found = list(entries.select_related("actor") if isinstance(entries, QuerySet) else entries)
    wanted = {fact["person"] for entry in found for fact in entry.facts.values() if _is_person(fact)}
    names = dict(Person.objects.filter(pk__in=wanted).values_list("pk", "name")) if wanted else {}
    return [_line(entry, names) for entry in found]


def _line(entry: Entry, names: dict[int, str]) -> Line:
    verb = VERBS.get(entry.verb, Verb(entry.verb, entry.verb))
    facts = {key: _told(fact, names) for key, fact in entry.facts.items()}
    said = {key: isolated(fact) if isinstance(fact, str) else fact for key, fact in facts.items()}
    try:
        sentence = str(verb.sentence) % (said if get_language_bidi() else facts)
    except (KeyError, TypeError, ValueError):
        sentence = str(verb.sentence)
    if changed := fields_of(entry):
        sentence = gettext("%(sentence)s: %(fields)s") % {
            "sentence": sentence,
            "fields": formats.format_list(changed, (get_language() or "fr")[:2]),
        }
    return Line(
        entry.at,
        sentence,
        entry.actor.name if entry.actor else "",
        verb.icon,
        entry.verb,
        facts,
        subjects=tuple(entry.subjects),
    )


def fields_of(entry: Entry) -> list[str]:
    """What an entry says was changed, as the forms call it."""
    names = entry.facts.get("fields")
    if not isinstance(names, list) or not entry.subjects:
        return []
    try:
        model = apps.get_model(entry.subjects[0].partition(":")[0])
    except (LookupError, ValueError):
        return []
    columns = {field.name: getattr(field, "verbose_name", "") for field in model._meta.get_fields()}
    labels = (str(FIELDS.get(name) or columns.get(name) or "") for name in names)
    return [label[:1].lower() + label[1:] for label in labels if label]


def _told(fact: Any, names: dict[int, str]) -> Any:
    """A person by their name of today; a word of ours, a day, a rule of retention in the reader's language."""
    if _is_person(fact):
        return names.get(fact["person"], "—")
    if isinstance(fact, dict) and set(fact) == {"rule"}:
        rule = RULES.get(fact["rule"])
        return str(rule.label) if rule else fact["rule"]
    if isinstance(fact, dict) and set(fact) == {"word"}:
        word = fact["word"]
        return gettext(word)
    if isinstance(fact, dict) and set(fact) == {"day"}:
        day = fact["day"]
        return formats.format_date(date.fromisoformat(day), (get_language() or "fr")[:2]) if day else "—"
    return fact


def _is_person(fact: Any) -> bool:
    return isinstance(fact, dict) and set(fact) == {"person"}


def acts_of(person: Person) -> list[dict[str, Any]]:
    """What they did and what was done about them, as JSON for their own copy of it."""
    entries = Entry.objects.about(person) | Entry.objects.filter(actor=person)
    return [
        {
            "at": entry.at.isoformat(),
            "act": entry.verb,
            "records": entry.subjects,
            "by": entry.actor_id == person.pk,
        }
        for entry in entries.distinct()
    ]
