"""A month for 1,000 companies, and the finance home over ten years of invoices: `python -m bench billing`

The month: 3,000 lines of contracts are charged and drafted, issued, and made into PDF/A-3 with Factur-X and kept, as the
jobs do it, one after the other. The home: 120,000 invoices with their balances and payments, asked over Django's test
client.
"""

from __future__ import annotations

import resource
import statistics
import tempfile
import time
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from bench.database import database

COMPANIES = 1_000
YEARS, A_YEAR = 10, 12_000
ASKED = 60
SUMS = 10_000


def run() -> list[dict[str, Any]]:
    with database(), tempfile.TemporaryDirectory() as folder:
        import django

        django.setup()
        from django.test import override_settings

        kept = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": folder}}
        plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
        with override_settings(STORAGES={"default": kept, "staticfiles": plain}):
            rows = [*_month(), *_home(), _matching()]
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return [*rows, {"what": "memory, peak of this process", "took": f"{peak} MB", "asked": "under 500 MB"}]


def _month() -> list[dict[str, Any]]:
    from django.db import transaction

    from fondouk.billing import monthly
    from fondouk.billing.actions import draft_run, issue_run
    from fondouk.billing.models import BillingRun, Invoice, InvoiceLine
    from fondouk.files.models import StoredFile

    site = _network()
    month = BillingRun.objects.create(month=date(2026, 11, 1))
    month.sites.add(site)
    begun = time.perf_counter()
    draft_run(month, by=None, advance=lambda _done, _total: None)
    drafted = time.perf_counter() - begun
    lines = InvoiceLine.objects.count()
    begun = time.perf_counter()
    issued = len(issue_run(month, by=None))
    numbered = time.perf_counter() - begun
    begun = time.perf_counter()
    with transaction.atomic():
        monthly.make_files(month, by=None, advance=lambda _done, _total: None)
    made = time.perf_counter() - begun
    size = sum(StoredFile.objects.values_list("size", flat=True)) // issued // 1024
    assert Invoice.objects.issued().count() == issued == COMPANIES
    return [
        {"what": f"drafted: {issued} invoices, {lines} lines", "took": f"{drafted:.1f} s", "asked": "5 s"},
        {
            "what": f"issued with PDF/A-3 and XML ({size} kB each)",
            "took": f"{numbered + made:.1f} s (numbers {numbered:.1f}, files {made:.1f}, in one process)",
            "asked": "30 s",
        },
    ]


def _network() -> Any:
    """A site, its operator, companies with a contract of a rent and two services each."""
    from django.db.backends.postgresql.psycopg_any import DateRange

    from fondouk.billing.models import Customer, Profile
    from fondouk.companies.models import Company, LegalIdentity
    from fondouk.contracts.models import Contract, ContractLine, ContractService
    from fondouk.lib.identifiers import rib_key
    from fondouk.sites.models import Operator, Site, SiteOperator
    from fondouk.spaces.models import Resource

    site = Site.objects.create(code="bench", name="Parc", city="Casablanca", address="Route")
    operator = Operator.objects.create(
        name="Société de mesure",
        invoice_prefix="B",
        ice="001524545000073",
        if_number="1",
        tp="2",
        address="Route",
    )
    account = "0117800000123456789012"
    Profile.objects.create(
        operator=operator, begins_on=date(2026, 11, 1), city="Casablanca", rib=account + rib_key(account)
    )
    always = DateRange(date(2020, 1, 1), None)
    SiteOperator.objects.create(site=site, operator=operator, period=always)
    numbers = range(COMPANIES)
    companies = Company.objects.bulk_create(
        Company(name=f"Maison{n:04d}", key=f"maison{n}", email=f"c{n}@example.ma") for n in numbers
    )
    LegalIdentity.objects.bulk_create(
        LegalIdentity(company=one, legal_name=f"{one.name} SARL", period=DateRange(None, None))
        for one in companies
    )
    Customer.objects.bulk_create(
        Customer(company=one, address="1, rue de l’Essai", city="Rabat") for one in companies
    )
    spaces = Resource.objects.bulk_create(
        Resource(site=site, code=f"S{n:04d}", kind="office") for n in numbers
    )
    contracts = Contract.objects.bulk_create(
        Contract(reference=f"C-{n}", company=one, site=site, starts_on=date(2024, 1, 1))
        for n, one in enumerate(companies)
    )
    ContractLine.objects.bulk_create(
        ContractLine(
            contract=contract,
            resource=space,
            period=always,
            rent=Decimal(2000),
            rate=Decimal(100),
            area=Decimal(20),
        )
        for contract, space in zip(contracts, spaces, strict=True)
    )
    ContractService.objects.bulk_create(
        ContractService(contract=contract, label=label, amount=amount, period=always)
        for contract in contracts
        for label, amount in (("Parking", Decimal(300)), ("Accès à la fibre", Decimal("450.50")))
    )
    return site


HISTORY = """
    INSERT INTO billing_invoice (paper, operator_id, site_id, customer_id, reason, bills_again, language, currency, note,
           purchase_reference, net, vat, total, made_at, number, year, reference, issued_on, due_on, issued_at,
           seller, buyer, previous_hash, hash)
    SELECT 'invoice', %(operator)s, %(site)s, %(first)s + n %% %(companies)s, '', false, 'fr', 'MAD', '', '',
           1000, 200, 1200, now(), 100000 + n, extract(year from day),
           'H-' || extract(year from day) || '-' || (100000 + n), day, day + 60, now(),
           '{}', '{}', '', 'h' || n
      FROM (SELECT n, (%(today)s::date - (n %% 3650)::int) AS day FROM generate_series(1, %(count)s) n) numbered;
    INSERT INTO billing_balance (invoice_id, operator_id, site_id, customer_id, is_credit, due_on, total, remaining)
    SELECT id, operator_id, site_id, customer_id, false, due_on, total,
           CASE WHEN id %% 25 = 0 THEN total WHEN issued_on > %(today)s::date - 40 AND id %% 3 = 0 THEN total ELSE 0 END
      FROM billing_invoice WHERE reference LIKE 'H-%%';
    INSERT INTO billing_payment (operator_id, site_id, customer_id, means, received_on, amount, duty, currency,
           reference, payer, unsettled, made_at)
    SELECT operator_id, site_id, customer_id, 'transfer', least(issued_on + 30, %(today)s), 1200, 0, 'MAD',
           reference, '', 0, now()
      FROM billing_invoice WHERE reference LIKE 'H-%%';
"""


def _matching() -> dict[str, Any]:
    """Sums of which a third name their invoice, a third their customer and an amount, a third neither."""
    from fondouk.billing.models import Balance, BankLine, BankStatement
    from fondouk.billing.queries import propose
    from fondouk.files.actions import keep_made
    from fondouk.sites.models import Operator

    operator = Operator.objects.get()
    file = keep_made(b"Date", name="releve.csv", kind="text/csv", by=None)
    statement = BankStatement.objects.create(operator=operator, file=file, sha256=file.sha256)
    due = list(Balance.objects.unpaid().select_related("invoice", "customer__company").order_by("pk"))
    lines = []
    for number in range(SUMS):
        balance = due[number % len(due)]
        label = (
            f"VIR RECU {balance.invoice.reference}",
            f"VIREMENT DE {balance.customer.label.upper()} SARL",
            f"VERSEMENT {number:06d}",
        )[number % 3]
        lines.append(
            BankLine(
                statement=statement, operator=operator, row=number, on=date(2026, 11, 2), label=label,
                amount=balance.remaining, fingerprint=f"{number:064d}",
            )
        )  # fmt: skip
    BankLine.objects.bulk_create(lines, batch_size=2000)
    begun = time.perf_counter()
    found = propose(lines, operator.pk)
    took = time.perf_counter() - begun
    matched = sum(bool(one) for one in found.values())
    return {
        "what": f"{SUMS:,} sums of a bank laid beside {len(due):,} open invoices ({matched:,} with a proposal)",
        "took": f"{took:.1f} s",
        "asked": "20 s",
    }


def _home() -> list[dict[str, Any]]:
    from django.db import connection
    from django.test import Client
    from django.urls import reverse

    from fondouk.billing.models import Customer, Invoice
    from fondouk.people.actions import create_account, create_person
    from fondouk.sites.enums import Role
    from fondouk.sites.models import Grant, Operator, Site

    today = date.today()  # noqa: DTZ011
    said = {
        "operator": Operator.objects.get().pk, "site": Site.objects.get().pk, "companies": COMPANIES, "today": today,
        "first": Customer.objects.earliest("pk").pk, "count": YEARS * A_YEAR,
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute(HISTORY, said)
        cursor.execute("SET session_replication_role = DEFAULT")
        cursor.execute("ANALYZE")
    person = create_person(name="Mesure", email="m@example.ma", by=None)
    account = create_account(person=person, email="m@example.ma", password=None, by=person)
    from django.db.backends.postgresql.psycopg_any import DateRange

    Grant.objects.create(person=person, role=Role.FINANCE, period=DateRange(today - timedelta(days=9), None))
    client = Client(headers={"host": "localhost"})
    client.force_login(account)
    rows = []
    for what, address, asked in (
        ("finance home", reverse("billing"), "p50 80 ms"),
        ("list of invoices", reverse("invoices"), ""),
        ("overdue", reverse("invoices") + "?state=overdue", ""),
    ):
        took = []
        for _n in range(ASKED):
            begun = time.perf_counter()
            assert client.get(address).status_code == 200
            took.append((time.perf_counter() - begun) * 1000)
        ordered = sorted(took[5:])
        middle, slow = statistics.median(ordered), ordered[int(len(ordered) * 0.95)]
        count = Invoice.objects.count()
        rows.append(
            {
                "what": f"{what}, {count:,} invoices",
                "took": f"{middle:.0f} ms (p95 {slow:.0f})",
                "asked": asked,
            }
        )
    return rows
