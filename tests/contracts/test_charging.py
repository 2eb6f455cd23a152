"""What contracts charge: every day once, by the rule of days."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from hypothesis import given, settings
from hypothesis import strategies as st

from fondouk.billing.actions import credit, draft, issue
from fondouk.billing.amounts import prorated
from fondouk.billing.enums import Nature, Unit
from fondouk.billing.models import Charge, Invoice, Profile
from fondouk.contracts.actions import charge_contracts
from fondouk.contracts.enums import Every, Occupancy
from fondouk.contracts.models import Contract, ContractLine, ContractService, ContractTermination, LineCharge
from fondouk.sites.models import Site
from tests.factories import (
    CompanyFactory,
    ContractFactory,
    ContractLineFactory,
    LegalIdentityFactory,
    PersonFactory,
)
from tests.factories.billing import billed_site
from tests.threads import errors, together

DAY = timedelta(days=1)
DECEMBER = date(2027, 12, 1)


def let(site: Site, start: date, end: date | None = None, rent: Any = 3000, **values: Any) -> ContractLine:
    contract = ContractFactory(site=site, starts_on=start, ends_on=end, company=_billable())
    return ContractLineFactory(contract=contract, rent=Decimal(rent), **values)


def _billable() -> Any:
    return LegalIdentityFactory(company=CompanyFactory()).company


def served(
    contract: Contract, amount: Any, every: int, start: date, end: date | None = None
) -> ContractService:
    return ContractService.objects.create(
        contract=contract, label="Parking", label_ar="موقف", amount=Decimal(amount), every=every,
        period=DateRange(start, end),
    )  # fmt: skip


def amounts() -> list[Decimal]:
    return list(Charge.objects.order_by("bill_on", "pk").values_list("net", flat=True))


def site_billing_from(day: date) -> Site:
    site = billed_site()
    Profile.objects.update(begins_on=day)
    return site


@pytest.mark.django_db
class TestRents:
    def test_a_month_is_charged_once(self) -> None:
        site = site_billing_from(date(2027, 11, 1))
        let(site, date(2026, 1, 1))
        assert charge_contracts([site.pk], DECEMBER) == 1
        assert charge_contracts([site.pk], DECEMBER) == 0
        (charge,) = Charge.objects.all()
        assert (charge.net, charge.unit, charge.nature) == (3000, Unit.MONTH, Nature.RENT)
        assert charge.period == DateRange(date(2027, 11, 1), DECEMBER)
        assert charge.labels["fr"].startswith("Loyer de ")
        assert charge.labels["ar"] != charge.labels["fr"]

    def test_by_the_square_metre(self) -> None:
        site = site_billing_from(date(2027, 11, 1))
        let(site, date(2026, 1, 1), rent="2450.00", rate=Decimal(100), area=Decimal("24.50"))
        charge_contracts([site.pk], DECEMBER)
        charge = Charge.objects.get()
        assert (charge.quantity, charge.unit, charge.unit_price, charge.net) == (
            Decimal("24.5"), Unit.SQUARE_METRE, 100, 2450,
        )  # fmt: skip

    def test_part_of_a_month_both_days_counted(self) -> None:
        site = site_billing_from(date(2027, 11, 1))
        let(site, date(2027, 11, 16), date(2027, 12, 10))
        charge_contracts([site.pk], date(2028, 1, 1))
        assert amounts() == [Decimal(1500), Decimal("967.74")]  # 15 of 30 days, 10 of 31
        assert "15 jours sur 30" in Charge.objects.order_by("bill_on")[0].labels["fr"]

    def test_nothing_before_the_operator_began_to_bill_here(self) -> None:
        site = site_billing_from(date(2027, 11, 21))
        let(site, date(2026, 1, 1))
        charge_contracts([site.pk], DECEMBER)
        assert amounts() == [Decimal(1000)]
        Profile.objects.all().delete()
        assert charge_contracts([site.pk], date(2028, 1, 1)) == 0

    def test_months_that_were_missed_are_made_up_for(self) -> None:
        site = site_billing_from(date(2027, 9, 1))
        let(site, date(2026, 1, 1))
        assert charge_contracts([site.pk], DECEMBER) == 3

    def test_a_termination_ends_what_is_charged(self) -> None:
        site = site_billing_from(date(2027, 11, 1))
        line = let(site, date(2026, 1, 1))
        ContractTermination.objects.create(contract=line.contract, on=date(2027, 11, 10))
        charge_contracts([site.pk], date(2028, 1, 1))
        assert amounts() == [Decimal(1000)]

    def test_an_extension_charges_the_days_that_were_left(self) -> None:
        site = site_billing_from(date(2027, 11, 1))
        line = let(site, date(2026, 1, 1), date(2027, 11, 10))
        charge_contracts([site.pk], DECEMBER)
        ContractLine.objects.filter(pk=line.pk).update(period=DateRange(date(2026, 1, 1), date(2028, 1, 1)))
        charge_contracts([site.pk], DECEMBER)
        assert amounts() == [Decimal(1000), Decimal(2000)]

    def test_neither_drafts_nor_lines_without_a_rent(self) -> None:
        site = site_billing_from(date(2027, 11, 1))
        let(site, date(2026, 1, 1), rent=0)
        line = let(site, date(2026, 1, 1))
        ContractLine.objects.filter(pk=line.pk).update(is_binding=False)
        assert charge_contracts([site.pk], DECEMBER) == 0

    def test_places_and_versions(self) -> None:
        site = site_billing_from(date(2027, 11, 1))
        first = let(site, date(2026, 1, 1), date(2027, 11, 15), occupancy=Occupancy.PLACES, places=3)
        ContractLineFactory(
            contract=first.contract, resource=first.resource, rent=Decimal(6000), replaces=first,
            occupancy=Occupancy.PLACES, places=3, period=DateRange(date(2027, 11, 16), None),
        )  # fmt: skip
        charge_contracts([site.pk], DECEMBER)
        assert amounts() == [Decimal(1500), Decimal(3000)]
        assert {charge.thread for charge in Charge.objects.all()} == {f"line-{first.pk}"}
        assert "3 places" in Charge.objects.all()[0].labels["fr"]


@pytest.mark.django_db
class TestServices:
    @pytest.mark.parametrize(
        ("every", "start", "before", "expected"),
        [
            (Every.MONTH, date(2027, 11, 1), DECEMBER, [300]),
            (Every.QUARTER, date(2027, 10, 15), DECEMBER, [300]),
            (Every.QUARTER, date(2027, 8, 15), DECEMBER, [300, 300]),
            (Every.YEAR, date(2027, 11, 20), DECEMBER, [300]),
            (Every.ONCE, date(2027, 11, 20), DECEMBER, [300]),
            (Every.ONCE, date(2027, 12, 1), DECEMBER, []),
        ],
    )
    def test_how_often(self, every: int, start: date, before: date, expected: list[int]) -> None:
        site = site_billing_from(date(2027, 8, 1))
        contract = ContractFactory(site=site, starts_on=date(2027, 1, 1), company=_billable())
        served(contract, 300, every, start)
        charge_contracts([site.pk], before)
        charge_contracts([site.pk], before)
        assert amounts() == expected

    def test_the_last_period_of_one_that_ends_is_a_part(self) -> None:
        site = site_billing_from(date(2027, 1, 1))
        contract = ContractFactory(site=site, starts_on=date(2027, 1, 1), company=_billable())
        served(contract, 3650, Every.YEAR, date(2027, 1, 1), date(2027, 1, 11))
        charge_contracts([site.pk], DECEMBER)
        assert amounts() == [Decimal(100)]


@pytest.mark.django_db
class TestChargedAnew:
    def _credited(self, *, bills_again: bool) -> int:
        site = site_billing_from(date(2027, 11, 1))
        let(site, date(2026, 1, 1))
        charge_contracts([site.pk], DECEMBER)
        (invoice,) = draft([Charge.objects.get().pk], day=date(2027, 11, 5), by=None).invoices
        invoice.customer.address = "Rue des Orangers"
        invoice.customer.save()
        issue([invoice.pk], by=None)
        note = credit(
            Invoice.objects.get(pk=invoice.pk), reason="Tarif", by=PersonFactory(), bills_again=bills_again
        )
        issue([note.pk], by=None)
        return charge_contracts([site.pk], DECEMBER)

    def test_what_was_credited_for_that(self) -> None:
        assert self._credited(bills_again=True) == 1

    def test_and_nothing_else(self) -> None:
        assert self._credited(bills_again=False) == 0


@pytest.mark.django_db
def test_the_database_refuses_a_day_charged_twice() -> None:
    site = site_billing_from(date(2027, 11, 1))
    line = let(site, date(2026, 1, 1))
    charge_contracts([site.pk], DECEMBER)
    charge = Charge.objects.get()
    charge.pk = None
    charge.save(force_insert=True)
    with pytest.raises(DatabaseError, match="line_charged_once"), transaction.atomic():
        LineCharge.objects.create(line=line, charge=charge, period=DateRange(date(2027, 11, 30), DECEMBER))


@pytest.mark.django_db(transaction=True)
def test_charged_by_many_at_once() -> None:
    site = site_billing_from(date(2027, 10, 1))
    for _n in range(4):
        let(site, date(2026, 1, 1))
    outcomes = together(*(lambda: charge_contracts([site.pk], DECEMBER) for _n in range(5)))
    assert errors(outcomes) == []
    assert sorted(outcomes) == [0, 0, 0, 0, 8]


@given(
    whole=st.decimals(min_value=0, max_value=10**7, places=2),
    of=st.integers(28, 366),
    cuts=st.lists(st.integers(1, 365), max_size=12),
)
@settings(deadline=None)
def test_the_parts_of_a_period_are_its_whole(whole: Decimal, of: int, cuts: list[int]) -> None:
    edges = sorted({0, of, *(cut for cut in cuts if cut < of)})
    parts = [prorated(whole, end - start, start, of) for start, end in pairwise(edges)]
    assert sum(parts) == whole
    assert all(part >= 0 for part in parts)


@pytest.mark.parametrize(
    ("days", "before", "of"), [(0, 0, 30), (31, 0, 30), (1, 30, 30), (-1, 3, 30), (1, -1, 30)]
)
def test_days_that_are_not_within(days: int, before: int, of: int) -> None:
    with pytest.raises(ValueError):
        prorated(Decimal(100), days, before, of)
