"""What a time costs: rules of several kinds, the most specific of which wins for each stretch of it, and why.

A time is cut at midnight and wherever a rule's hours begin or end. Each stretch follows one rule or, where none says
anything, the rate of the space itself; the stretches of one day that follow the same rule are one line of the price.
Amounts are before tax; each line is rounded to the centime, half up.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from fondouk.bookings.enums import PriceUnit, Segment
from fondouk.spaces.enums import RateUnit

if TYPE_CHECKING:
    from fondouk.bookings.models import PriceRule
    from fondouk.bookings.terms import Bookable, Terms
    from fondouk.spaces.models import ResourceRate

CENT, ZERO, HUNDRED = Decimal("0.01"), Decimal(0), Decimal(100)
DAY = timedelta(days=1)
MINUTES = 24 * 60
EVERY_DAY = 0b1111111
"""Monday is the lowest bit."""


@dataclass(frozen=True)
class OwnRate:
    """What the space itself costs then: by the hour, and never more than by the day; or only by the day."""

    hour: Decimal | None = None
    day: Decimal | None = None

    @classmethod
    def of(cls, rates: Iterable[ResourceRate], day: date) -> OwnRate | None:
        """None where it has neither."""
        said = {rate.unit: rate.amount for rate in rates if day in rate.period}
        found = cls(said.get(RateUnit.HOUR), said.get(RateUnit.DAY))
        return found if (found.hour, found.day) != (None, None) else None

    def cost(self, minutes: int) -> Decimal:
        """Of so many minutes of one day."""
        if self.hour is None:
            return self.day or ZERO
        by_hour = self.hour * minutes / 60
        return by_hour if self.day is None else min(by_hour, self.day)


@dataclass(frozen=True)
class PriceLine:
    """`unit` and `amount` are those of the rule (`rule`, `name`) or, without one, of the space. It was cut to `cap`."""

    day: date
    starts: time
    ends: time
    minutes: int
    unit: str
    amount: Decimal
    total: Decimal
    name: str = ""
    rule: int | None = None
    cap: Decimal | None = None


@dataclass(frozen=True)
class Price:
    """Of one time, before tax; `lines` explain it. What is due all the same when it is cancelled within
    `cancel_minutes` before it begins, or when nobody comes, is a share of it in percent.
    """

    amount: Decimal
    segment: str
    lines: Sequence[PriceLine] = ()
    cancel_minutes: int = 0
    cancel_percent: int = 0
    missed_percent: int = 0

    def due_when_cancelled(self, begins: datetime, now: datetime) -> Decimal:
        is_late = now > begins - timedelta(minutes=self.cancel_minutes)
        return rounded(self.amount * self.cancel_percent / HUNDRED) if is_late else ZERO

    @property
    def due_when_missed(self) -> Decimal:
        return rounded(self.amount * self.missed_percent / HUNDRED)

    def kept(self) -> dict[str, Any]:
        """As the database keeps it, but for the amount."""
        found = asdict(self)
        del found["amount"]
        found["lines"] = [
            {name: _written(value) for name, value in asdict(line).items() if value not in (None, "")}
            for line in self.lines
        ]
        return found

    @classmethod
    def read(cls, amount: Decimal, kept: dict[str, Any]) -> Price:
        return cls(amount, **{**kept, "lines": [_read(line) for line in kept["lines"]]})


def _written(value: Any) -> Any:
    if isinstance(value, Decimal):
        return str(value)
    return value.isoformat() if isinstance(value, date | time) else value


def _read(kept: dict[str, Any]) -> PriceLine:
    said: dict[str, Any] = dict(kept)
    said |= {name: Decimal(kept[name]) for name in ("amount", "total", "cap") if name in kept}
    said |= {name: time.fromisoformat(kept[name]) for name in ("starts", "ends")}
    return PriceLine(**{**said, "day": date.fromisoformat(kept["day"])})


def rounded(amount: Decimal) -> Decimal:
    return amount.quantize(CENT, ROUND_HALF_UP)


def price_of(
    starts: datetime,
    ends: datetime,
    resource: Bookable,
    segment: Segment,
    terms: Terms,
    rules: Sequence[PriceRule],
    rates: Sequence[ResourceRate],
) -> Price | None:
    """What this time (on the clock of the wall) costs somebody of this segment; None where nothing says anything of it."""
    length = int((ends - starts) / timedelta(minutes=1))
    candidates = [
        rule for rule in rules if _is_for(rule, resource, segment) and rule.at_least_minutes <= length
    ]
    # By day and rule, in the order in which they come.
    stretches: dict[tuple[date, PriceRule | None], list[tuple[datetime, datetime]]] = {}
    for first, last in _cut(starts, ends, candidates):
        rule = _winner(candidates, first)
        stretches.setdefault((first.date(), rule), []).append((first, last))
    lines: list[PriceLine] = []
    charged_once: set[int] = set()
    for (day, rule), some in stretches.items():
        own = OwnRate.of(rates, day)
        if rule is None and (own is None or segment == Segment.PARK):
            continue  # what nobody has priced, and what the park uses itself
        if rule is not None and rule.unit == PriceUnit.SHARE and own is None:
            continue
        if rule is not None and rule.unit == PriceUnit.ONCE:
            if rule.pk in charged_once:
                continue
            charged_once.add(rule.pk)
        lines.append(_line(day, rule, own, some))
    if not lines:
        return None
    return Price(
        amount=sum((line.total for line in lines), ZERO),
        segment=segment,
        lines=lines,
        cancel_minutes=terms.cancel_minutes,
        cancel_percent=terms.cancel_percent,
        missed_percent=terms.missed_percent,
    )


def _is_for(rule: PriceRule, resource: Bookable, segment: Segment) -> bool:
    return (
        rule.resource_id in (None, resource.pk)
        and rule.site_id in (None, resource.site_id)
        and rule.kind in ("", resource.kind)
        and rule.segment in ("", segment)
    )


def _cut(starts: datetime, ends: datetime, rules: Sequence[PriceRule]) -> Iterator[tuple[datetime, datetime]]:
    """The time in stretches throughout which the same rules apply."""
    marks = sorted({0, *(rule.from_minute for rule in rules), *(rule.to_minute for rule in rules)})
    midnight = datetime.combine(starts.date(), time(0))
    edges = [starts]
    while midnight < ends:
        edges += [edge for mark in marks if starts < (edge := midnight + timedelta(minutes=mark)) < ends]
        midnight += DAY
    edges = sorted({*edges, ends})
    yield from pairwise(edges)


def _winner(rules: Sequence[PriceRule], at: datetime) -> PriceRule | None:
    minute = at.hour * 60 + at.minute
    applying = [
        rule
        for rule in rules
        if at.date() in rule.period
        and rule.from_minute <= minute < rule.to_minute
        and rule.weekdays >> at.weekday() & 1
    ]
    return max(applying, key=weight, default=None)


def weight(rule: PriceRule) -> tuple[Any, ...]:
    """The more specific weighs more: a space before a kind on a site, a kind, a site; then a segment, fewer hours, fewer
    days, a greater length; of two that are as specific the lower price, and the older rule.
    """
    return (
        rule.resource_id is not None,
        rule.kind != "",
        rule.site_id is not None,
        rule.segment != "",
        rule.from_minute - rule.to_minute,
        -rule.weekdays.bit_count(),
        rule.at_least_minutes,
        -rule.amount,
        -rule.pk,
    )


def _line(
    day: date, rule: PriceRule | None, own: OwnRate | None, some: Sequence[tuple[datetime, datetime]]
) -> PriceLine:
    minutes = sum(int((last - first) / timedelta(minutes=1)) for first, last in some)
    own_cost = own.cost(minutes) if own else ZERO
    cap: Decimal | None = None
    if rule is None:
        by_hour = own is not None and own.hour is not None
        unit = PriceUnit.HOUR if by_hour else PriceUnit.DAY
        amount = (own.hour if by_hour else own.day) if own else ZERO
        total = own_cost
        cap = own.day if own and by_hour and total < (own.hour or ZERO) * minutes / 60 else None
    else:
        unit, amount = PriceUnit(rule.unit), rule.amount
        total = {
            PriceUnit.HOUR: amount * minutes / 60,
            PriceUnit.DAY: amount,
            PriceUnit.ONCE: amount,
            PriceUnit.SHARE: own_cost * amount / HUNDRED,
        }[unit]
        if rule.cap is not None and total > rule.cap:
            total = cap = rule.cap
    return PriceLine(
        day=day,
        starts=some[0][0].time(),
        ends=some[-1][1].time(),
        minutes=minutes,
        unit=unit,
        amount=amount or ZERO,
        total=rounded(total),
        name=rule.name if rule else "",
        rule=rule.pk if rule else None,
        cap=cap,
    )
