"""From a month that is billed to an invoice that the bank's file settles, and what the company's owner sees of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from fondouk.billing.models import Balance, Invoice, Profile
from fondouk.jobs.actions import run_job
from fondouk.jobs.models import Job
from fondouk.sites.enums import Role
from tests.factories import (
    ContractFactory,
    ContractLineFactory,
    hosted_company,
    owner_of,
    staff,
)
from tests.factories.billing import BANK_CSV, billed_site

from .conftest import Visitor

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def work() -> None:
    """What a worker would do now."""
    for job in Job.objects.filter(outcome=None).order_by("created_at"):
        run_job(job.pk)


def test_a_month_is_billed_by_keyboard_and_the_bank_settles_it(visit: Callable[..., Visitor]) -> None:
    site = billed_site(code="casablanca", city="Casablanca")
    Profile.objects.update(begins_on=timezone.localdate().replace(day=1))
    company = hosted_company(site, name="Khettara", email="compta@khettara.example")
    contract = ContractFactory(site=site, company=company, starts_on=date(2024, 1, 1))
    ContractLineFactory(contract=contract, rent=Decimal(3000))
    finance = visit(staff(Role.FINANCE))
    page = finance.page

    finance.go(reverse("billing_runs"))
    assert finance.axe() == []
    page.focus("#id_month")
    page.keyboard.press("Tab")  # the site, ticked already
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/billing/runs/*/")
    work()
    page.reload()
    page.wait_for_selector("main :text('Khettara')")
    assert finance.axe() == []
    page.focus("button[data-dialog=issue]")
    page.keyboard.press("Enter")
    page.wait_for_selector("dialog[open]")
    page.focus("dialog[open] button[type=submit]")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    work()
    work()  # the files, which issuing has asked for
    invoice = Invoice.objects.get()
    assert invoice.reference and invoice.file.stored.name == f"{invoice.reference}.pdf"

    finance.go(reverse("invoice", args=[invoice.pk]))
    page.wait_for_selector("main :text('À payer')")
    assert finance.axe() == []

    # The bank's file of a bank nobody knows yet: its columns are told once.
    finance.go(reverse("bank"))
    row = f"{timezone.localdate():%d/%m/%Y};;VIR RECU KHETTARA {invoice.reference};;;3600,00;\n"
    page.set_input_files(
        "input[type=file]",
        {"name": "releve.csv", "mimeType": "text/csv", "buffer": (BANK_CSV + row).encode()},
    )
    page.click("main form button[type=submit]:has-text('L’apporter')")
    page.wait_for_url("**/billing/bank/files/*/")
    assert finance.axe() == []
    page.click("main form button[type=submit]:has-text('Lire le fichier')")
    page.wait_for_selector("main :text('certain')")
    assert finance.axe() == []
    assert not finance.scrolls_sideways()
    page.click("main button:has-text('Accepter ce qui est certain')")
    page.wait_for_selector(".fk-toast")
    assert Balance.objects.get().remaining == 0

    owner = visit(owner_of(company))
    owner.look(width=390)
    owner.go(reverse("member_invoices").replace("/fr/", "/ar/"))
    owner.page.wait_for_selector(f"main :text('{invoice.reference}')")
    owner.page.wait_for_selector("main :text('مؤداة')")
    assert owner.axe() == []
    assert not owner.scrolls_sideways()
    assert [one.faults for one in (finance, owner)] == [[], []]
