"""What times of a space cost somebody, by the rules and rates of those days."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from fondouk.bookings.enums import Audience, Segment
from fondouk.bookings.models import Occurrence
from fondouk.bookings.pricing import ZERO, Price, price_of
from fondouk.bookings.queries.searching import Found, terms_for
from fondouk.bookings.terms import Terms
from fondouk.bookings.wishes import Span, Wish
from fondouk.companies.enums import SPACELESS, Kind
from fondouk.companies.models import Company, CompanyKind, Residency
from fondouk.credits.queries import Need, would_hold
from fondouk.spaces.models import Resource

from .standing import Standing, standing

LONGER = timedelta(minutes=30)
"""How much somebody stays longer at a time."""
STARTUPS = {Kind.STARTUP, Kind.PROJECT}
PARTNERS = {
    Kind.PARTNER, Kind.FUND, Kind.BANK, Kind.UNIVERSITY, Kind.FABLAB, Kind.ADMINISTRATION, Kind.FEDERATION,
}  # fmt: skip


def segment_of(company: int | None, day: date) -> Segment:
    """As what a company pays on that day; the park itself where there is none."""
    if company is None:
        return Segment.PARK
    modes = set(Residency.objects.on(day).filter(company=company).values_list("mode", flat=True))
    if modes and modes <= SPACELESS:
        return Segment.DOMICILED
    rows = CompanyKind.objects.filter(company=company, period__contains=day)
    kinds = set(rows.values_list("kind", flat=True))
    if modes:
        if kinds & STARTUPS:
            return Segment.STARTUP
        return Segment.SME if Kind.SME in kinds else Segment.HOSTED
    return Segment.PARTNER if kinds & PARTNERS else Segment.OUTSIDE


def prices(
    resource: Resource,
    company: int | None,
    terms: Terms,
    spans: Sequence[Span],
    kept: Standing | None = None,
) -> list[Price | None]:
    """Of each of these times, in their order. The segment is that of the first day."""
    if not spans:
        return []
    first = min(span.starts for span in spans).date()
    last = max(span.ends for span in spans).date()
    now = kept or standing()
    rules, rates = now.prices_between(first, last), now.rates_of(resource.pk, first, last)
    if not rules and not rates:
        return [None] * len(spans)
    segment = segment_of(company, first)
    return [
        price_of(span.starts, span.ends, resource, segment, terms, rules, rates) if span.is_real else None
        for span in spans
    ]


def costs_of(rooms: Sequence[Found], company: int | None, span: Span) -> dict[int, Decimal | None]:
    """What this time costs in each of these rooms, by its key: with as many queries for one as for all."""
    first, last = span.starts.date(), span.ends.date()
    now = standing()
    rules, keys = now.prices_between(first, last), [one.resource.pk for one in rooms]
    rates = {key: now.rates_of(key, first, last) for key in keys}
    if not rules and not any(rates.values()):
        return dict.fromkeys(keys)
    segment = segment_of(company, first)
    costs = {
        one.resource.pk: price_of(
            span.starts, span.ends, one.resource, segment, one.terms, rules, rates[one.resource.pk]
        )
        for one in rooms
    }
    return {key: cost.amount if cost else None for key, cost in costs.items()}


def needs(resource: Resource, keyed: Sequence[tuple[int, Span, Decimal]]) -> list[Need]:
    """What credits are asked for: a key, a time and its price."""
    return [
        Need(
            key,
            resource.kind,
            resource.site_id,
            span.starts.date(),
            price,
            f"{resource.code} · {span.starts:%Y-%m-%d %H:%M}",
        )
        for key, span, price in keyed
        if price > 0
    ]


@dataclass(frozen=True)
class Quote:
    """Of all times of a wish, before tax: `total`, of which `credits` would pay, and what explains the first."""

    total: Decimal
    credits: Decimal
    first: Price | None
    times: int

    @property
    def to_pay(self) -> Decimal:
        return self.total - self.credits

    @property
    def is_priced(self) -> bool:
        return self.first is not None


def quote(resource: Resource, company: Company | None, terms: Terms, spans: Sequence[Span]) -> Quote:
    found = prices(resource, company.pk if company else None, terms, spans)
    priced = [
        (place, span, price) for place, (span, price) in enumerate(zip(spans, found, strict=True)) if price
    ]
    total = sum((price.amount for _place, _span, price in priced), ZERO)
    credits = ZERO
    if company is not None and total:
        wanted = needs(resource, [(place, span, price.amount) for place, span, price in priced])
        credits = would_hold(company.pk, wanted)
    return Quote(total, credits, priced[0][2] if priced else None, len(spans))


def longer_costs(one: Occurrence, audience: Audience) -> Decimal | None:
    """What `LONGER` more would cost beyond its price, before tax; None where nothing is asked for it."""
    if one.price is None:
        return None
    ends = one.ends + LONGER
    wish = Wish(one.resource, one.starts, ends, "", one.booking.organiser, one.booking.company)
    span = Span.of(one.recurs_at, one.starts, ends, one.booking.zone)
    (cost,) = prices(one.resource, one.booking.company_id, terms_for(wish, audience), [span])
    return max(cost.amount - one.price, ZERO) if cost else ZERO
