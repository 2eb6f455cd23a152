"""Deciding how long things are kept, and removing what is over."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from dateutil.relativedelta import relativedelta
from django.apps import apps
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from fondouk.people import signals
from fondouk.people.models import Account, Invitation, Person, PersonErasure, RetentionPeriod
from fondouk.people.retention import HOLDS, RULES, Rule

from .privacy import erase_person


@dataclass(frozen=True)
class Standing:
    """A rule with the period that holds for it, and how many things are over today."""

    rule: Rule
    months: int | None
    due: int


def retention_standing(now: datetime | None = None) -> list[Standing]:
    """Every rule, in the order apps registered them. `due` of a rule without a period is 0."""
    now = now or timezone.now()
    months = _months()
    return [
        Standing(rule, months[code], rule.count(_before(now, kept)) if (kept := months[code]) else 0)
        for code, rule in RULES.items()
    ]


@transaction.atomic
def set_retention(periods: dict[str, int | None], *, by: Person | None) -> list[str]:
    """Keep the periods that differ from those that hold; their codes. Raises KeyError for an unknown rule."""
    held = _months()
    changed = [code for code, months in periods.items() if held[code] != months]
    for code in changed:
        RetentionPeriod.objects.update_or_create(rule=code, defaults={"months": periods[code]})
    if changed:
        signals.retention_decided.send(RetentionPeriod, rules=changed, by=by)
    return changed


def apply_retention(now: datetime | None = None) -> dict[str, int]:
    """Remove what is over, each rule in a transaction of its own; how many of each. Sessions that ended go as well."""
    now = now or timezone.now()
    Session.objects.filter(expire_date__lt=now).delete()
    removed = {}
    for code, months in _months().items():
        if not months:
            continue
        with transaction.atomic():
            removed[code] = RULES[code].remove(_before(now, months))
            if removed[code]:
                signals.retention_applied.send(RetentionPeriod, rule=code, count=removed[code])
    return removed


def _months() -> dict[str, int | None]:
    decided = dict(RetentionPeriod.objects.values_list("rule", "months"))
    return {code: decided.get(code, rule.months) for code, rule in RULES.items()}


def _before(now: datetime, months: int) -> datetime:
    return now - relativedelta(months=months)


def old_invitations(before: datetime) -> Q:
    """Conditions on `Invitation`: used, withdrawn or run out before the moment."""
    return Q(accepted_at__lt=before) | Q(withdrawn_at__lt=before) | Q(expires_at__lt=before)


def remove_invitations(before: datetime) -> int:
    return Invitation.objects.filter(old_invitations(before)).delete()[0]


def forgotten_people(before: datetime) -> list[Person]:
    """Persons whom nothing ties to the network since the moment: no account open since, no invitation, no hold of any
    app.
    """
    touched = apps.get_model("people", "AccountEvent").objects.filter(pgh_created_at__gte=before)
    held = Q(created_at__gte=before) | Q(pk__in=touched.values("person"))
    held |= Q(pk__in=Account.objects.filter(is_active=True).values("person"))
    held |= Q(pk__in=Invitation.objects.exclude(old_invitations(before)).values("person"))
    for hold in HOLDS:
        held |= hold(before)
    return list(Person.objects.exclude(pk__in=PersonErasure.objects.values("person")).exclude(held))


def erase_forgotten(before: datetime) -> int:
    people = forgotten_people(before)
    for person in people:
        erase_person(person, by=None, reason="retention")
    return len(people)
