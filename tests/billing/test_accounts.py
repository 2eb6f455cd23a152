"""The journal, VAT due on receipts, and months that are closed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fondouk.billing.actions import Uncreditable, close_month, settle_oldest
from fondouk.billing.actions import reverse as take_back
from fondouk.billing.enums import AccountRole, Means, Nature
from fondouk.billing.models import Account, Closing, Customer, Invoice, Payment, Settlement
from fondouk.billing.queries import account_of, deferred_income, journal, statement, vat_due
from fondouk.sites.enums import Role
from tests.factories import PersonFactory, staff
from tests.factories.billing import billed_site, credited, customer, issued, received, vat

TODAY = timezone.localdate()
EVER = (date(2000, 1, 1), date(2100, 1, 1))


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


def balances(operator: int) -> dict[str, Decimal]:
    """By whose it is, what the account of customers says they owe."""
    found: dict[str, Decimal] = defaultdict(Decimal)
    for row in journal(operator, *EVER):
        if row.role == AccountRole.CUSTOMERS:
            found[row.auxiliary] += row.debit - row.credit
    return found


def check(operator: int) -> None:
    """Every piece is balanced, and what the journal says customers owe is what their accounts say."""
    pieces: dict[str, Decimal] = defaultdict(Decimal)
    for row in journal(operator, *EVER):
        assert row.debit >= 0 and row.credit >= 0 and bool(row.debit) != bool(row.credit)
        pieces[row.piece] += row.debit - row.credit
    assert set(pieces.values()) <= {0}
    owed = balances(operator)
    for one in Customer.objects.all():
        account = account_of(one, TODAY)
        assert owed.get(f"C{one.pk:06d}", 0) == account.balance
        movements = statement(one)
        assert (movements[-1].balance if movements else 0) == account.balance


@pytest.mark.django_db
class TestTheJournal:
    def test_sales_tax_deposits_and_means(self) -> None:
        site, to = billed_site(), customer()
        operator = site.operatorships.get().operator_id
        invoice = issued(to, site, 1000)
        issued(to, site, 3000, nature=Nature.DEPOSIT, vat_code=vat("DEPOT").pk)
        received(to, site, 600, {invoice.pk: 600}, means=Means.CASH)
        sums: dict[str, Decimal] = defaultdict(Decimal)
        for row in journal(operator, *EVER):
            sums[row.account] += row.debit - row.credit
        assert sums == {
            "3421": Decimal(3600), "7127": Decimal(-1000), "4455": Decimal(-200), "1486": Decimal(-3000),
            "5161": Decimal("601.50"), "4458": Decimal("-1.50"),
        }  # fmt: skip
        check(operator)

    @settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
    @given(data=st.data())
    def test_balances_equal_the_journal_whatever_happens(self, data: st.DataObject) -> None:
        with transaction.atomic():
            site, to, by = billed_site(), customer(), PersonFactory()
            operator = site.operatorships.get().operator_id
            for _step in range(data.draw(st.integers(3, 9))):
                act = data.draw(st.sampled_from(["issue", "pay", "credit", "reverse", "settle"]))
                if act == "issue":
                    issued(
                        to,
                        site,
                        *data.draw(
                            st.lists(
                                st.integers(1, 500_000).map(lambda n: Decimal(n) / 100),
                                min_size=1,
                                max_size=3,
                            )
                        ),
                    )
                elif act == "pay":
                    payment = received(to, site, Decimal(data.draw(st.integers(1, 900_000))) / 100)
                    settle_oldest(payment, on=TODAY, by=None)
                elif act == "credit" and (
                    papers := list(Invoice.objects.issued().filter(credits=None, customer=to))
                ):
                    try:
                        credited(data.draw(st.sampled_from(papers)))
                    except Uncreditable:
                        continue
                elif act == "reverse" and (some := list(Payment.objects.standing().filter(customer=to))):
                    take_back(data.draw(st.sampled_from(some)), reason="Impayé", on=TODAY, by=by)
                elif act == "settle":
                    for payment in Payment.objects.standing().filter(customer=to, unsettled__gt=0):
                        settle_oldest(payment, on=TODAY, by=None)
            check(operator)
            transaction.set_rollback(True)


@pytest.mark.django_db
class TestVatOnReceipts:
    def test_the_months_of_an_invoice_add_up_to_its_tax(self) -> None:
        site, to = billed_site(), customer()
        operator = site.operatorships.get().operator_id
        with time_machine.travel("2026-11-05 10:00Z"):
            invoice = issued(to, site, "333.33")
        months = [(date(2026, month, 1), date(2026, month, 28)) for month in (10, 11, 12)]
        for amount, day in (
            ("100", "2026-11-10"),
            ("200", "2026-11-20"),
            (str(invoice.total - 300), "2026-12-03"),
        ):
            with time_machine.travel(f"{day} 10:00Z"):
                received(to, site, amount, {invoice.pk: amount})
        due = [vat_due(operator, *month) for month in months]
        assert due[0] == []
        assert [one.rate for one in due[1] + due[2]] == [20, 20]
        assert due[1][0].amount == Decimal("50.00")  # 300 of 400 paid of a tax of 66.67
        assert sum(one.amount for some in due for one in some) == invoice.vat
        assert sum(one.base for some in due for one in some) == invoice.net

    def test_neither_what_was_credited_nor_what_came_back(self) -> None:
        site, to = billed_site(), customer()
        operator = site.operatorships.get().operator_id
        credited(issued(to, site, 100))
        invoice = issued(to, site, 100)
        payment = received(to, site, 120, {invoice.pk: 120})
        assert [one.amount for one in vat_due(operator, *EVER)] == [20]
        take_back(payment, reason="Impayé", on=TODAY, by=PersonFactory())
        assert vat_due(operator, *EVER) == []


@pytest.mark.django_db
def test_deferred_income_is_the_share_of_the_days_to_come() -> None:
    site, to = billed_site(), customer()
    operator = site.operatorships.get().operator_id
    with time_machine.travel("2026-11-05 10:00Z"):
        issued(to, site, 3000, period=(date(2026, 11, 1), date(2026, 12, 1)))
        year = issued(to, site, 3650, period=(date(2026, 11, 1), date(2027, 11, 1)))
    assert deferred_income(operator, date(2026, 11, 4)) == 0
    assert deferred_income(operator, date(2026, 11, 20)) == 1000 + 3450
    assert deferred_income(operator, date(2026, 11, 30)) == 3350
    with time_machine.travel("2026-12-05 10:00Z"):
        credited(year)
    assert deferred_income(operator, date(2026, 12, 31)) == 0
    assert deferred_income(operator, date(2027, 11, 1)) == 0


@pytest.mark.django_db
class TestClosing:
    def _closed(self) -> tuple[Customer, object, Invoice]:
        site, to = billed_site(), customer()
        with time_machine.travel("2026-10-15 10:00Z"):
            invoice = issued(to, site, 100)
        with time_machine.travel("2026-11-03 10:00Z"):
            close_month(invoice.operator, date(2026, 10, 1), by=PersonFactory())
        return to, site, invoice

    def test_nothing_is_dated_in_it_any_more(self) -> None:
        to, site, invoice = self._closed()
        with pytest.raises(ValidationError, match="closed"):
            received(to, site, 10, received_on=date(2026, 10, 31))  # type: ignore[arg-type]
        payment = received(to, site, 120, {invoice.pk: 120})  # type: ignore[arg-type]
        with pytest.raises(DatabaseError, match="closed"), transaction.atomic():
            Settlement.objects.create(
                invoice=invoice, payment=payment, amount=Decimal(1), on=date(2026, 10, 1)
            )
        with pytest.raises(DatabaseError), transaction.atomic():
            Closing.objects.all().delete()

    def test_what_cannot_be_closed(self) -> None:
        _to, _site, invoice = self._closed()
        by = PersonFactory()
        for month, said in (
            (date(2026, 10, 1), "already"),
            (date(2026, 9, 1), "already"),
            (TODAY, "not ended"),
        ):
            with pytest.raises(ValidationError, match=said):
                close_month(invoice.operator, month, by=by)

    def test_another_operator_is_free(self) -> None:
        self._closed()
        received(customer(), billed_site(), 10, received_on=date(2026, 10, 31))


@pytest.mark.django_db
def test_the_screen_of_accounts(client: Client) -> None:
    site, to = billed_site(), customer()
    operator = site.operatorships.get().operator
    invoice = issued(to, site, 1000)
    received(to, site, 1200, {invoice.pk: 1200})
    client.force_login(staff(Role.FINANCE))
    month = f"{TODAY:%Y-%m}"
    page = client.get(reverse("accounts") + f"?operator={operator.pk}&month={month}").content.decode()
    assert "7127" in page and "200" in page
    sheet = client.get(
        reverse("journal_export", args=["csv"]) + f"?operator={operator.pk}&month={month}"
    ).content.decode()
    assert str(invoice.reference) in sheet and "3421" in sheet
    assert client.get(reverse("accounts") + "?operator=0&month=x").status_code == 200
    codes = {one.role: one.code for one in Account.objects.all()}
    assert client.post(reverse("account_codes"), {**codes, "rent": "7"}).status_code == 422
    client.post(reverse("account_codes"), {**codes, "rent": "71271"})
    assert Account.objects.get(role="rent").code == "71271"
    said = {"operator": operator.pk, "month": month}
    client.post(reverse("month_closing"), said)
    assert not Closing.objects.exists()
    before = (TODAY.replace(day=1) - timedelta(days=1)).strftime("%Y-%m")
    client.post(reverse("month_closing"), {**said, "month": before})
    assert Closing.objects.get().operator == operator
