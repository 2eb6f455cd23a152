"""Rates of a row: what a space costs from today on. A rate never changes, another follows it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from django.db.backends.postgresql.psycopg_any import DateRange

from fondouk.imports.periods import gap
from fondouk.imports.planning import Values, shown
from fondouk.imports.writer import Writer
from fondouk.spaces.enums import RateUnit
from fondouk.spaces.models import Resource, ResourceRate

UNITS = {
    "rate": RateUnit.SQUARE_METRE_MONTH,
    "rate_month": RateUnit.MONTH,
    "rate_place": RateUnit.PLACE_MONTH,
    "rate_day": RateUnit.DAY,
    "rate_hour": RateUnit.HOUR,
}
CURRENCY = "MAD"


class RateBook:
    def __init__(self, writer: Writer, today: date) -> None:
        self.writer = writer
        self.today = today
        self.known: dict[tuple[int, int], list[ResourceRate]] = {}
        for rate in ResourceRate.objects.order_by("pk"):
            self.known.setdefault((rate.resource_id, rate.unit), []).append(rate)

    def set(self, resource: Resource, values: Values) -> None:
        for code, unit in UNITS.items():
            if values.get(code) is not None:
                self._set(resource, values, code, unit, values.get(code))

    def _set(self, resource: Resource, values: Values, code: str, unit: RateUnit, amount: Decimal) -> None:
        known = self.known.get((resource.pk, unit), []) if resource.pk is not None else []
        current = next((rate for rate in known if self.today in rate.period), None)
        if current is None:
            period = gap(self.today, [rate.period for rate in known])
        elif current.amount == amount and current.currency == CURRENCY:
            return
        else:
            values.plan.changes.append((code, shown(current.amount), shown(amount)))
            if current.period.lower == self.today:
                if self.writer.update(current, amount=amount, currency=CURRENCY):
                    values.plan.touch()
                return
            period = DateRange(self.today, current.period.upper)
            self.writer.update(current, period=DateRange(current.period.lower, self.today))
        self.writer.create(
            ResourceRate(resource=resource, unit=unit, amount=amount, currency=CURRENCY, period=period)
        )
        values.plan.touch()
