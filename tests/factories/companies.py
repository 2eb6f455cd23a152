"""Companies and what belongs to them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import factory
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils import timezone

from fondouk.companies.enums import MONEY_INDICATORS, FigureSource, Indicator, MemberRole, Mode
from fondouk.companies.models import (
    Company,
    CompanyDocument,
    Figure,
    LegalIdentity,
    Membership,
    Residency,
    Sector,
    SectorAssignment,
)
from fondouk.lib.text import company_key
from fondouk.people.models import Account
from fondouk.sites.models import Site

from .frameworks import StoredFileFactory
from .people import AccountFactory, PersonFactory
from .sites import SiteFactory
from .values import ice, since

NAMES = ["Khettara", "Fanous", "Hakaya Jeux", "Tarha Atelier", "Rih Nord", "Sahrij Data", "Dalil Langues"]


class CompanyFactory(factory.django.DjangoModelFactory[Company]):
    """A company hosted nowhere."""

    class Meta:
        model = Company

    name = factory.Sequence(lambda n: NAMES[n % len(NAMES)] + (f" {n}" if n >= len(NAMES) else ""))
    key = factory.LazyAttribute(lambda row: company_key(row.name)[:200])


class LegalIdentityFactory(factory.django.DjangoModelFactory[LegalIdentity]):
    class Meta:
        model = LegalIdentity

    company = factory.SubFactory(CompanyFactory)
    legal_name = factory.LazyAttribute(lambda row: f"{row.company.name} SARL")
    legal_form = "sarl"
    ice = factory.Sequence(lambda n: ice(31478520000 + n))
    rc = factory.Sequence(lambda n: str(512846 + n))
    rc_court = "Casablanca"
    if_number = factory.Sequence(lambda n: str(51204873 + n))
    period = factory.LazyFunction(lambda: DateRange(None, None))


class ResidencyFactory(factory.django.DjangoModelFactory[Residency]):
    class Meta:
        model = Residency

    company = factory.SubFactory(CompanyFactory)
    site = factory.SubFactory(SiteFactory)
    mode = Mode.OFFICE
    period = factory.LazyFunction(since)


class MembershipFactory(factory.django.DjangoModelFactory[Membership]):
    class Meta:
        model = Membership

    person = factory.SubFactory(PersonFactory)
    company = factory.SubFactory(CompanyFactory)
    role = MemberRole.MEMBER
    title = "Ingénieure"
    period = factory.LazyFunction(since)


class SectorFactory(factory.django.DjangoModelFactory[Sector]):
    """The migrations bring `ict`, `green` and `creative`; this adds others."""

    class Meta:
        model = Sector
        django_get_or_create = ("code",)

    code = factory.Sequence(lambda n: f"sector-{n}")
    name_fr = factory.LazyAttribute(lambda row: row.code.title())


class SectorAssignmentFactory(factory.django.DjangoModelFactory[SectorAssignment]):
    class Meta:
        model = SectorAssignment

    company = factory.SubFactory(CompanyFactory)
    sector = factory.SubFactory(SectorFactory, code="ict")
    period = factory.LazyFunction(lambda: DateRange(None, None))


class FigureFactory(factory.django.DjangoModelFactory[Figure]):
    """`FigureFactory(company=…, indicator="turnover", year=2025, value=Decimal("1200.50"))`"""

    class Meta:
        model = Figure

    class Params:
        year = factory.LazyFunction(lambda: timezone.localdate().year - 1)

    company = factory.SubFactory(CompanyFactory)
    indicator = Indicator.HEADCOUNT
    period = factory.LazyAttribute(lambda row: DateRange(date(row.year, 1, 1), date(row.year + 1, 1, 1)))
    value = Decimal(11)
    unit = factory.LazyAttribute(lambda row: "MAD" if row.indicator in MONEY_INDICATORS else "people")
    source = FigureSource.STAFF


class CompanyDocumentFactory(factory.django.DjangoModelFactory[CompanyDocument]):
    class Meta:
        model = CompanyDocument

    company = factory.SubFactory(CompanyFactory)
    file = factory.SubFactory(StoredFileFactory)
    title = "Attestation d'assurance"


def hosted_company(site: Site | None = None, **values: Any) -> Company:
    """A company hosted on `site` for a year, with a legal identity."""
    company = CompanyFactory(**values)
    LegalIdentityFactory(company=company)
    ResidencyFactory(company=company, site=site or SiteFactory())
    return company


def owner_of(company: Company, *, role: str = MemberRole.OWNER, **account: Any) -> Account:
    """The account of an owner of the company; `role="member"` for a mere member."""
    made = AccountFactory(**account)
    MembershipFactory(person=made.person, company=company, role=role)
    return made
