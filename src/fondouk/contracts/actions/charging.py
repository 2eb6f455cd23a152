"""What contracts charge: rents of the spaces they hold, month by month, and the services that go with them.

**The rule of days.** A price is for a whole period: a month of the calendar, or so many months from the first day of a
service. A part of it costs its share of the days, first and last both counted (`billing.amounts.prorated`): a contract from
the 16th of a month of thirty days pays fifteen thirtieths, and all the parts of a period always add up to its price.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from fondouk.billing.actions import Wanted, charge_all, customers_of
from fondouk.billing.amounts import Slice, slice_of
from fondouk.billing.enums import Language, Nature, Unit
from fondouk.billing.queries import Operated, operated, usual_codes
from fondouk.contracts.enums import Every, Occupancy
from fondouk.contracts.models import ContractLine, ContractService, LineCharge, ServiceCharge
from fondouk.lib.db import lock
from fondouk.lib.periods import add_months

from .occupying import DAY, Span, without

CHARGING = 0x0C0_C4A6 << 32
"""Advisory locks: who charges the contracts of a site, one at a time."""
CHUNK = 2000


@dataclass(frozen=True)
class _Due:
    """Days of a line or of a service that nobody has charged yet."""

    row: ContractLine | ContractService
    part: Slice
    bills: Operated


@transaction.atomic
def charge_contracts(sites: Collection[int], before: date) -> int:
    """Charge whatever periods begin before that day and have not been charged. How many charges that made."""
    lock(CHARGING + site for site in sites)
    bills = operated(sites)
    lines = list(_lines(sites, before))
    services = list(_services(sites, before))
    found = [
        *_uncharged(lines, _standing(LineCharge.objects.all(), "line", lines), bills, before),
        *_uncharged(services, _standing(ServiceCharge.objects.all(), "service", services), bills, before),
    ]
    customers = customers_of({due.row.contract.company_id for due in found})
    codes, roots = usual_codes(), _roots(lines)
    wanted = [_wanted(due, customers[due.row.contract.company_id].pk, codes, roots) for due in found]
    charges = charge_all(wanted, by=None)
    made: dict[type, list[Any]] = {LineCharge: [], ServiceCharge: []}
    for due, charge in zip(found, charges, strict=True):
        period = DateRange(due.part.start, due.part.end)
        if isinstance(due.row, ContractLine):
            made[LineCharge].append(LineCharge(line=due.row, charge=charge, period=period))
        else:
            made[ServiceCharge].append(ServiceCharge(service=due.row, charge=charge, period=period))
    for model, links in made.items():
        model.objects.bulk_create(links, batch_size=CHUNK)  # type: ignore[attr-defined]
    return len(charges)


def release(charges: Collection[int]) -> None:
    """What these charges were for may be charged anew: they were credited for that."""
    for model in (LineCharge, ServiceCharge):
        model.objects.filter(charge__in=charges, released_at=None).update(released_at=timezone.now())


def _lines(sites: Collection[int], before: date) -> Iterable[ContractLine]:
    rows = ContractLine.objects.binding().filter(
        contract__site__in=sites, period__startswith__lt=before, rent__gt=0
    )
    return rows.select_related("contract__termination", "resource").order_by("contract", "pk")


def _services(sites: Collection[int], before: date) -> Iterable[ContractService]:
    rows = ContractService.objects.filter(
        contract__site__in=sites, contract__is_binding=True, period__startswith__lt=before, amount__gt=0
    )
    return rows.select_related("contract__termination").order_by("contract", "pk")


def _standing(charges: Any, of: str, rows: Collection[Any]) -> Mapping[int, list[Span]]:
    """By key of line or service, the days that are charged."""
    found: dict[int, list[Span]] = defaultdict(list)
    if rows:
        keys = [row.pk for row in rows]
        for key, period in charges.filter(**{f"{of}__in": keys, "released_at": None}).values_list(
            of, "period"
        ):
            found[key].append((period.lower, period.upper))
    return found


def _uncharged(
    rows: Iterable[ContractLine | ContractService],
    charged: Mapping[int, list[Span]],
    bills: Mapping[int, list[Operated]],
    before: date,
) -> Iterator[_Due]:
    for row in rows:
        start, end = _days(row)
        if end is not None and end <= start:
            continue
        every = row.every if isinstance(row, ContractService) else Every.MONTH
        for one in bills[row.contract.site_id]:
            first = max(start, one.since)
            last = min((day for day in (end, one.before) if day), default=None)
            if every == Every.ONCE:
                if one.on(start) and start < before and not charged.get(row.pk):
                    yield _Due(row, Slice(start, start + DAY, 1, 0, 1), one)
                continue
            anchor = start.replace(day=1) if every == Every.MONTH else row.period.lower
            for period in _periods(anchor, every, first, last, before):
                for since, until in without([_within(period, first, last)], charged.get(row.pk, [])):
                    part = slice_of(period, since, until)
                    if part is not None:
                        yield _Due(row, part, one)


def _days(row: ContractLine | ContractService) -> Span:
    """As long as it runs: the termination of its contract counts."""
    termination = getattr(row.contract, "termination", None)
    ends = [day for day in (row.period.upper, termination.on + DAY if termination else None) if day]
    return row.period.lower, min(ends, default=None)


def _periods(
    anchor: date, months: int, first: date, last: date | None, before: date
) -> Iterator[tuple[date, date]]:
    """Periods of so many months, counted from `anchor`, of which a day is from `first` on and before `last`."""
    number = max(0, ((first.year - anchor.year) * 12 + first.month - anchor.month) // months - 1)
    while True:
        start, end = add_months(anchor, number * months), add_months(anchor, (number + 1) * months)
        if start >= before or (last is not None and start >= last):
            return
        if end > first:
            yield start, end
        number += 1


def _within(period: tuple[date, date], first: date, last: date | None) -> Span:
    return max(period[0], first), period[1] if last is None else min(period[1], last)


def _roots(lines: Collection[ContractLine]) -> dict[int, int]:
    """By key of a line that replaces others, the first of them: their months are compared as one line's."""
    versions = ContractLine.objects.filter(
        replaces__isnull=False, contract__in={line.contract_id for line in lines}
    )
    before: dict[int, Any] = dict(versions.values_list("pk", "replaces"))
    found: dict[int, int] = {}
    for key in sorted(before):  # a version is made after the one that it replaces
        found[key] = found.get(before[key], before[key])
    return found


def _wanted(due: _Due, customer: int, codes: Mapping[str, int], roots: Mapping[int, int]) -> Wanted:
    row, part = due.row, due.part
    is_line = isinstance(row, ContractLine)
    nature = Nature.RENT if isinstance(row, ContractLine) else Nature(row.nature)
    wanted = Wanted(
        operator=due.bills.operator,
        site=due.bills.site,
        customer=customer,
        nature=nature,
        labels={language: _label(row, part, language) for language in Language.values},
        unit_price=Decimal(0),
        vat_code=row.vat_code_id or codes[nature],
        bill_on=part.start,
        period=None
        if isinstance(row, ContractService) and row.every == Every.ONCE
        else (part.start, part.end),
        thread=f"line-{roots.get(row.pk, row.pk)}" if is_line else f"service-{row.pk}",
        currency=row.currency,
    )
    if isinstance(row, ContractService):
        if part.is_whole:
            unit = Unit.MONTH if row.every == Every.MONTH else Unit.ONE
            return replace(wanted, unit=unit, quantity=row.quantity, unit_price=row.amount)
        return replace(wanted, unit_price=part.share(row.amount * row.quantity))
    rent = row.rent or Decimal(0)
    if not part.is_whole:
        return replace(wanted, unit_price=part.share(rent))
    if row.rate is not None and row.area is not None:
        return replace(wanted, unit=Unit.SQUARE_METRE, quantity=row.area, unit_price=row.rate)
    return replace(wanted, unit=Unit.MONTH, unit_price=rent)


def _label(row: ContractLine | ContractService, part: Slice, language: str) -> str:
    with override(language):
        if isinstance(row, ContractService):
            said = row.label_in(language)
        elif row.occupancy == Occupancy.PLACES:
            places = row.places or 1
            said = ngettext("%(n)s place in %(space)s", "%(n)s places in %(space)s", places) % {
                "n": places, "space": row.resource.code,
            }  # fmt: skip
        else:
            said = _("Rent of %(space)s") % {"space": row.resource.code}
        if not part.is_whole:
            said += _(" (%(days)s of %(of)s days)") % {"days": part.days, "of": part.of}
        return said + _(", contract %(reference)s") % {"reference": row.contract.reference}
