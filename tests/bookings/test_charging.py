"""What bookings charge: once, when they are over, less what credits have paid."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.db import DatabaseError, transaction

from fondouk.billing.models import Charge, Profile
from fondouk.bookings.actions import cancel, charge_bookings
from fondouk.bookings.enums import PriceUnit
from fondouk.bookings.models import BookingRule, OccurrenceCharge, PriceRule
from fondouk.companies.models import Company
from tests.factories import CompanyFactory, PersonFactory, ResidencyFactory, since
from tests.factories.billing import billed_site
from tests.factories.bookings import TUESDAY, booked, room
from tests.factories.credits import lot
from tests.threads import errors, together

FEBRUARY = date(2027, 2, 1)
AFTER = "2027-02-03 09:00Z"


@pytest.fixture
def site(db: None) -> Any:
    """A hundred an hour, everywhere."""
    PriceRule.objects.create(unit=PriceUnit.HOUR, amount=100, period=since())
    return billed_site()


def payer() -> Company:
    company = CompanyFactory()
    ResidencyFactory(company=company, period=since())
    return company  # type: ignore[no-any-return]


def charges() -> list[Decimal]:
    return list(Charge.objects.order_by("bill_on", "pk").values_list("net", flat=True))


def test_what_is_over_is_charged_once(site: Any) -> None:
    booked(room(site=site, code="Atlas"), company=payer(), hours=2, rule="FREQ=WEEKLY;COUNT=6")
    assert charge_bookings([site.pk], FEBRUARY) == 0
    with time_machine.travel("2027-01-20 09:00Z"):
        assert charge_bookings([site.pk], FEBRUARY) == 3
        assert charge_bookings([site.pk], FEBRUARY) == 0
    with time_machine.travel(AFTER):
        assert charge_bookings([site.pk], FEBRUARY) == 1
    assert charges() == [200] * 4
    label = Charge.objects.order_by("bill_on")[0].labels
    assert label["fr"].startswith("Atlas, 5 janvier 2027, 10:00 à 12:00")
    assert "Réunion" not in str(label)


def test_less_what_credits_have_paid(site: Any) -> None:
    company = payer()
    lot(company, 150)
    booked(room(site=site), company=company, rule="FREQ=WEEKLY;COUNT=3")
    with time_machine.travel(AFTER):
        charge_bookings([site.pk], FEBRUARY)
    assert charges() == [50, 100]
    assert Charge.objects.order_by("bill_on")[0].discount == 50


def test_what_stayed_due_of_those_given_back_late(site: Any) -> None:
    BookingRule.objects.create(cancel_minutes=24 * 60, cancel_percent=50, period=since())
    late = booked(room(site=site), company=payer(), hours=2)
    early = booked(room(site=site), company=payer(), hours=2)
    cancel(early.occurrences.get(), by=early.organiser)
    with time_machine.travel("2027-01-05 08:00Z"):
        cancel(late.occurrences.get(), by=late.organiser)
    with time_machine.travel(AFTER):
        charge_bookings([site.pk], FEBRUARY)
    assert charges() == [100]


def test_neither_the_parks_own_nor_what_is_free_nor_before_it_was_billed_here(site: Any) -> None:
    booked(room(site=site))
    booked(room(site=site), company=payer(), starts=TUESDAY + timedelta(days=40))
    booked(room(site=billed_site()), company=payer())
    Profile.objects.update(begins_on=date(2027, 1, 12))
    booked(room(site=site), company=payer())
    with time_machine.travel(AFTER):
        assert charge_bookings([site.pk], FEBRUARY) == 0


def test_the_database_refuses_a_time_charged_twice(site: Any) -> None:
    booking = booked(room(site=site), company=payer())
    with time_machine.travel(AFTER):
        charge_bookings([site.pk], FEBRUARY)
    charge = Charge.objects.get()
    charge.pk = None
    charge.save(force_insert=True)
    with pytest.raises(DatabaseError, match="occurrence_charged_once"), transaction.atomic():
        OccurrenceCharge.objects.create(occurrence=booking.occurrences.get(), charge=charge)


@pytest.mark.django_db(transaction=True)
def test_charged_by_many_at_once() -> None:
    PriceRule.objects.create(unit=PriceUnit.HOUR, amount=100, period=since())
    site = billed_site()
    booked(room(site=site), company=payer(), by=PersonFactory(), rule="FREQ=WEEKLY;COUNT=4")
    with time_machine.travel(AFTER):
        outcomes = together(*(lambda: charge_bookings([site.pk], FEBRUARY) for _n in range(4)))
    assert errors(outcomes) == []
    assert sorted(outcomes) == [0, 0, 0, 4]
