"""The screens of billing: a month from its beginning to what is sent, one invoice, payments, settings."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation
from pypdf import PdfReader

from fondouk.billing.models import (
    Balance,
    BillingRun,
    Charge,
    Customer,
    Invoice,
    InvoiceFile,
    NatureTax,
    Payment,
    Profile,
    VatCode,
)
from fondouk.billing.queries import account_of, review, statement
from fondouk.jobs.actions import run_job
from fondouk.jobs.models import Job, JobOutcome
from fondouk.mail.models import Message
from fondouk.sites.enums import Role
from tests.factories import ContractFactory, ContractLineFactory, hosted_company, owner_of, staff
from tests.factories.billing import billed_site, charged, credited, customer, drafted, issued, received, vat

TODAY = timezone.localdate()


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.fixture
def site() -> Any:
    return billed_site(code="casablanca", city="Casablanca")


@pytest.fixture
def finance(client: Client, site: Any) -> Client:
    client.force_login(staff(Role.FINANCE))
    return client


def work() -> JobOutcome:
    """What the last job did."""
    return run_job(Job.objects.latest("created_at").pk)


@pytest.mark.django_db
class TestAMonth:
    def _begun(self, finance: Client, site: Any) -> BillingRun:
        answer = finance.post(
            reverse("billing_runs"), {"month": TODAY.replace(day=1).isoformat(), "sites": [site.pk]}
        )
        run = BillingRun.objects.get()
        assert answer.url == reverse("billing_run", args=[run.pk])  # type: ignore[attr-defined]
        work()
        return run

    def test_drafted_looked_at_issued_and_sent(
        self, finance: Client, site: Any, django_capture_on_commit_callbacks: Any
    ) -> None:
        company = hosted_company(site, name="Khettara", email="compta@khettara.example")
        Profile.objects.update(begins_on=TODAY.replace(day=1))
        contract = ContractFactory(site=site, company=company, starts_on=date(2024, 1, 1))
        ContractLineFactory(contract=contract, rent=Decimal(3000))
        charged(customer(company), site, 50)
        run = self._begun(finance, site)
        page = finance.get(reverse("billing_run", args=[run.pk])).content.decode()
        assert "Khettara" in page
        assert "the customer’s ICE" not in page or "Missing" in page
        invoice = Invoice.objects.get()
        assert (invoice.net, invoice.lines.count()) == (3050, 2)
        finance.post(reverse("billing_run_drafts", args=[run.pk]))
        work()
        assert Invoice.objects.get() == invoice
        finance.post(reverse("billing_run_issue", args=[run.pk]))
        assert work().result["issued"] == 1
        assert Job.objects.latest("created_at").kind == "billing.make_files"
        assert work().result["made"] == 1
        finance.post(reverse("billing_run_sending", args=[run.pk]))
        with django_capture_on_commit_callbacks():
            assert work().result == {"run": run.pk, "sent": 1, "mute": 0}
        message = Message.objects.get(kind="billing.invoice")
        invoice.refresh_from_db()
        assert message.to == "compta@khettara.example"
        assert message.attachment == InvoiceFile.objects.get().stored
        assert invoice.reference and invoice.reference in message.subject
        finance.post(reverse("billing_run_sending", args=[run.pk]))
        assert work().result["sent"] == 0

    def test_one_that_cannot_be_issued_holds_the_others_and_says_why(
        self, finance: Client, site: Any
    ) -> None:
        charged(customer(address=""), site, 50)
        charged(customer(), site, 50)
        run = self._begun(finance, site)
        page = finance.get(reverse("billing_run", args=[run.pk]) + "?show=blocked").content.decode()
        assert "the customer’s address" in page
        finance.post(reverse("billing_run_issue", args=[run.pk]))
        outcome = work()
        assert "adresse" in outcome.result["problems"][0]["sentence"]  # in the language of whoever asked
        assert not Invoice.objects.issued().exists()

    def test_what_is_refused(self, finance: Client, site: Any) -> None:
        month = TODAY.replace(day=1).isoformat()
        assert finance.post(reverse("billing_runs"), {"month": month}).status_code == 422
        assert (
            finance.post(reverse("billing_runs"), {"month": "2020-13-01", "sites": [site.pk]}).status_code
            == 422
        )
        Profile.objects.update(begins_on=date(2090, 1, 1))
        answer = finance.post(reverse("billing_runs"), {"month": month, "sites": [site.pk]})
        assert "Nobody bills here yet" in answer.content.decode()
        assert not BillingRun.objects.exists()

    def test_the_review_explains_what_differs_from_last_month(self, site: Any) -> None:
        to = customer()
        before = BillingRun.objects.create(month=date(2026, 10, 1))
        now = BillingRun.objects.create(month=date(2026, 11, 1))
        for run, prices in ((before, {"a": 100, "b": 200, "c": 300}), (now, {"a": 100, "b": 250, "d": 40})):
            from fondouk.billing.actions import draft, issue

            rows = [charged(to, site, price, thread=thread) for thread, price in prices.items()]
            made = draft([row.pk for row in rows], day=TODAY, by=None, run=run)
            if run == before:
                issue([one.pk for one in made.invoices], by=None)
        (found,) = review(now)
        assert (found.before, found.change) == (600, -210)
        assert {(one.code, one.amount) for one in found.differences} == {
            ("changed", 50),
            ("gone", -300),
            ("new", 40),
        }
        assert any("fifth" in one.sentence for one in found.oddities)


@pytest.mark.django_db
class TestAnInvoice:
    def test_its_paper_and_its_data(self, finance: Client, site: Any) -> None:
        invoice = issued(customer(), site, 1000)
        page = finance.get(reverse("invoice", args=[invoice.pk])).content.decode()
        assert str(invoice.reference) in page
        answer = finance.get(reverse("invoice_paper", args=[invoice.pk]))
        reader = PdfReader(io.BytesIO(answer.content))
        assert "factur-x.xml" in reader.attachments
        assert str(invoice.reference) in reader.pages[0].extract_text()
        for form, word in (("ubl", b"CustomizationID"), ("cii", b"CrossIndustryInvoice")):
            assert word in finance.get(reverse("invoice_data", args=[invoice.pk, form])).content
        assert finance.get(reverse("invoice_data", args=[invoice.pk, "xls"])).status_code == 404

    def test_a_draft_is_issued_or_thrown_away(self, finance: Client, site: Any) -> None:
        one, two = drafted(customer(), site), drafted(customer(), site)
        assert finance.get(reverse("invoice_data", args=[one.pk, "ubl"])).status_code == 404
        assert b"%PDF" in finance.get(reverse("invoice_paper", args=[one.pk])).content
        finance.post(reverse("invoice_issue", args=[one.pk]))
        finance.post(reverse("invoice_discard", args=[two.pk]))
        finance.post(reverse("invoice_discard", args=[one.pk]))
        assert Invoice.objects.get() == one
        assert Charge.objects.open().count() == 1

    def test_sent_alone(self, finance: Client, site: Any) -> None:
        invoice = issued(customer(email="factures@fanous.example"), site)
        finance.post(reverse("invoice_sending", args=[invoice.pk]))
        assert invoice.sendings.get().to == "factures@fanous.example"
        mute = customer()
        mute.company.email = ""
        mute.company.save()
        finance.post(reverse("invoice_sending", args=[issued(mute, site).pk]))
        assert Message.objects.count() == 1

    def test_credited_in_part(self, finance: Client, site: Any) -> None:
        invoice = issued(customer(), site, 1000, 200)
        line = invoice.lines.order_by("position")[0]
        there = reverse("invoice_credit", args=[invoice.pk])
        assert finance.post(there, {f"line-{line.pk}": "1 000,01", "reason": "Trop"}).status_code == 422
        assert finance.post(there, {f"line-{line.pk}": "100"}).status_code == 422
        finance.post(there, {f"line-{line.pk}": "1 00,50".replace(" ", ""), "reason": "Surface"})
        note = Invoice.objects.get(credits=invoice)
        assert note.net == Decimal("100.50")
        assert str(invoice.reference) in finance.get(reverse("invoice", args=[note.pk])).content.decode()

    def test_lists_filter_and_export_what_they_show(self, finance: Client, site: Any) -> None:
        paid, due = issued(customer(), site, 100), issued(customer(), site, 200)
        drafted(customer(), site)
        received(paid.customer, site, 120, {paid.pk: 120})
        for state, shown in (("paid", paid), ("due", due)):
            page = finance.get(reverse("invoices") + f"?state={state}").content.decode()
            assert str(shown.reference) in page
        sheet = finance.get(reverse("invoices_export", args=["csv"]) + "?state=due").content.decode()
        assert str(due.reference) in sheet
        assert str(paid.reference) not in sheet
        for query in (
            "?state=overdue",
            "?state=draft",
            "?q=" + str(due.reference),
            "?paper=credit_note&since=1/1/2026",
        ):
            assert finance.get(reverse("invoices") + query).status_code == 200
        for route in ("billing", "charges", "payments", "billing_settings", "billing_runs"):
            assert finance.get(reverse(route)).status_code == 200
        assert finance.get(reverse("charges") + "?state=billed&q=loyer").status_code == 200


@pytest.mark.django_db
class TestCharging:
    def test_by_hand_then_billed_at_once(self, finance: Client, site: Any) -> None:
        company = hosted_company(site, name="Khettara")
        said = {
            "company": company.pk, "site": site.pk, "nature": "service", "label": "Badge perdu", "quantity": "2",
            "unit": "C62", "unit_price": "1 20,50".replace(" ", ""), "bill_on": f"{TODAY:%d/%m/%Y}",
        }  # fmt: skip
        assert finance.post(reverse("charge_new"), {**said, "unit_price": "-3"}).status_code == 422
        assert finance.post(reverse("charge_new"), said).status_code == 302
        assert Charge.objects.get().net == 241
        answer = finance.post(reverse("company_draft", args=[company.pk]))
        invoice = Invoice.objects.get()
        assert answer.url == reverse("invoice", args=[invoice.pk])  # type: ignore[attr-defined]
        tab = finance.get(reverse("company_tab", args=[company.pk, "invoices"])).content.decode()
        assert "Draft" in tab

    def test_cancelled(self, finance: Client, site: Any) -> None:
        row = charged(customer(), site)
        there = reverse("charge_cancellation", args=[row.pk])
        assert finance.post(there, {"reason": ""}).status_code == 422
        assert finance.post(there, {"reason": "Erreur"}).status_code == 302
        assert finance.post(there, {"reason": "Encore"}).status_code == 422


@pytest.mark.django_db
class TestPayments:
    def test_the_oldest_first_and_taken_back(self, finance: Client, site: Any) -> None:
        to = customer()
        first, second = issued(to, site, 100), issued(to, site, 100)
        there = reverse("company_payment", args=[to.company_id])
        assert finance.get(there).status_code == 200
        said = {
            "means": "transfer",
            "received_on": f"{TODAY:%d/%m/%Y}",
            "amount": "150",
            "reference": "VIR-77",
        }
        assert finance.post(there, {**said, f"part-{first.pk}": "130"}).status_code == 422
        assert finance.post(there, {**said, "received_on": "1/1/2090"}).status_code == 422
        assert not Payment.objects.exists()
        finance.post(there, said)
        payment = Payment.objects.get()
        assert [Balance.objects.get(pk=one.pk).remaining for one in (first, second)] == [0, 90]
        assert "VIR-77" in finance.get(reverse("payment", args=[payment.pk])).content.decode()
        finance.post(reverse("settlement_undoing", args=[payment.settlements.last().pk]))
        assert Balance.objects.get(pk=second.pk).remaining == 120
        there = reverse("payment_reversal", args=[payment.pk])
        assert finance.post(there, {"reason": "", "on": f"{TODAY:%d/%m/%Y}"}).status_code == 422
        finance.post(there, {"reason": "Impayé", "on": f"{TODAY:%d/%m/%Y}"})
        assert Balance.objects.get(pk=first.pk).remaining == 120

    def test_the_statement_ends_with_what_is_owed(self, site: Any) -> None:
        to = customer()
        first, _second = issued(to, site, 100), issued(to, site, 200)
        received(to, site, 400, {first.pk: 120})
        credited(issued(to, site, 50))
        account = account_of(to, TODAY)
        movements = statement(to)
        assert [one.amount for one in movements] == [120, 240, 60, -60, -400]
        assert movements[-1].balance == account.balance == account.due - account.credit == -40


@pytest.mark.django_db
class TestSettings:
    def test_how_an_operator_bills(self, finance: Client, site: Any) -> None:
        operator = site.operatorships.get().operator
        there = reverse("billing_profile", args=[operator.pk])
        said = {
            "begins_on": "1/1/2026",
            "terms_days": "30",
            "city": "Rabat",
            "rib": "011 780 0000123456789012 96",
        }
        assert finance.post(there, {**said, "rib": "011780000012345678901297"}).status_code == 422
        assert finance.post(there, {**said, "terms_days": "121"}).status_code == 422
        assert finance.post(there, said).status_code == 302
        assert Profile.objects.get().rib == "011780000012345678901296"

    def test_a_new_rate_ends_the_one_before(self, finance: Client) -> None:
        code = vat()
        there = reverse("vat_rate", args=[code.pk])
        assert finance.post(there, {"rate": "0", "since": "1/1/2030"}).status_code == 422
        assert finance.post(there, {"rate": "22", "since": "1/1/2030"}).status_code == 302
        assert finance.post(there, {"rate": "23", "since": "1/1/2030"}).status_code == 422
        assert [str(rate.rate) for rate in code.rates.order_by("period")] == ["20.00", "22.00"]

    def test_codes_and_what_bears_them(self, finance: Client) -> None:
        said = {"code": "TVA14", "category": "E", "name": "Exonéré"}
        assert finance.post(reverse("vat_code_new"), said).status_code == 422
        assert finance.post(reverse("vat_code_new"), {**said, "reason": "Art. 91"}).status_code == 302
        made = VatCode.objects.get(code="TVA14")
        usual = {one.nature: one.code_id for one in NatureTax.objects.all()}
        finance.post(reverse("usual_taxes"), {**usual, "service": made.pk})
        assert NatureTax.objects.get(nature="service").code == made

    def test_how_a_company_is_billed(self, finance: Client, site: Any) -> None:
        company = hosted_company(site, name="Khettara")
        there = reverse("company_billing", args=[company.pk])
        assert finance.post(there, {"language": "ar", "terms_days": "200"}).status_code == 422
        assert finance.post(there, {"language": "ar", "email": "Facture@Khettara.example"}).status_code == 302
        assert Customer.objects.get(company=company).language == "ar"


@pytest.mark.django_db
class TestTheOwner:
    def test_reads_their_own_and_nobody_elses(self, client: Client, site: Any) -> None:
        company = hosted_company(site, name="Khettara")
        invoice, theirs = issued(customer(company), site, 100), issued(customer(), site, 100)
        draft = drafted(customer(company), site)
        received(customer(company), site, 500, {invoice.pk: 120})
        client.force_login(owner_of(company))
        page = client.get(reverse("member_invoices")).content.decode()
        assert str(invoice.reference) in page
        assert str(theirs.reference) not in page
        for route in ("member_invoice", "invoice"):
            for pk in (theirs.pk, draft.pk):
                assert client.get(reverse(route, args=[pk])).status_code == 404
        assert client.get(reverse("member_invoice", args=[invoice.pk])).content.startswith(b"%PDF")
        assert "380" in client.get(reverse("member_account")).content.decode()
        bundle = client.get(reverse("member_invoices_archive", args=[invoice.year])).content
        assert zipfile.ZipFile(io.BytesIO(bundle)).namelist() == [f"{invoice.reference}.pdf"]
        assert client.get(reverse("member_invoices_archive", args=[1999])).status_code == 404
