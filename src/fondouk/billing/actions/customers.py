"""Customers, and how operators bill."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, timedelta
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.translation import gettext as _

from fondouk.audit.actions import record
from fondouk.billing import verbs
from fondouk.billing.enums import VatCategory
from fondouk.billing.models import Customer, NatureTax, Profile, VatCode, VatRate
from fondouk.companies.models import Company
from fondouk.lib.db import lock
from fondouk.lib.saving import save
from fondouk.people.models import Person

RATES = 0x0B11_7A7E << 32


def customer_of(company: Company) -> Customer:
    """The customer that a company is; it becomes one when it is first charged."""
    return customers_of([company.pk])[company.pk]


def customers_of(companies: Collection[int]) -> dict[int, Customer]:
    """By key of company: those that are no customers yet become so."""
    Customer.objects.bulk_create(
        [Customer(company_id=key) for key in sorted(set(companies) - _known(companies))],
        ignore_conflicts=True,
    )
    return {one.company_id: one for one in Customer.objects.named().filter(company__in=companies)}  # type: ignore[misc]


def _known(companies: Collection[int]) -> set[int]:
    return set(Customer.objects.filter(company__in=companies).values_list("company", flat=True))


def customer_of_person(person: Person) -> Customer:
    return Customer.objects.get_or_create(person=person, defaults={"language": person.language[:2]})[0]


@transaction.atomic
def save_customer(customer: Customer, *, by: Person) -> Customer:
    """Raises `ValidationError` by field."""
    save(customer, beside={"customer_terms_within_the_law": "terms_days"})
    record(verbs.CUSTOMER_CHANGED, customer.party, by=by)
    return customer


@transaction.atomic
def save_profile(profile: Profile, *, by: Person | None) -> Profile:
    """Raises `ValidationError` by field."""
    save(profile, beside={"billing_terms_within_the_law": "terms_days", "billing_rib_is_24_digits": "rib"})
    record(verbs.PROFILE_CHANGED, profile.operator, by=by, operator=profile.operator.name)
    return profile


@transaction.atomic
def save_vat_code(code: VatCode, *, by: Person) -> VatCode:
    """Raises `ValidationError` by field. What was issued keeps what it said."""
    save(code, beside={"vat_reason_where_untaxed": "reason"})
    record(verbs.VAT_CHANGED, code, by=by, code=code.code)
    return code


@transaction.atomic
def save_usual(codes: Mapping[str, VatCode], *, by: Person) -> None:
    """The code that charges of each nature bear from now on."""
    for row in NatureTax.objects.select_for_update().filter(nature__in=codes):
        if row.code_id != codes[row.nature].pk:
            row.code = codes[row.nature]
            row.save()
            record(verbs.VAT_CHANGED, row.code, by=by, code=row.code.code, nature=row.nature)


@transaction.atomic
def save_vat_rate(code: VatCode, rate: Decimal, *, since: date, by: Person) -> VatRate:
    """From that day the code has this rate: the one before ends, a later one stays. Raises `ValidationError` by field."""
    if (code.category == VatCategory.STANDARD) != bool(rate):
        sentence = (
            _("A taxed code has a rate above zero.")
            if not rate
            else _("Where no tax is asked the rate is zero.")
        )
        raise ValidationError({"rate": sentence})
    lock([RATES + code.pk])
    rates = list(code.rates.order_by("period"))
    if any(one.period.lower == since for one in rates):
        raise ValidationError({"since": _("A rate begins on that day already.")})
    following = [one for one in rates if one.period.lower is not None and one.period.lower > since]
    for one in rates:
        if since in one.period:
            one.period = DateRange(one.period.lower, since)
            one.save()
    made = VatRate(
        code=code, rate=rate, period=DateRange(since, following[0].period.lower if following else None)
    )
    save(made, beside={"vat_rate_is_a_percentage": "rate"})
    day = (since - timedelta(days=1)).isoformat()
    record(verbs.VAT_CHANGED, code, by=by, code=code.code, rate=str(rate), until=day)
    return made
