"""A company's own record: its name, legal identity, sector, stage, and who follows it."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils import timezone

from fondouk.audit.actions import record
from fondouk.companies import verbs
from fondouk.companies.models import (
    Company,
    LegalIdentity,
    Sector,
    SectorAssignment,
    StageAssignment,
    Stewardship,
)
from fondouk.lib.text import company_key
from fondouk.people.models import Person


@transaction.atomic
def create_company(company: Company, *, by: Person | None, identity: dict[str, Any] | None = None) -> Company:
    """`identity` are fields of `LegalIdentity`; one without anything the law knows of is not made."""
    company.key = company_key(company.name)[:200]
    company.full_clean()
    company.save()
    if identity and any(value for name, value in identity.items() if name != "legal_name"):
        _new_identity(company, identity, since=None)
    record(verbs.COMPANY_CREATED, company, by=by)
    return company


@transaction.atomic
def change_company(company: Company, *, fields: list[str], by: Person | None) -> Company:
    """Save the `fields` already set on `company`; its key follows its name."""
    company.key = company_key(company.name)[:200]
    company.full_clean()
    company.save(update_fields=[*fields, "key"])
    record(verbs.COMPANY_CHANGED, company, by=by, fields=fields)
    return company


@transaction.atomic
def set_identity(
    company: Company, values: dict[str, Any], *, by: Person | None, since: date | None = None
) -> LegalIdentity:
    """Correct the legal identity that stands today or, with `since`, let another follow it from that day."""
    Company.objects.select_for_update().get(pk=company.pk)
    current = company.identities.on(timezone.localdate()).first()
    if current is None:
        identity = _new_identity(company, values, since=None)
    elif since is not None and (current.period.lower is None or since > current.period.lower):
        current.period = DateRange(current.period.lower, since)
        current.save(update_fields=["period"])
        identity = _new_identity(company, values, since=since)
    else:
        for name, value in values.items():
            setattr(current, name, value)
        current.full_clean(exclude=["company"])
        current.save()
        identity = current
    record(verbs.IDENTITY_CHANGED, company, by=by, since=since.isoformat() if since else None)
    return identity


def _new_identity(company: Company, values: dict[str, Any], *, since: date | None) -> LegalIdentity:
    identity = LegalIdentity(
        **{"legal_name": company.name, **{name: value for name, value in values.items() if value}},
        company=company,
        period=DateRange(since, None),
    )
    identity.full_clean(exclude=["company"])
    identity.save()
    return identity


def _follow(rows: Any, since: date) -> None:
    """Close what stands in `rows` on the day before `since`; what began later that day gives way."""
    for row in rows.select_for_update():
        if row.period.lower is not None and row.period.lower >= since:
            row.delete()
        elif row.period.upper is None or row.period.upper > since:
            row.period = DateRange(row.period.lower, since)
            row.save(update_fields=["period"])


@transaction.atomic
def assign_sector(company: Company, sector: Sector | None, *, by: Person | None) -> None:
    today = timezone.localdate()
    current = company.sector_assignments.on(today).first()
    if (current and current.sector_id) == (sector and sector.pk):
        return
    is_first = not company.sector_assignments.exists()
    _follow(company.sector_assignments.on(today), today)
    if sector is not None:
        start = None if is_first else today
        SectorAssignment.objects.create(company=company, sector=sector, period=DateRange(start, None))
    record(verbs.COMPANY_CHANGED, company, by=by, fields=["sector"])


@transaction.atomic
def assign_stage(company: Company, stage: str, *, by: Person | None) -> None:
    """`stage` may be "": not known."""
    today = timezone.localdate()
    current = company.stage_assignments.on(today).first()
    if (current.stage if current else "") == stage:
        return
    is_first = not company.stage_assignments.exists()
    _follow(company.stage_assignments.on(today), today)
    if stage:
        start = None if is_first else today
        StageAssignment.objects.create(company=company, stage=stage, period=DateRange(start, None))
    record(verbs.COMPANY_CHANGED, company, by=by, fields=["stage"])


@transaction.atomic
def assign_steward(company: Company, person: Person | None, *, by: Person | None) -> None:
    """From today `person` follows the company; None: nobody does."""
    today = timezone.localdate()
    _follow(company.stewardships.filter(period__contains=today), today)
    if person is not None:
        Stewardship.objects.create(company=company, person=person, period=DateRange(today, None))
        record(verbs.STEWARD_CHANGED, company, by=by, person={"person": person.pk})
    else:
        record(verbs.COMPANY_CHANGED, company, by=by, fields=["steward"])
