"""A bank's file: understood, read once, and each sum laid beside what it may pay."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import translation

from fondouk.billing import bank
from fondouk.billing.actions import accept, accept_certain, bring_file, dismiss, read_file, reopen
from fondouk.billing.actions import reverse as reverse_payment
from fondouk.billing.models import Balance, BankLine, BankStatement, Payment
from fondouk.billing.queries import propose
from fondouk.sites.enums import Role
from tests.factories import CompanyFactory, LegalIdentityFactory, PersonFactory, staff
from tests.factories.billing import BANK_CSV, bank_file, bank_lines, billed_site, customer, issued
from tests.threads import errors, together


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


def named(name: str) -> Any:
    company = CompanyFactory(name=name)
    LegalIdentityFactory(company=company)
    return customer(company)


class TestUnderstanding:
    def test_headers_below_a_banner(self) -> None:
        rows = [
            ["BANQUE D’ESSAI"],
            [],
            ["Date opération", "Libellé", "Débit", "Crédit"],
            ["02/11/2026", "VIR", None, "5"],
        ]
        assert bank.find_header(rows) == 2
        assert bank.guess(rows[2]) == {"date": "Date opération", "label": "Libellé", "credit": "Crédit"}

    def test_one_column_of_amounts(self) -> None:
        headers = ["Date", "Description", "Montant", "N° opération"]
        found = bank.guess(headers)
        assert found == {
            "date": "Date",
            "label": "Description",
            "amount": "Montant",
            "reference": "N° opération",
        }
        rows = [headers, ["2/11/2026", "Frais", "-12,50", ""], ["3/11/2026", "VIR ATLAS", "1 200,00", "77"]]
        read = bank.read(rows, 0, found)
        assert [(one.row, one.label, one.amount, one.reference) for one in read.came] == [
            (3, "VIR ATLAS", Decimal(1200), "77")
        ]
        assert read.passed_over == 1

    def test_what_cannot_be_read_is_named_by_its_row(self) -> None:
        headers = ["Date", "Libellé", "Crédit"]
        rows = [
            headers,
            ["hier", "VIR", "5"],
            ["2/11/2026", "VIR", "cinq"],
            [None, "Solde", "900"],
            ["2/11/2026", "VIR"],
        ]
        read = bank.read(rows, 0, bank.guess(headers))
        assert [(one.row, one.code, one.value) for one in read.unread] == [
            (2, "date", "hier"),
            (3, "amount", "cinq"),
        ]
        assert (read.came, read.passed_over) == ([], 2)

    def test_two_that_look_alike_are_two(self) -> None:
        headers = ["Date", "Libellé", "Crédit"]
        row = ["2/11/2026", "VIR", "5"]
        came = bank.read([headers, row, row], 0, bank.guess(headers)).came
        assert len({one.fingerprint for one in came}) == 2
        assert came[0].fingerprint == bank.read([headers, row], 0, bank.guess(headers)).came[0].fingerprint


@pytest.mark.django_db
class TestReading:
    def test_a_file_once_and_what_overlaps_once(self) -> None:
        operator = billed_site().operatorships.get().operator
        bank_lines(operator, ("VIR A", "10,00"), ("VIR B", "20,00"))
        with pytest.raises(ValidationError, match="already"):
            bank_lines(operator, ("VIR A", "10,00"), ("VIR B", "20,00"))
        bank_lines(operator, ("VIR B", "20,00"), ("VIR C", "30,00"))
        assert sorted(BankLine.objects.values_list("label", flat=True)) == ["VIR A", "VIR B", "VIR C"]
        assert BankStatement.objects.first().known == 1  # type: ignore[union-attr]

    def test_nothing_is_written_of_a_file_with_a_row_that_cannot_be_read(self) -> None:
        operator = billed_site().operatorships.get().operator
        with pytest.raises(ValidationError, match="Row 3"):
            bank_lines(operator, ("VIR A", "10,00"), ("VIR B", "vingt"))
        assert not BankLine.objects.exists()

    def test_another_layout_and_a_file_in_which_nothing_came(self) -> None:
        operator, by = billed_site().operatorships.get().operator, PersonFactory()
        statement = bank_file(operator)
        rows = [["Date", "Texte", "Crédit"], ["2/11/2026", "VIR", "-3"]]
        with pytest.raises(ValidationError) as refusal:
            read_file(statement, rows, 0, {"date": "Date", "label": "Libellé", "credit": "Crédit"}, by=by)
        assert "label" in refusal.value.message_dict
        with pytest.raises(ValidationError, match="No sum"):
            read_file(statement, rows, 0, {"date": "Date", "label": "Texte", "credit": "Crédit"}, by=by)

    def test_the_database_keeps_what_the_bank_said(self) -> None:
        (line,) = bank_lines(billed_site().operatorships.get().operator, ("VIR", "10"))
        with pytest.raises(DatabaseError), transaction.atomic():
            BankLine.objects.filter(pk=line.pk).update(amount=99)


@pytest.mark.django_db
class TestMatching:
    def _best(self, label: str, amount: Any, *, site: Any) -> Any:
        operator = site.operatorships.get().operator
        turn = "abcdefgh"[BankLine.objects.count()]  # or it would be the same sum, told once more
        (line,) = bank_lines(operator, (f"{label} {turn}", str(amount).replace(".", ",")))
        return next(iter(propose([line], operator.pk)[line.pk]), None)

    def test_by_the_reference_however_it_is_written(self) -> None:
        site, to = billed_site(), named("Khettara")
        invoice, _other = issued(to, site, 100), issued(named("Fanous"), site, 100)
        reference = str(invoice.reference)
        year, number = invoice.year, invoice.number
        for said in (
            reference,
            reference.replace("-", " "),
            f"VIR {year}{number:05d}",
            f"FACT {year}/{number}",
        ):
            found = self._best(said, 120, site=site)
            assert (found.customer, found.parts) == (to.pk, {invoice.pk: 120}), said
        assert self._best(f"VIR KHETTARA {reference}", 120, site=site).is_certain

    def test_one_transfer_for_many_in_part_and_over(self) -> None:
        site, to = billed_site(), named("Khettara")
        first, second = issued(to, site, 100), issued(to, site, 200)
        both = f"{first.reference} {second.reference}"
        assert self._best(both, 360, site=site).parts == {first.pk: 120, second.pk: 240}
        assert self._best(both, 150, site=site).parts == {first.pk: 120, second.pk: 30}
        assert self._best(both, 400, site=site).parts == {first.pk: 120, second.pk: 240}
        assert not self._best(both, 150, site=site).is_certain

    def test_less_the_tax_withheld(self) -> None:
        site, to = billed_site(), named("Khettara")
        invoice = issued(to, site, 1000)
        found = self._best(f"{invoice.reference}", 1150, site=site)
        assert "withheld" in found.codes
        assert found.parts == {invoice.pk: 1150}

    def test_by_name_and_amount(self) -> None:
        site, to = billed_site(), named("Atlas Conseil")
        first, second = issued(to, site, 100), issued(to, site, 200)
        issued(named("Fanous"), site, 100)
        assert self._best("VIREMENT RECU DE STE ATLAS CONSEIL SARL", 240, site=site).parts == {second.pk: 240}
        assert self._best("ATLAS CONSEIL", 360, site=site).parts == {first.pk: 120, second.pk: 240}
        assert self._best("CONSEIL DE LA VILLE", 17, site=site) is None

    def test_by_an_amount_that_only_one_has(self) -> None:
        site = billed_site()
        invoice = issued(named("Khettara"), site, "777.77")
        found = self._best("VIREMENT 000123", invoice.total, site=site)
        assert found.parts == {invoice.pk: invoice.total}
        assert not found.is_certain

    def test_nothing_of_another_operator(self) -> None:
        there = billed_site()
        invoice = issued(named("Khettara"), there, 100)
        assert self._best(str(invoice.reference), 120, site=billed_site()) is None


@pytest.mark.django_db
class TestAccepting:
    def test_what_is_certain_at_once_and_the_rest_waits(self) -> None:
        site = billed_site()
        operator, by = site.operatorships.get().operator, PersonFactory()
        invoices = [issued(named(f"Société{letter * 3}"), site, 100) for letter in "abc"]
        bank_lines(
            operator, *((f"VIR {one.reference}", "120,00") for one in invoices[:2]), ("VIR INCONNU", "5,00")
        )
        assert accept_certain(operator, by=by) == 2
        assert accept_certain(operator, by=by) == 0
        assert [Balance.objects.get(pk=one.pk).remaining for one in invoices] == [0, 0, 120]
        assert BankLine.objects.open().get().label == "VIR INCONNU"

    def test_said_once_and_taken_back(self) -> None:
        site, to = billed_site(), named("Khettara")
        invoice, by = issued(to, site, 100), PersonFactory()
        (line,) = bank_lines(site.operatorships.get().operator, ("VIR", "150,00"))
        accept(line, to, {invoice.pk: Decimal(120)}, by=by)
        for act in (lambda: accept(line, to, {}, by=by), lambda: dismiss(line, reason="Autre", by=by)):
            with pytest.raises(ValidationError, match="already"):
                act()
        assert Payment.objects.get().unsettled == 30
        reopen(line, by=by)
        assert Balance.objects.get(pk=invoice.pk).remaining == 120
        line.refresh_from_db()
        with pytest.raises(ValidationError, match="why"):
            dismiss(line, reason=" ", by=by)
        dismiss(line, reason="Subvention", by=by)
        assert not BankLine.objects.open().exists()

    def test_what_was_no_payment_waits_to_be_matched_again(self) -> None:
        site, to = billed_site(), named("Khettara")
        (line,) = bank_lines(site.operatorships.get().operator, ("VIR", "150,00"))
        payment = accept(line, to, {}, by=None)
        reverse_payment(payment, reason="Autre client", on=payment.received_on, by=PersonFactory())
        assert BankLine.objects.open().get() == line
        accept(line, named("Fanous"), {}, by=None)
        assert not BankLine.objects.open().exists()

    def test_somebody_elses_invoice_leaves_it_open(self) -> None:
        site = billed_site()
        invoice = issued(named("Fanous"), site, 100)
        (line,) = bank_lines(site.operatorships.get().operator, ("VIR", "150,00"))
        with pytest.raises(ValidationError), transaction.atomic():
            accept(line, named("Khettara"), {invoice.pk: Decimal(10)}, by=None)
        assert BankLine.objects.open().exists()
        assert not Payment.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_two_accept_the_same() -> None:
    site, to = billed_site(), named("Khettara")
    invoice = issued(to, site, 100)
    (line,) = bank_lines(site.operatorships.get().operator, ("VIR", "120,00"))
    outcomes = together(*(lambda: accept(line, to, {invoice.pk: Decimal(120)}, by=None) for _n in range(4)))
    assert len(errors(outcomes)) == 3
    assert Payment.objects.count() == 1


@pytest.mark.django_db
class TestScreens:
    def test_brought_mapped_matched_and_the_mapping_remembered(self, client: Client) -> None:
        site = billed_site()
        operator = site.operatorships.get().operator
        client.force_login(staff(Role.FINANCE))
        to = named("Khettara")
        invoice = issued(to, site, 100)

        def bring(text: str) -> Any:
            upload = SimpleUploadedFile("releve.csv", text.encode(), content_type="text/csv")
            return client.post(reverse("bank"), {"operator": operator.pk, "upload": upload})

        answer = bring(
            BANK_CSV + f"02/11/2026;;VIR {invoice.reference};;;120,00;\n03/11/2026;;VIR INCONNU;;;7,00;\n"
        )
        statement = BankStatement.objects.get()
        there = reverse("bank_file", args=[statement.pk])
        assert answer.url == there
        page = client.get(there)
        assert page.context["form"].initial["credit"] == "Crédit"
        assert client.post(there, {"date": "Date opération", "label": ""}).status_code == 422
        columns = {"date": "Date opération", "label": "Libellé", "credit": "Crédit"}
        assert client.post(there, columns).status_code == 302
        page = client.get(reverse("bank")).content.decode()
        assert str(invoice.reference) in page and "certain" in page
        line, other = BankLine.objects.order_by("on")
        client.post(reverse("bank_acceptance", args=[line.pk]), {"customer": "0"})
        assert not Payment.objects.exists()
        client.post(reverse("bank_certain", args=[operator.pk]))
        assert Balance.objects.get(pk=invoice.pk).remaining == 0
        assert bring(BANK_CSV + "04/11/2026;;VIR AUTRE;;;9,00;\n").url == reverse("bank")
        assert BankLine.objects.count() == 3
        assert client.post(reverse("bank_customer", args=[other.pk]), {"customer": to.pk}).status_code == 302
        assert Payment.objects.get(amount=7).unsettled == 7
        assert bring("Jour;Texte;Somme\n1/1/2026;VIR;5\n").url.startswith("/en/billing/bank/files/")
        assert bring(BANK_CSV + "04/11/2026;;VIR;;;neuf;\n").status_code == 422
        assert bring("").status_code == 422
        assert client.get(reverse("bank")).status_code == 200

    def test_put_aside_and_brought_back(self, client: Client) -> None:
        site = billed_site()
        client.force_login(staff(Role.FINANCE))
        (line,) = bank_lines(site.operatorships.get().operator, ("VIR", "10,00"))
        there = reverse("bank_dismissal", args=[line.pk])
        assert client.post(there, {"reason": ""}).status_code == 422
        client.post(there, {"reason": "Subvention"})
        assert not BankLine.objects.open().exists()
        client.post(reverse("bank_reopening", args=[line.pk]))
        assert BankLine.objects.open().get() == line


def test_dates_of_a_spreadsheet_and_of_the_second_line() -> None:
    from datetime import date

    rows = [["Date", "Libellé", "Crédit"], [date(2026, 11, 2), "VIR\nATLAS", 12.5]]
    (came,) = bank.read(rows, 0, bank.guess(rows[0])).came
    assert (came.on, came.label, came.amount) == (date(2026, 11, 2), "VIR ATLAS", Decimal("12.50"))
    assert came.on + timedelta(days=0) == came.on


@pytest.mark.django_db
def test_a_file_of_another_kind_is_refused() -> None:
    from fondouk.files.actions import FileRefused

    operator = billed_site().operatorships.get().operator
    with pytest.raises(FileRefused):
        bring_file(operator, SimpleUploadedFile("a.pdf", b"%PDF-1.7"), by=PersonFactory())
