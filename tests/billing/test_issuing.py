"""Issuing: numbers without a gap, papers that never change, each charge billed once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.db import DatabaseError, connection, transaction
from django.utils import timezone, translation

from fondouk.billing.actions import NotIssuable, Uncreditable, cancel_charge, credit, discard, draft, issue
from fondouk.billing.enums import Nature
from fondouk.billing.models import Charge, Counter, Invoice, InvoiceLine, InvoiceTax, Profile, VatRate
from fondouk.billing.queries import verify
from tests.factories import PersonFactory
from tests.factories.billing import billed_site, charged, credited, customer, drafted, issued, vat, wanted
from tests.threads import errors, together

ZERO = Decimal(0)


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


def faults() -> list[str]:
    return [fault.code for fault in verify().faults]


def checked() -> None:
    """What the database would look at when committing."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


@pytest.mark.django_db
class TestAnInvoice:
    def test_number_parties_totals_and_day(self) -> None:
        site, to = billed_site(), customer()
        invoice = issued(to, site, "1250.50", "99.99")
        year = timezone.localdate().year
        prefix = invoice.operator.invoice_prefix
        assert invoice.reference == f"{prefix}-{year}-00001"
        assert (invoice.net, invoice.vat, invoice.total) == (
            Decimal("1350.49"),
            Decimal("270.10"),
            Decimal("1620.59"),
        )
        assert invoice.due_on == timezone.localdate() + timedelta(days=60)
        assert invoice.seller is not None and invoice.seller["ice"] == invoice.operator.ice
        assert invoice.buyer is not None and invoice.buyer["name"] == to.company.identities.get().legal_name
        assert len(invoice.hash or "") == 64
        checked()
        assert faults() == []

    def test_each_series_counts_for_itself_and_carries_on(self) -> None:
        site, to = billed_site(), customer()
        first, second = issued(to, site), issued(to, site)
        note = credited(first)
        deposit = issued(to, site, nature=Nature.DEPOSIT, vat_code=vat("DEPOT").pk)
        other = issued(to, billed_site())
        assert [one.number for one in (first, second, note, deposit, other)] == [1, 2, 1, 1, 1]
        assert second.previous_hash == first.hash
        assert note.reference and "-A" in note.reference
        assert deposit.reference and "-D" in deposit.reference
        assert deposit.vat == 0
        checked()
        assert faults() == []
        assert verify().papers == 5

    def test_a_new_year_begins_at_one_and_carries_on_the_chain(self) -> None:
        site, to = billed_site(), customer()
        with time_machine.travel("2026-12-30 10:00Z"):
            last = issued(to, site)
        with time_machine.travel("2027-01-02 10:00Z"):
            first = issued(to, site)
            assert (first.number, first.previous_hash) == (1, last.hash)
            checked()
            assert faults() == []
        with time_machine.travel("2026-12-31 10:00Z"), pytest.raises(NotIssuable, match="2027-01-02"):
            issued(to, site)

    def test_asked_twice_it_is_issued_once(self) -> None:
        site, to = billed_site(), customer()
        invoice = drafted(to, site)
        assert len(issue([invoice.pk], by=None)) == 1
        assert issue([invoice.pk], by=None) == []
        assert Counter.objects.get().last == 1

    def test_the_rate_is_that_of_the_day_it_is_issued(self) -> None:
        site, to = billed_site(), customer()
        invoice = drafted(to, site, 100)
        VatRate.objects.filter(code=vat()).update(rate=Decimal(21))
        (done,) = issue([invoice.pk], by=None)
        done.refresh_from_db()
        assert (done.vat, done.total) == (21, 121)
        assert faults() == []


@pytest.mark.django_db
class TestWhatIsRefused:
    def test_no_line(self) -> None:
        invoice = drafted(customer(), billed_site())
        invoice.lines.all().delete()
        with pytest.raises(NotIssuable, match="a line"):
            issue([invoice.pk], by=None)

    def test_an_operator_who_says_too_little(self) -> None:
        site = billed_site()
        invoice = drafted(customer(), site)
        operator = invoice.operator
        operator.ice = operator.tp = ""
        operator.save()
        with pytest.raises(NotIssuable) as refused:
            issue([invoice.pk], by=None)
        assert len(refused.value.problems) == 2
        Profile.objects.all().delete()
        with pytest.raises(NotIssuable):
            issue([invoice.pk], by=None)
        assert not Counter.objects.exists()

    def test_a_customer_without_an_address(self) -> None:
        to = customer(address="")
        with pytest.raises(NotIssuable, match="customer’s address"):
            issued(to, billed_site())

    def test_a_rate_that_nobody_has_told(self) -> None:
        site, to = billed_site(), customer()
        invoice = drafted(to, site)
        VatRate.objects.filter(code=vat()).delete()
        with pytest.raises(NotIssuable, match="VAT at 20"):
            issue([invoice.pk], by=None)
        row = charged(to, site)
        left = draft([row.pk], day=timezone.localdate(), by=None)
        assert (left.invoices, left.unrated) == ([], [row])

    def test_below_zero(self) -> None:
        with pytest.raises(NotIssuable, match="credit note"):
            issued(customer(), billed_site(), quantity=Decimal(-1))

    def test_one_of_many_leaves_the_others_without_a_number(self) -> None:
        site = billed_site()
        good, bad = drafted(customer(), site), drafted(customer(address=""), site)
        with pytest.raises(NotIssuable):
            issue([good.pk, bad.pk], by=None)
        good.refresh_from_db()
        assert good.number is None
        assert not Counter.objects.exists()


def refused(sql: str, *params: Any) -> str:
    """The name of the constraint by which the database refuses it."""
    with pytest.raises(DatabaseError) as error, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, params)
        checked()
    return str(error.value.__cause__.diag.constraint_name)  # type: ignore[union-attr]


@pytest.mark.django_db
class TestTheDatabaseForbids:
    def test_changing_or_removing_what_is_issued(self) -> None:
        invoice = issued(customer(), billed_site())
        for sql in (
            "UPDATE billing_invoice SET note = 'x' WHERE id = %s",
            "UPDATE billing_invoice SET number = NULL WHERE id = %s",
            "UPDATE billing_invoiceline SET label = 'x' WHERE invoice_id = %s",
            "DELETE FROM billing_invoiceline WHERE invoice_id = %s",
            "UPDATE billing_invoicetax SET amount = 0 WHERE invoice_id = %s",
            "DELETE FROM billing_invoicetax WHERE invoice_id = %s",
            "DELETE FROM billing_invoice WHERE id = %s",
        ):
            assert refused(sql, invoice.pk) == "invoice_issued_for_ever", sql

    def test_adding_a_line_to_what_is_issued(self) -> None:
        site, to = billed_site(), customer()
        invoice, row = issued(to, site), charged(to, site)
        line = InvoiceLine.objects.get(invoice=invoice)
        line.pk, line.charge, line.position = None, row, 9
        with pytest.raises(DatabaseError, match="never changes"), transaction.atomic():
            line.save(force_insert=True)

    def test_a_number_out_of_nowhere(self) -> None:
        invoice = drafted(customer(), billed_site())
        sql = """UPDATE billing_invoice SET number = 1, year = 2026, reference = 'X-1', issued_on = '2026-11-28',
                 due_on = '2026-11-28', issued_at = now(), seller = '{}', buyer = '{}', hash = 'h' WHERE id = %s"""
        assert refused(sql, invoice.pk) == "invoice_number_comes_from_its_series"

    def test_a_gap(self) -> None:
        issued(customer(), billed_site())
        checked()
        assert refused("UPDATE billing_counter SET last = last + 1") == "series_without_gap"
        assert refused("UPDATE billing_counter SET last = last - 1") == "series_goes_forward"
        assert refused("DELETE FROM billing_counter") != ""

    def test_billing_a_charge_twice(self) -> None:
        site, to = billed_site(), customer()
        invoice = drafted(to, site)
        line = InvoiceLine.objects.get(invoice=invoice)
        line.pk, line.position = None, 2
        with pytest.raises(DatabaseError, match="charge_billed_once"), transaction.atomic():
            line.save(force_insert=True)

    def test_billing_it_to_another_or_for_another_amount(self) -> None:
        site, to = billed_site(), customer()
        row, invoice = charged(to, site, 70), drafted(customer(), site, 100)
        line = InvoiceLine.objects.get(invoice=invoice)
        line.pk, line.position, line.charge = None, 2, row
        for net in (70, 100):
            line.net = line.unit_price = Decimal(net)
            with pytest.raises(DatabaseError, match="bills its charge"), transaction.atomic():
                line.save(force_insert=True)

    def test_changing_a_charge(self) -> None:
        row = charged(customer(), billed_site())
        with pytest.raises(DatabaseError), transaction.atomic():
            Charge.objects.filter(pk=row.pk).update(net=0)


@pytest.mark.django_db
class TestCharges:
    def test_a_cancelled_one_is_not_billed(self) -> None:
        site, to = billed_site(), customer()
        row = charged(to, site)
        cancel_charge(row, reason="Posée deux fois", by=PersonFactory())
        assert draft([row.pk], day=timezone.localdate(), by=None).invoices == []
        assert not Charge.objects.open().exists()

    def test_one_on_a_draft_is_not_cancelled_until_the_draft_is_thrown_away(self) -> None:
        site, to, by = billed_site(), customer(), PersonFactory()
        invoice = drafted(to, site)
        row = Charge.objects.get()
        with pytest.raises(Exception, match="draft"):
            cancel_charge(row, reason="Erreur", by=by)
        discard(invoice, by=by)
        assert Charge.objects.open().get() == row
        cancel_charge(row, reason="Erreur", by=by)

    def test_a_draft_for_each_customer_site_and_kind_of_paper(self) -> None:
        here, there, one, two = billed_site(), billed_site(), customer(), customer()
        rows = [
            charged(one, here),
            charged(one, here, 5),
            charged(one, there),
            charged(two, here),
            charged(two, here, nature=Nature.DEPOSIT, vat_code=vat("DEPOT").pk),
        ]
        found = draft([row.pk for row in rows], day=timezone.localdate(), by=None).invoices
        assert sorted(one.lines.count() for one in found) == [1, 1, 1, 2]


@pytest.mark.django_db
class TestCreditNotes:
    def test_in_parts_they_come_to_zero_to_the_centime(self) -> None:
        invoice = issued(customer(), billed_site(), "33.33", "66.68")
        lines = list(invoice.lines.order_by("position"))
        notes = [
            credited(invoice, {lines[0].pk: Decimal("11.11")}),
            credited(invoice, {lines[0].pk: Decimal("22.22"), lines[1].pk: Decimal("0.03")}),
            credited(invoice),
        ]
        assert sum(note.net for note in notes) == invoice.net
        assert sum(note.vat for note in notes) == invoice.vat
        checked()
        assert faults() == []

    def test_no_more_than_was_billed(self) -> None:
        invoice = issued(customer(), billed_site(), 100)
        (line,) = invoice.lines.all()
        by = PersonFactory()
        for amounts in ({line.pk: Decimal("100.01")}, {line.pk: Decimal(-1)}, {0: Decimal(1)}):
            with pytest.raises(Uncreditable):
                credit(invoice, reason="Erreur", by=by, amounts=amounts)
        credit(invoice, reason="Erreur", by=by, amounts={line.pk: Decimal(60)})
        with pytest.raises(Uncreditable):
            credit(invoice, reason="Erreur", by=by, amounts={line.pk: Decimal(50)})
        credit(invoice, reason="Erreur", by=by)
        with pytest.raises(Uncreditable, match="Nothing is left"):
            credit(invoice, reason="Erreur", by=by)

    def test_neither_a_draft_nor_a_credit_note_is_credited(self) -> None:
        site, to, by = billed_site(), customer(), PersonFactory()
        invoice = issued(to, site)
        note = credited(invoice)
        for one in (drafted(to, site), note):
            with pytest.raises(Uncreditable):
                credit(one, reason="Erreur", by=by)
        with pytest.raises(Uncreditable):
            credit(issued(to, site), reason="  ", by=by)


@pytest.mark.django_db
class TestVerification:
    @pytest.mark.parametrize(
        ("sql", "code"),
        [
            ("UPDATE billing_invoice SET note = 'Faux' WHERE number = 2", "changed"),
            ("UPDATE billing_invoiceline SET label = 'Faux' WHERE invoice_id = {second}", "changed"),
            ("UPDATE billing_invoicetax SET amount = amount + 1 WHERE invoice_id = {second}", "totals"),
            ("UPDATE billing_invoice SET number = 9 WHERE number = 2", "gap"),
            ("UPDATE billing_counter SET last_hash = 'x'", "chain"),
            ("UPDATE billing_counter SET seed = 'x'", "seed"),
            ("UPDATE billing_counter SET last = 4", "gap"),
        ],
    )
    def test_what_was_changed_behind_the_triggers_is_found(self, sql: str, code: str) -> None:
        site, to = billed_site(), customer()
        _first, second, _third = [issued(to, site) for _n in range(3)]
        assert faults() == []
        checked()
        with connection.cursor() as cursor:
            for table in ("invoice", "invoiceline", "invoicetax", "counter"):
                cursor.execute(f"ALTER TABLE billing_{table} DISABLE TRIGGER USER")
            cursor.execute(sql.format(second=second.pk))
        assert code in faults()


@pytest.mark.django_db(transaction=True)
class TestAtOnce:
    def test_many_issue_at_once(self) -> None:
        site = billed_site()
        drafts = [drafted(customer(), site) for _n in range(12)]
        outcomes = together(*(lambda pk=one.pk: issue([pk], by=None) for one in drafts))
        assert errors(outcomes) == []
        assert sorted(Invoice.objects.values_list("number", flat=True)) == list(range(1, 13))
        assert faults() == []

    def test_one_draft_issued_by_many(self) -> None:
        site = billed_site()
        one = drafted(customer(), site)
        outcomes = together(*(lambda: issue([one.pk], by=None) for _n in range(6)))
        assert errors(outcomes) == []
        assert sorted(len(done) for done in outcomes) == [0] * 5 + [1]
        assert faults() == []

    def test_one_charge_drafted_by_many(self) -> None:
        site, to = billed_site(), customer()
        row = charged(to, site)
        outcomes = together(*(lambda: draft([row.pk], day=date(2026, 11, 28), by=None) for _n in range(6)))
        assert errors(outcomes) == []
        assert InvoiceLine.objects.count() == 1
        assert Invoice.objects.count() == 1
        assert InvoiceTax.objects.count() == 1

    def test_cancelled_while_it_is_drafted(self) -> None:
        site, to, by = billed_site(), customer(), PersonFactory()
        for _n in range(8):
            row = charged(to, site)
            together(
                lambda row=row: cancel_charge(row, reason="Erreur", by=by),
                lambda row=row: draft([row.pk], day=date(2026, 11, 28), by=None),
            )
            assert row.lines.exists() != hasattr(Charge.objects.get(pk=row.pk), "cancellation")

    def test_credited_by_many_no_more_than_was_billed(self) -> None:
        invoice = issued(customer(), billed_site(), 100)
        (line,) = invoice.lines.all()
        by = PersonFactory()
        together(
            *(
                lambda: credit(invoice, reason="Erreur", by=by, amounts={line.pk: Decimal(40)})
                for _n in range(5)
            )
        )
        assert sum(InvoiceLine.objects.filter(credits=line).values_list("net", flat=True)) == 80


@pytest.mark.django_db
def test_what_is_wanted_by_hand_is_checked() -> None:
    from django.core.exceptions import ValidationError

    from fondouk.billing.actions import charge

    site, to, by = billed_site(), customer(), PersonFactory()
    for values, place in (
        ({"labels": {"fr": " "}}, "label"),
        ({"quantity": ZERO}, "quantity"),
        ({"discount": Decimal(101)}, "discount"),
    ):
        with pytest.raises(ValidationError) as refusal:
            charge(wanted(to, site, **values), by=by)
        assert place in refusal.value.message_dict
    assert charge(wanted(to, site), by=by).net == 100
