"""Hosting contracts."""

from __future__ import annotations

from decimal import Decimal

import factory
from django.db.backends.postgresql.psycopg_any import DateRange

from fondouk.contracts.models import Contract, ContractLine

from .companies import CompanyFactory
from .sites import SiteFactory
from .spaces import ResourceFactory
from .values import since


class ContractFactory(factory.django.DjangoModelFactory[Contract]):
    """Running for a year, without an end, without lines."""

    class Meta:
        model = Contract

    reference = factory.Sequence(lambda n: f"CTR-2025-{n:04d}")
    company = factory.SubFactory(CompanyFactory)
    site = factory.SubFactory(SiteFactory)
    starts_on = factory.LazyFunction(lambda: since().lower)
    deposit = Decimal(2760)


class ContractLineFactory(factory.django.DjangoModelFactory[ContractLine]):
    """The time of its contract, unless `period` says otherwise."""

    class Meta:
        model = ContractLine

    contract = factory.SubFactory(ContractFactory)
    resource = factory.LazyAttribute(lambda row: ResourceFactory(site=row.contract.site))
    period = factory.LazyAttribute(
        lambda row: DateRange(
            row.contract.starts_on, row.contract.ends_on, "[]" if row.contract.ends_on else "[)"
        )
    )
    rent = Decimal(900)
