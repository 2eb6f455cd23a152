"""Operators that bill, whoever they charge, and what for."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils import timezone

from fondouk.billing.actions import (
    Wanted,
    bring_file,
    charge_all,
    credit,
    customer_of,
    draft,
    issue,
    read_file,
    receive,
)
from fondouk.billing.bank import guess
from fondouk.billing.enums import Means, Nature, Unit
from fondouk.billing.models import (
    BankLine,
    BankStatement,
    Charge,
    Customer,
    Invoice,
    Payment,
    Profile,
    VatCode,
)
from fondouk.companies.models import Company
from fondouk.people.models import Person
from fondouk.sites.models import Operator, Site, SiteOperator

from .companies import CompanyFactory, LegalIdentityFactory
from .people import PersonFactory
from .sites import OperatorFactory, SiteFactory
from .values import ice

RIB = "011780000012345678901296"
LONG_AGO = date(2020, 1, 1)


def billing_operator(*sites: Site, begins_on: date = LONG_AGO, **values: Any) -> Operator:
    """One who says all that the law wants, and runs `sites`."""
    operator = OperatorFactory(
        ice=ice(10203), rc="81455", if_number="1602345", tp="35710482", cnss="7781234",
        address="Route de Nouasseur", **values,
    )  # fmt: skip
    Profile.objects.create(
        operator=operator, begins_on=begins_on, capital=Decimal(46_000_000), city="Casablanca", bank="Banque d’essai",
        rib=RIB, email="factures@example.ma",
    )  # fmt: skip
    for site in sites:
        SiteOperator.objects.create(site=site, operator=operator, period=DateRange(LONG_AGO, None))
    return operator


def billed_site(**values: Any) -> Site:
    site = SiteFactory(address="Route de Nouasseur", **values)
    billing_operator(site)
    return site


def customer(company: Company | None = None, **values: Any) -> Customer:
    """A company with a legal identity and an address."""
    if company is None:
        company = LegalIdentityFactory(company=CompanyFactory(email="compta@example.ma")).company
    found = customer_of(company)
    for name, value in {"address": "12, rue des Orangers", "city": "Casablanca", **values}.items():
        setattr(found, name, value)
    found.save()
    return found


def vat(code: str = "TVA20") -> VatCode:
    return VatCode.objects.get(code=code)


def wanted(to: Customer, site: Site, price: Any = 100, **values: Any) -> Wanted:
    given = {
        "operator": SiteOperator.objects.get(site=site).operator_id, "site": site.pk, "customer": to.pk,
        "nature": Nature.RENT, "labels": {"fr": "Loyer", "ar": "كراء", "en": "Rent"}, "unit_price": Decimal(price),
        "vat_code": vat().pk, "bill_on": timezone.localdate(), "unit": Unit.MONTH,
    }  # fmt: skip
    return Wanted(**{**given, **values})


def charged(to: Customer, site: Site, price: Any = 100, **values: Any) -> Charge:
    return charge_all([wanted(to, site, price, **values)], by=None)[0]


def drafted(to: Customer, site: Site, *prices: Any, **values: Any) -> Invoice:
    """A draft with a line for each price."""
    charges = charge_all([wanted(to, site, price, **values) for price in prices or (100,)], by=None)
    (invoice,) = draft([one.pk for one in charges], day=timezone.localdate(), by=None).invoices
    return invoice


def issued(to: Customer, site: Site, *prices: Any, **values: Any) -> Invoice:
    (invoice,) = issue([drafted(to, site, *prices, **values).pk], by=None)
    return Invoice.objects.get(pk=invoice.pk)


def credited(
    invoice: Invoice, amounts: dict[int, Decimal] | None = None, by: Person | None = None
) -> Invoice:
    note = credit(invoice, reason="Erreur de surface", by=by or PersonFactory(), amounts=amounts)
    issue([note.pk], by=None)
    return Invoice.objects.get(pk=note.pk)


def received(
    to: Customer | None, site: Site, amount: Any, parts: dict[int, Any] | None = None, **values: Any
) -> Payment:
    """A transfer of today."""
    payment = Payment(
        **{
            "operator": site.operatorships.get().operator, "site": site, "customer": to, "means": Means.TRANSFER,
            "amount": Decimal(amount), "received_on": timezone.localdate(), **values,
        }
    )  # fmt: skip
    return receive(payment, {key: Decimal(part) for key, part in (parts or {}).items()}, by=None)


BANK_CSV = "Date opération;Date valeur;Libellé;Référence;Débit;Crédit;Solde\n"


def bank_file(operator: Operator, rows: str = "02/11/2026;;VIR;;;10,00;\n") -> BankStatement:
    """A file that waits to be read."""
    upload = SimpleUploadedFile("releve.csv", (BANK_CSV + rows).encode())
    return bring_file(operator, upload, by=PersonFactory())


def bank_lines(operator: Operator, *came: tuple[str, Any]) -> list[BankLine]:
    """A file that was read: a sum for each label."""
    rows = "".join(f"02/11/2026;02/11/2026;{label};;;{amount};\n" for label, amount in came)
    statement = bank_file(operator, rows)
    cells = [line.split(";") for line in (BANK_CSV + rows).splitlines()]
    read_file(statement, cells, 0, guess(cells[0]), by=PersonFactory())
    return list(statement.lines.order_by("row"))
