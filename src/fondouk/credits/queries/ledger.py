"""What a company has left, lot by lot, and the entries that made it so."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.db.models import Case, DecimalField, F, Q, QuerySet, Sum, When
from django.db.models.functions import Coalesce

from fondouk.credits.enums import EntryKind
from fondouk.credits.models import Entry, Lot

SOON = timedelta(days=30)
ZERO = Decimal(0)


@dataclass(frozen=True)
class Balance:
    """`left` may be used on `day`; of it, `soon` expires by `expires` at the latest, the first day of which is named."""

    left: Decimal
    soon: Decimal
    expires: date | None
    lots: int

    @property
    def whole(self) -> int:
        """For the words around it, which count in whole ones."""
        return int(self.left)


def balance(company: int, day: date) -> Balance:
    rows = Lot.objects.filter(company=company, period__contains=day, remaining__gt=0)
    lots = list(rows.order_by("period__endswith").values_list("remaining", "period"))
    ending = [lot for lot in lots if lot[1].upper is not None and lot[1].upper <= day + SOON]
    return Balance(
        left=sum((remaining for remaining, _period in lots), ZERO),
        soon=sum((remaining for remaining, _period in ending), ZERO),
        expires=ending[0][1].upper - timedelta(days=1) if ending else None,
        lots=len(lots),
    )


def left_for(company: int, kind: str, site: int, day: date) -> Decimal:
    """How many credits a space of this kind, on this site and that day, may be paid with."""
    rows = Lot.objects.good_for(company, kind, site, day).order_by()
    return rows.aggregate(left=Coalesce(Sum("remaining"), ZERO))["left"]  # type: ignore[no-any-return]


def lots_of(company: int) -> QuerySet[Lot]:
    """All lots, those that expire last first; each with what was `given`, what is set `aside` and what is `used`."""

    def total(*kinds: EntryKind, less: tuple[EntryKind, ...] = ()) -> Coalesce:
        number = DecimalField(max_digits=12, decimal_places=2)
        quantity = Case(
            When(entries__kind__in=kinds, then=F("entries__quantity")),
            When(entries__kind__in=less, then=-F("entries__quantity")),
            default=ZERO,
            output_field=number,
        )
        return Coalesce(Sum(quantity), ZERO, output_field=number)

    rows = Lot.objects.filter(company=company).select_related("site", "made_by")
    return rows.annotate(
        given=total(EntryKind.GRANTED, EntryKind.ADJUSTED),
        aside=total(EntryKind.HELD, less=(EntryKind.RELEASED, EntryKind.CONSUMED)),
        used=total(EntryKind.CONSUMED),
    ).order_by(F("period__endswith").desc(nulls_first=True), "-pk")


def statement(company: int) -> QuerySet[Entry]:
    """All entries, the latest first."""
    rows = Entry.objects.filter(Q(lot__company=company))
    return rows.select_related("lot", "by", "hold").order_by("-pk")
