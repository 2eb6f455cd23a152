"""Saying who may book what, how much of it, and at what price: from a day on, until another rule for the same follows."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple, TypeVar

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from fondouk.audit.actions import record
from fondouk.bookings import verbs
from fondouk.bookings.models import BookingRule, PriceRule, QuotaRule
from fondouk.bookings.terms import NAMES
from fondouk.lib.saving import save
from fondouk.people.models import Person

Dated = TypeVar("Dated", BookingRule, PriceRule, QuotaRule)


class Kept(NamedTuple):
    """How rules of a kind are kept: what makes two be for the same, and the field of which each constraint speaks."""

    same: tuple[str, ...]
    beside: Mapping[str, str]
    set: str
    ended: str


KEPT: dict[Any, Kept] = {
    BookingRule: Kept(
        ("site", "kind", "resource", "audience"),
        {
            "booking_rule_for_a_space_or_a_kind": "resource",
            "booking_rule_step": "step_minutes",
            "booking_rule_lengths": "longest_minutes",
            "booking_rule_percents": "cancel_percent",
            "one_booking_rule": "since",
        },
        verbs.RULED,
        verbs.RULE_ENDED,
    ),
    PriceRule: Kept(
        ("site", "kind", "resource", "segment", "weekdays", "from_minute", "to_minute", "at_least_minutes"),
        {
            "price_rule_for_a_space_or_a_kind": "resource",
            "price_not_negative": "amount",
            "price_share_of_the_whole": "amount",
            "price_hours": "ends",
            "price_days": "weekdays",
            "one_price_rule": "since",
        },
        verbs.PRICED,
        verbs.PRICE_ENDED,
    ),
    QuotaRule: Kept(
        ("site", "kind", "audience", "per", "span"), {"one_quota": "since"}, verbs.LIMITED, verbs.LIMIT_ENDED
    ),
}


@transaction.atomic
def set_rule(rule: Dated, *, since: date, by: Person | None) -> Dated:
    """A rule for its spaces and people from `since` on, until the next one known for the same begins.

    The one before ends on the day before; one that began that very day is taken as a mistake and replaced. What was booked
    under earlier rules stays as it was booked. Raises `ValidationError` by field.
    """
    kept = KEPT[type(rule)]
    same = {name: getattr(rule, _column(rule, name)) for name in kept.same}
    others = list(type(rule).objects.filter(**same).order_by("pk").select_for_update())
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
    save(rule, beside=kept.beside)
    record(kept.set, rule, by=by, rule=str(rule), since=since.isoformat(), fields=_said(rule))
    return rule


@transaction.atomic
def end_rule(rule: Dated, *, on: date, by: Person | None) -> None:
    """From that day on it says nothing any more; one that has not begun by then goes altogether."""
    current: Any = type(rule).objects.order_by("pk").select_for_update().filter(pk=rule.pk).first()
    if current is None or (current.period.upper is not None and current.period.upper <= on):
        return
    record(KEPT[type(rule)].ended, current, by=by, rule=str(current), on=on.isoformat())
    if current.period.lower is not None and current.period.lower >= on:
        current.delete()
    else:
        current.period = DateRange(current.period.lower, on)
        current.save(update_fields=["period"])


def _column(rule: Any, name: str) -> str:
    return str(rule._meta.get_field(name).attname)


def _said(rule: Any) -> list[str]:
    if isinstance(rule, BookingRule):
        return [name for name in NAMES if getattr(rule, name) is not None]
    return []
