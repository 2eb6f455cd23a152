"""Quotas: nobody books more in a day, a week or a month than they may, also when they ask twice at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import date, datetime, time, timedelta

from fondouk.bookings import refusals
from fondouk.bookings.enums import LIVE, Audience, QuotaPer, QuotaSpan, Status
from fondouk.bookings.models import Occurrence, QuotaRule
from fondouk.bookings.queries import Standing, standing
from fondouk.bookings.terms import audiences
from fondouk.bookings.wishes import Clash, Span, Unavailable, Wish
from fondouk.lib.db import lock

LOCKS = {QuotaPer.COMPANY: 0x0F0D_C001 << 32, QuotaPer.PERSON: 0x0F0D_C002 << 32}
"""The advisory locks of those whose bookings are added up: their keys within these ranges of numbers."""
COUNTED = (*LIVE, Status.MISSED)


def refuse_over_quota(
    wish: Wish,
    audience: Audience,
    spans: Sequence[Span],
    *,
    but: Collection[int] = (),
    kept: Standing | None = None,
) -> None:
    """Raise `Unavailable` with every time of the wish that goes beyond a quota. `but`: occurrences that it replaces.

    Within a transaction, before any part is locked: whoever is counted is locked until it ends.
    """
    if not spans:
        return
    first = min(span.starts for span in spans).date()
    rules = [
        rule
        for rule in (kept or standing()).quotas_on(first)
        if rule.site_id in (None, wish.resource.site_id) and rule.kind in ("", wish.resource.kind)
    ]
    said = {Audience.STAFF} if audience == Audience.STAFF else set(audiences(audience))
    clashes: dict[datetime, Clash] = {}
    for rule in sorted((rule for rule in rules if rule.audience in said), key=lambda rule: rule.pk):
        subject = wish.company.pk if wish.company else None
        if rule.per == QuotaPer.PERSON:
            subject = wish.organiser.pk
        if subject is not None:
            lock([LOCKS[QuotaPer(rule.per)] + subject])
            for span in _beyond(rule, subject, spans, but):
                clashes.setdefault(span.recurs_at, Clash(span, "quota", said=refusals.quota(rule)))
    if clashes:
        raise Unavailable(sorted(clashes.values(), key=lambda clash: clash.span.starts))


def _beyond(rule: QuotaRule, subject: int, spans: Sequence[Span], but: Collection[int]) -> list[Span]:
    """Those of these times that do not fit, the earliest served first."""
    buckets = {begin_of(rule.span, span.starts.date()) for span in spans}
    rows = Occurrence.objects.filter(
        status__in=COUNTED,
        starts__gte=datetime.combine(min(buckets), time(0)),
        starts__lt=datetime.combine(end_of(rule.span, max(buckets)), time(0)),
    ).exclude(pk__in=but)
    rows = (
        rows.filter(booking__company=subject)
        if rule.per == QuotaPer.COMPANY
        else rows.filter(booking__organiser=subject)
    )
    if rule.kind:
        rows = rows.filter(resource__kind=rule.kind)
    if rule.site_id:
        rows = rows.filter(resource__site=rule.site_id)
    used: dict[date, timedelta] = defaultdict(timedelta)
    for starts, ends in rows.values_list("starts", "ends"):
        used[begin_of(rule.span, starts.date())] += ends - starts
    most, found = timedelta(minutes=rule.most_minutes), []
    for span in sorted(spans, key=lambda one: one.starts):
        bucket, length = begin_of(rule.span, span.starts.date()), span.ends - span.starts
        if used[bucket] + length > most:
            found.append(span)
        else:
            used[bucket] += length
    return found


def begin_of(span: str, day: date) -> date:
    """The first day of the day, week or month that `day` is in."""
    if span == QuotaSpan.WEEK:
        return day - timedelta(days=day.weekday())
    return day.replace(day=1) if span == QuotaSpan.MONTH else day


def end_of(span: str, begin: date) -> date:
    """The day after the last of what begins on `begin`."""
    if span == QuotaSpan.WEEK:
        return begin + timedelta(days=7)
    if span == QuotaSpan.MONTH:
        return (begin + timedelta(days=32)).replace(day=1)
    return begin + timedelta(days=1)
