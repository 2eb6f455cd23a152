"""What lines add up to. One rule, here and in the database:

- a line: quantity times price, rounded to the centime, less its discount;
- the tax: of the sum of the lines of one category and rate, rounded once (EN 16931, BR-CO-17), not of each line;
- the total: lines and taxes. Halves go away from zero.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Protocol

from fondouk.lib.money import round_half_up

CENTIME = Decimal("0.01")
HUNDRED = Decimal(100)
ZERO = Decimal(0)
RENT_WITHHELD = Decimal("0.05")
"""Of the rent before tax, which some customers keep for the State (CGI, art. 15 ter, from 1 July 2026)."""
DAY = timedelta(days=1)


class Taxed(Protocol):
    """A line, as far as sums are concerned."""

    net: Decimal
    vat_category: str
    vat_rate: Decimal
    vat_reason: str


@dataclass(frozen=True)
class Tax:
    """Of all lines of one category and rate. `rate` in per cent."""

    category: str
    rate: Decimal
    base: Decimal
    amount: Decimal
    reason: str = ""


@dataclass(frozen=True)
class Totals:
    taxes: tuple[Tax, ...]
    net: Decimal
    vat: Decimal

    @property
    def total(self) -> Decimal:
        return self.net + self.vat


def line_net(quantity: Decimal, unit_price: Decimal, discount: Decimal = ZERO) -> Decimal:
    return round_half_up(quantity * unit_price, CENTIME) - discount


def totals(lines: Iterable[Taxed]) -> Totals:
    """What lines add up to; their legal grounds are told once each."""
    bases: dict[tuple[str, Decimal], Decimal] = {}
    reasons: dict[tuple[str, Decimal], list[str]] = {}
    for line in lines:
        key = (line.vat_category, line.vat_rate)
        bases[key] = bases.get(key, ZERO) + line.net
        known = reasons.setdefault(key, [])
        if line.vat_reason and line.vat_reason not in known:
            known.append(line.vat_reason)
    taxes = tuple(
        Tax(category, rate, base, tax_on(base, rate), " · ".join(reasons[category, rate]))
        for (category, rate), base in sorted(
            bases.items(), key=lambda item: (item[0][0] != "S", -item[0][1], item[0][0])
        )
    )
    return Totals(taxes, sum((tax.base for tax in taxes), ZERO), sum((tax.amount for tax in taxes), ZERO))


def tax_on(base: Decimal, rate: Decimal) -> Decimal:
    """`rate` in per cent."""
    return round_half_up(base * rate / HUNDRED, CENTIME)


def prorated(whole: Decimal, days: int, before: int, of: int) -> Decimal:
    """The part of `whole`, the price of `of` days, that falls on `days` of them, `before` of which came earlier.

    By days, first and last both counted. What has come up to the end of the part, rounded, less what had come up to its
    beginning: so the parts of a period always add up to the whole, into however many it is cut and in whatever order they
    are asked for. Raises `ValueError` where the days are not within the period.
    """
    if of <= 0 or days <= 0 or before < 0 or before + days > of:
        raise ValueError(f"{days} days after {before} are not within {of}")
    return _up_to(whole, before + days, of) - _up_to(whole, before, of)


def _up_to(whole: Decimal, days: int, of: int) -> Decimal:
    return round_half_up(whole * days / of, CENTIME)


@dataclass(frozen=True)
class Slice:
    """Days of one period of billing, from `start` on and before `end`: `days` of its `of`, after `before` of them."""

    start: date
    end: date
    days: int
    before: int
    of: int

    @property
    def is_whole(self) -> bool:
        return self.days == self.of

    @property
    def last_day(self) -> date:
        return self.end - DAY

    def share(self, whole: Decimal) -> Decimal:
        return prorated(whole, self.days, self.before, self.of)


def slice_of(period: tuple[date, date], start: date, end: date | None) -> Slice | None:
    """The days of `period` (from, before) from `start` on and before `end`; None where there are none."""
    first, after = max(period[0], start), period[1] if end is None else min(period[1], end)
    if after <= first:
        return None
    return Slice(first, after, (after - first).days, (first - period[0]).days, (period[1] - period[0]).days)
