"""All rules, prices, quotas and hourly rates, kept by the process for as long as nobody changes one.

They are few, change seldom, and are asked for with every booking. Each change of one leaves a row in its table of events,
in the same transaction: how many there are, with their last key, the sum of their keys and the last moment, says whether
what is kept still holds. That is asked every time, in one short statement: nothing is answered from yesterday's rules.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from django.apps import apps
from django.db import connection

from fondouk.bookings.models import BookingRule, PriceRule, QuotaRule
from fondouk.spaces.enums import RateUnit
from fondouk.spaces.models import ResourceRate

BY_TIME = (RateUnit.HOUR, RateUnit.DAY)
TABLES = (BookingRule, PriceRule, QuotaRule, ResourceRate)


@dataclass(frozen=True)
class Standing:
    rules: tuple[BookingRule, ...]
    prices: tuple[PriceRule, ...]
    quotas: tuple[QuotaRule, ...]
    rates: dict[int, tuple[ResourceRate, ...]]
    """Of each space, those by the hour and by the day."""

    def rules_on(self, day: date) -> list[BookingRule]:
        return [one for one in self.rules if _overlaps(one.period, day, day)]

    def prices_between(self, first: date, last: date) -> list[PriceRule]:
        return [one for one in self.prices if _overlaps(one.period, first, last)]

    def quotas_on(self, day: date) -> list[QuotaRule]:
        return [one for one in self.quotas if _overlaps(one.period, day, day)]

    def rates_of(self, resource: int, first: date, last: date) -> list[ResourceRate]:
        return [one for one in self.rates.get(resource, ()) if _overlaps(one.period, first, last)]


_kept: dict[str, tuple[Any, Standing]] = {}
"""By the name of the database: the mark of its tables, and what they held then."""


def standing() -> Standing:
    """As this transaction sees them. One short statement, and four more after a change."""
    name, mark = str(connection.settings_dict["NAME"]), _mark()
    kept = _kept.get(name)
    if kept is None or kept[0] != mark:
        kept = _kept[name] = (mark, _read())
    return kept[1]


def _mark() -> tuple[Any, ...]:
    """Read before the tables are: what changes in between is read too early rather than too late, and once more."""
    with connection.cursor() as cursor:
        cursor.execute(_statement())
        return tuple(cursor.fetchone())


@cache
def _statement() -> str:
    named = [apps.get_model(model._meta.app_label, f"{model.__name__}Event") for model in TABLES]
    said = "(SELECT (count(*), max(pgh_id), sum(pgh_id), max(pgh_created_at))::text FROM {})"
    return "SELECT " + ", ".join(said.format(one._meta.db_table) for one in named)


def _read() -> Standing:
    rates: dict[int, list[ResourceRate]] = defaultdict(list)
    for rate in ResourceRate.objects.filter(unit__in=BY_TIME).order_by("pk"):
        rates[rate.resource_id].append(rate)
    return Standing(
        tuple(BookingRule.objects.select_related(None)),
        tuple(PriceRule.objects.select_related(None)),
        tuple(QuotaRule.objects.select_related(None)),
        {key: tuple(some) for key, some in rates.items()},
    )


def _overlaps(period: Any, first: date, last: date) -> bool:
    """Whether a range of days `[)`, whose ends may be missing, has one of these."""
    if period.isempty:
        return False
    return (period.lower is None or period.lower <= last) and (period.upper is None or first < period.upper)
