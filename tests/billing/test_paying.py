"""Payments: what is left is never below zero, nothing is paid twice, and what was taken back is due again."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection, transaction
from django.utils import timezone, translation

from fondouk.billing.actions import reverse, settle, settle_oldest, unsettle
from fondouk.billing.enums import Means, Nature
from fondouk.billing.models import Balance, Invoice, Payment, Settlement
from fondouk.billing.signals import invoice_paid, invoice_unpaid
from tests.factories import PersonFactory
from tests.factories.billing import billed_site, credited, customer, drafted, issued, received
from tests.threads import errors, together


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


def left(*rows: Invoice | Payment) -> list[Decimal]:
    return [
        Balance.objects.get(pk=row.pk).remaining
        if isinstance(row, Invoice)
        else Payment.objects.get(pk=row.pk).unsettled
        for row in rows
    ]


def refused(act: Any) -> str:
    with pytest.raises(ValidationError) as refusal:
        act()
    return " ".join(refusal.value.messages)


@pytest.mark.django_db
class TestReceiving:
    def test_in_parts_over_and_for_many(self) -> None:
        site, to = billed_site(), customer()
        first, second = issued(to, site, 100), issued(to, site, 200)
        assert left(first, second) == [120, 240]
        one = received(to, site, 50, {first.pk: 50})
        two = received(to, site, 400, {first.pk: 70, second.pk: 240})
        assert left(first, second, one, two) == [0, 0, 0, 90]
        assert Balance.objects.get(pk=second.pk).settled_on == timezone.localdate()

    def test_the_oldest_first_as_far_as_it_goes(self) -> None:
        site, to = billed_site(), customer()
        first, second = issued(to, site, 100), issued(to, site, 200)
        payment = received(to, site, 150)
        settle_oldest(payment, on=timezone.localdate(), by=None)
        assert left(first, second, payment) == [0, 210, 0]

    @pytest.mark.parametrize(
        ("amount", "part", "said"),
        [("200", "121", "left to pay"), ("50", "60", "left of the payment"), ("50", "-5", "more than zero")],
    )
    def test_what_is_refused(self, amount: str, part: str, said: str) -> None:
        site, to = billed_site(), customer()
        invoice = issued(to, site, 100)
        with transaction.atomic():
            assert said in refused(lambda: received(to, site, amount, {invoice.pk: part}))
        assert not Payment.objects.exists()
        assert left(invoice) == [120]

    def test_nothing_negative_and_nobody_elses(self) -> None:
        site, to = billed_site(), customer()
        assert "more than zero" in refused(lambda: received(to, site, 0))
        theirs, elsewhere = issued(customer(), site), issued(to, billed_site())
        for invoice in (theirs, elsewhere):
            assert "another customer" in refused(lambda pk=invoice.pk: received(to, site, 10, {pk: 10}))
        assert "issued" in refused(lambda: received(to, site, 10, {drafted(to, site).pk: 10}))

    def test_the_signal_tells_when_nothing_is_left(self) -> None:
        site, to = billed_site(), customer()
        invoice, told = issued(to, site, 100), []

        def hear(invoice: Invoice, **_extra: Any) -> None:
            told.append(invoice.pk)

        invoice_paid.connect(hear)
        invoice_unpaid.connect(hear)
        try:
            received(to, site, 100, {invoice.pk: 100})
            assert told == []
            payment = received(to, site, 20, {invoice.pk: 20})
            assert told == [invoice.pk]
            reverse(payment, reason="Chèque impayé", on=timezone.localdate(), by=PersonFactory())
            assert told == [invoice.pk] * 2
        finally:
            invoice_paid.disconnect(hear)
            invoice_unpaid.disconnect(hear)


@pytest.mark.django_db
class TestCashAndTax:
    def test_stamp_duty_on_cash(self) -> None:
        site, to = billed_site(), customer()
        assert received(to, site, "1234.50", means=Means.CASH).duty == Decimal("3.09")
        assert received(to, site, "1234.50").duty == 0
        assert "cash" in refused(lambda: received(to, site, 10, duty=Decimal(1)))

    def test_a_certificate_settles_what_was_withheld(self) -> None:
        site, to = billed_site(), customer()
        invoice = issued(to, site, 1000)
        assert left(invoice) == [1200]
        received(to, site, 1150, {invoice.pk: 1150})
        withheld: dict[str, Any] = {"means": Means.WITHHELD, "reference": "RAS-7"}
        assert "certificate" in refused(
            lambda: received(to, site, 50, {invoice.pk: 50}, **{**withheld, "reference": " "})
        )
        assert "50.00" in refused(lambda: received(to, site, 40, {invoice.pk: 40}, **withheld))
        assert "which" in refused(lambda: received(to, site, 50, **withheld))
        received(to, site, 50, {invoice.pk: 50}, **withheld)
        assert left(invoice) == [0]

    def test_of_rents_alone(self) -> None:
        site, to = billed_site(), customer()
        invoice = issued(to, site, 1000, nature=Nature.SERVICE)
        assert "0.00" in refused(
            lambda: received(to, site, 50, {invoice.pk: 50}, means=Means.WITHHELD, reference="RAS-8")
        )


@pytest.mark.django_db
class TestTakenBack:
    def test_a_cheque_that_came_back(self) -> None:
        site, to, by = billed_site(), customer(), PersonFactory()
        first, second = issued(to, site, 100), issued(to, site, 200)
        payment = received(to, site, 300, {first.pk: 120, second.pk: 180}, means=Means.CHEQUE)
        assert "why" in refused(lambda: reverse(payment, reason=" ", on=timezone.localdate(), by=by))
        assert "later" in refused(lambda: reverse(payment, reason="Impayé", on=date(2020, 1, 1), by=by))
        reverse(payment, reason="Impayé", on=timezone.localdate(), by=by)
        assert left(first, second) == [120, 240]
        assert "taken back" in refused(lambda: reverse(payment, reason="Bis", on=timezone.localdate(), by=by))
        assert "taken back" in refused(
            lambda: settle(payment, {first.pk: Decimal(1)}, on=timezone.localdate(), by=by)
        )

    def test_a_settlement_is_taken_back_once(self) -> None:
        site, to = billed_site(), customer()
        invoice = issued(to, site, 100)
        payment = received(to, site, 120, {invoice.pk: 120})
        unsettle(Settlement.objects.get(), on=timezone.localdate(), by=None)
        assert left(invoice, payment) == [120, 120]
        for row in Settlement.objects.all():
            assert "already" in refused(lambda row=row: unsettle(row, on=timezone.localdate(), by=None))
        settle(payment, {invoice.pk: Decimal(100)}, on=timezone.localdate(), by=None)
        assert left(invoice, payment) == [20, 20]


@pytest.mark.django_db
class TestCreditNotes:
    def test_pays_its_own_invoice_first_and_then_others(self) -> None:
        site, to = billed_site(), customer()
        first, second = issued(to, site, 100), issued(to, site, 200)
        received(to, site, 100, {first.pk: 100})
        note = credited(first)
        assert left(first, note) == [0, 100]
        settle(note, {second.pk: Decimal(100)}, on=timezone.localdate(), by=None)
        assert left(second, note) == [140, 0]
        assert "left of the payment" in refused(
            lambda: settle(note, {second.pk: Decimal(1)}, on=timezone.localdate(), by=None)
        )


@pytest.mark.django_db
class TestTheDatabaseForbids:
    @pytest.mark.parametrize(
        "sql",
        [
            "UPDATE billing_balance SET remaining = 0",
            "DELETE FROM billing_balance",
            "UPDATE billing_payment SET unsettled = 1",
            "UPDATE billing_payment SET amount = 1000",
            "DELETE FROM billing_payment",
            "UPDATE billing_settlement SET amount = 1",
            "DELETE FROM billing_settlement",
            'INSERT INTO billing_settlement (invoice_id, payment_id, amount, "on", at) '
            "SELECT invoice_id, payment_id, 100, now(), now() FROM billing_settlement",
        ],
    )
    def test_what_follows_is_not_written_by_hand(self, sql: str) -> None:
        site, to = billed_site(), customer()
        invoice = issued(to, site, 100)
        received(to, site, 60, {invoice.pk: 50})
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)
        assert left(invoice) == [70]

    def test_paying_anothers_invoice(self) -> None:
        site = billed_site()
        invoice, payment = issued(customer(), site, 100), received(customer(), site, 60)
        with pytest.raises(DatabaseError, match="own customer"), transaction.atomic():
            Settlement.objects.create(
                invoice=invoice, payment=payment, amount=Decimal(5), on=date(2026, 11, 28)
            )


@pytest.mark.django_db(transaction=True)
class TestAtOnce:
    def test_many_pay_one_invoice(self) -> None:
        site, to = billed_site(), customer()
        invoice = issued(to, site, 100)
        outcomes = together(*(lambda: received(to, site, 50, {invoice.pk: 50}) for _n in range(6)))
        assert len(errors(outcomes)) == 4
        assert left(invoice) == [20]
        assert Payment.objects.count() == 2

    def test_one_payment_pays_many(self) -> None:
        site, to = billed_site(), customer()
        invoices = [issued(to, site, 100) for _n in range(4)]
        payment = received(to, site, 250)
        outcomes = together(
            *(
                lambda pk=one.pk: settle(payment, {pk: Decimal(100)}, on=timezone.localdate(), by=None)
                for one in invoices
            )
        )
        assert len(errors(outcomes)) == 2
        assert left(payment) == [50]

    def test_crosswise(self) -> None:
        site, to = billed_site(), customer()
        first, second = issued(to, site, 1000), issued(to, site, 1000)
        one, two = received(to, site, 1000), received(to, site, 1000)
        parts = {first.pk: Decimal(10), second.pk: Decimal(10)}
        outcomes = together(
            *(
                lambda source=source: settle(source, parts, on=timezone.localdate(), by=None)
                for source in (one, two) * 4
            )
        )
        assert errors(outcomes) == []
        assert left(first, second, one, two) == [1120, 1120, 920, 920]
