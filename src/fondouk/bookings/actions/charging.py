"""What bookings charge: times that are over and had a price, less what credits have paid; and what stayed due of those
given back.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, datetime, time
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from fondouk.billing.actions import Wanted, charge_all, customers_of
from fondouk.billing.enums import Language, Nature
from fondouk.billing.queries import Operated, operated, usual_codes
from fondouk.bookings.enums import Status
from fondouk.bookings.models import Occurrence, OccurrenceCharge
from fondouk.lib.db import lock
from fondouk.lib.formats import format_date, format_time

CHARGING = 0x0B00_C4A6 << 32
"""Advisory locks: who charges the bookings of a site, one at a time."""
CHUNK = 2000


@transaction.atomic
def charge_bookings(sites: Collection[int], before: date) -> int:
    """Charge the times of companies that were over before that day and have not been charged. How many charges that made."""
    lock(CHARGING + site for site in sites)
    bills = operated(sites)
    found = [
        (one, by)
        for one in _over(sites, before, bills)
        if one.to_pay > 0 and (by := _operator_of(one, bills)) is not None
    ]
    customers = customers_of({one.booking.company_id for one, _by in found if one.booking.company_id})
    vat = usual_codes()[Nature.BOOKING]
    wanted = [_wanted(one, by, customers[one.booking.company_id or 0].pk, vat) for one, by in found]
    charges = charge_all(wanted, by=None)
    links = [
        OccurrenceCharge(occurrence=one, charge=charge)
        for (one, _by), charge in zip(found, charges, strict=True)
    ]
    OccurrenceCharge.objects.bulk_create(links, batch_size=CHUNK)
    return len(charges)


def release_charges(charges: Collection[int]) -> None:
    """What these charges were for may be charged anew: they were credited for that."""
    OccurrenceCharge.objects.filter(charge__in=charges, released_at=None).update(released_at=timezone.now())


def _over(sites: Collection[int], before: date, bills: Mapping[int, list[Operated]]) -> Any:
    """Times with a price that are over, and were not charged."""
    since = min((one.since for some in bills.values() for one in some), default=before)
    charged = OccurrenceCharge.objects.filter(occurrence=OuterRef("pk"), released_at=None)
    rows = Occurrence.objects.filter(
        ~Exists(charged),
        Q(status=Status.BOOKED) | Q(cancellation__due__gt=0),
        price__gt=0,
        ends__gte=datetime.combine(since, time.min),
        ends__lt=datetime.combine(before, time.min),
        during__endswith__lte=timezone.now(),
        resource__site__in=sites,
        booking__company__isnull=False,
    )
    return rows.select_related("booking", "resource", "cancellation", "part").order_by("ends", "pk")


def _operator_of(one: Occurrence, bills: Mapping[int, list[Operated]]) -> Operated | None:
    day = one.starts.date()
    return next((by for by in bills[one.resource.site_id] if by.on(day)), None)


def _wanted(one: Occurrence, by: Operated, customer: int, vat: int) -> Wanted:
    owed = one.owed
    return Wanted(
        operator=by.operator,
        site=by.site,
        customer=customer,
        nature=Nature.BOOKING,
        labels={language: _label(one, language) for language in Language.values},
        unit_price=owed,
        discount=min(one.credits, owed),
        vat_code=vat,
        bill_on=one.starts.date(),
        thread=f"space-{one.resource_id}",
    )


def _label(one: Occurrence, language: str) -> str:
    """Where and when, never its title: an invoice is read by others than those who took part."""
    with override(language):
        said = _("%(space)s, %(day)s, %(first)s to %(last)s") % {
            "space": one.place,
            "day": format_date(one.starts, language, "long"),
            "first": format_time(one.starts, language),
            "last": format_time(one.ends, language),
        }
        if one.status != Status.BOOKED:
            said += _(" (given back late)")
        return said + (_(", less credits") if one.credits else "")
