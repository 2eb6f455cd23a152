"""The terms under which somebody may book a space: what its rules say together, and what a wish breaks of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Protocol

from fondouk.bookings.enums import Audience
from fondouk.spaces.enums import OFFICES, SpaceKind

if TYPE_CHECKING:
    from fondouk.bookings.models import BookingRule


LET = OFFICES | {SpaceKind.STORAGE, SpaceKind.COWORKING}
"""Kinds that contracts give away for months: nobody books them by the hour."""


class Bookable(Protocol):
    """Of a space, what rules ask for."""

    @property
    def pk(self) -> int: ...

    @property
    def kind(self) -> str: ...

    @property
    def site_id(self) -> int: ...


@dataclass(frozen=True)
class Terms:
    """What holds where no rule says otherwise: rooms are booked within opening hours, by the quarter of an hour, three
    months ahead at most; offices and the like are let, not booked.
    """

    is_allowed: bool = True
    needs_approval: bool = False
    within_hours: bool = True
    step_minutes: int = 15
    shortest_minutes: int = 15
    longest_minutes: int = 24 * 60
    notice_minutes: int = 0
    horizon_days: int = 92
    setup_minutes: int = 0
    cleanup_minutes: int = 0
    grace_minutes: int = 0
    """0: nobody looks whether anybody came."""
    cancel_minutes: int = 0
    cancel_percent: int = 0
    """Of its price, due when it is cancelled later than so many minutes before it begins."""
    missed_percent: int = 100

    @property
    def shortest(self) -> timedelta:
        return timedelta(minutes=self.shortest_minutes)

    @property
    def longest(self) -> timedelta:
        return timedelta(minutes=self.longest_minutes)

    @property
    def notice(self) -> timedelta:
        return timedelta(minutes=self.notice_minutes)

    @property
    def horizon(self) -> timedelta:
        return timedelta(days=self.horizon_days)


NAMES = tuple(field.name for field in fields(Terms))


def usual(kind: str, audience: Audience) -> Terms:
    """Without any rule. Staff book beyond opening hours, without notice, for a term and more."""
    allowed = kind not in LET and audience != Audience.VISITOR
    if audience == Audience.STAFF:
        return Terms(is_allowed=allowed, within_hours=False, longest_minutes=31 * 24 * 60, horizon_days=548)
    return Terms(is_allowed=allowed)


def audiences(audience: Audience) -> tuple[str, ...]:
    """Those whose rules hold for it: everybody's, its own, and those of hosted companies for one without a space."""
    wider = ("", Audience.RESIDENT) if audience == Audience.DOMICILED else ("",)
    return (*wider, audience)


def applies(rule: BookingRule, resource: Bookable, audience: Audience, day: date) -> bool:
    return (
        day in rule.period
        and rule.resource_id in (None, resource.pk)
        and rule.site_id in (None, resource.site_id)
        and rule.kind in ("", resource.kind)
        and rule.audience in audiences(audience)
    )


def weight(rule: BookingRule) -> tuple[bool, bool, bool, bool, bool]:
    """The more specific weighs more: a space before a kind on a site, a kind, a site; and those named before all."""
    return (
        rule.resource_id is not None,
        bool(rule.kind),
        rule.site_id is not None,
        bool(rule.audience),
        rule.audience == Audience.DOMICILED,
    )


def terms(rules: Iterable[BookingRule], resource: Bookable, audience: Audience, day: date) -> Terms:
    """What `rules` say together of this space, for this audience on that day."""
    said: dict[str, Any] = {}
    for rule in sorted((one for one in rules if applies(one, resource, audience, day)), key=weight):
        said |= {name: value for name in NAMES if (value := getattr(rule, name)) is not None}
    standing = usual(resource.kind, audience)
    return Terms(**{name: said.get(name, getattr(standing, name)) for name in NAMES})
