"""Saying who may book what, and how: from a day on, until another rule for the same follows it."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from fondouk.audit.actions import record
from fondouk.bookings import verbs
from fondouk.bookings.models import BookingRule
from fondouk.bookings.models.rule import RuleQuerySet
from fondouk.bookings.terms import NAMES
from fondouk.lib.saving import save
from fondouk.people.models import Person

BESIDE = {
    "booking_rule_for_a_space_or_a_kind": "resource",
    "booking_rule_step": "step_minutes",
    "booking_rule_lengths": "longest_minutes",
    "one_booking_rule": "since",
}


@transaction.atomic
def set_rule(rule: BookingRule, *, since: date, by: Person | None) -> BookingRule:
    """A rule for its spaces and people from `since` on, until the next one known for the same begins.

    The one before ends on the day before; one that began that very day is taken as a mistake and replaced. What was booked
    under earlier rules stays booked. Raises `ValidationError` by field.
    """
    others = list(_alike(rule).order_by("pk").select_for_update())
    for other in others:
        begins, ends = other.period.lower, other.period.upper
        if begins == since:
            other.delete()
        elif (begins is None or begins < since) and (ends is None or ends > since):
            other.period = DateRange(begins, since)
            other.save(update_fields=["period"])
    until = min(
        (one.period.lower for one in others if one.period.lower and one.period.lower > since), default=None
    )
    rule.pk = None
    rule.period = DateRange(since, until)
    save(rule, beside=BESIDE)
    record(verbs.RULED, rule, by=by, rule=str(rule), since=since.isoformat(), fields=_said(rule))
    return rule


@transaction.atomic
def end_rule(rule: BookingRule, *, on: date, by: Person | None) -> None:
    """From that day on it says nothing any more; one that has not begun by then goes altogether."""
    current = BookingRule.objects.order_by("pk").select_for_update().filter(pk=rule.pk).first()
    if current is None or (current.period.upper is not None and current.period.upper <= on):
        return
    record(verbs.RULE_ENDED, current, by=by, rule=str(current), on=on.isoformat())
    if current.period.lower is not None and current.period.lower >= on:
        current.delete()
    else:
        current.period = DateRange(current.period.lower, on)
        current.save(update_fields=["period"])


def _alike(rule: BookingRule) -> RuleQuerySet:
    """Those for the same spaces and the same people."""
    return BookingRule.objects.filter(
        site=rule.site_id, kind=rule.kind, resource=rule.resource_id, audience=rule.audience
    )


def _said(rule: BookingRule) -> list[str]:
    return [name for name in NAMES if getattr(rule, name) is not None]
