"""A company's own record: its name, legal identity, sector, stage, and who follows it."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import F, Func, Value
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fondouk.audit.actions import record, record_many
from fondouk.companies import verbs
from fondouk.companies.models import (
    Company,
    CompanyKind,
    LegalIdentity,
    Sector,
    SectorAssignment,
    StageAssignment,
    Stewardship,
)
from fondouk.lib.saving import save
from fondouk.lib.text import company_key
from fondouk.people.models import Person

COMPANY = {"company_name_once": "name", "company_has_a_name": "name"}
IDENTITY = {"ice_once": "ice", "ice_is_15_digits": "ice", "one_identity": "since"}
"""The field of which each constraint speaks."""


@transaction.atomic
def create_company(company: Company, *, by: Person | None, identity: dict[str, Any] | None = None) -> Company:
    """`identity` are fields of `LegalIdentity`; one without anything the law knows of is not made."""
    company.key = company_key(company.name)[:200]
    save(company, beside=COMPANY)
    if identity and any(identity.values()):
        _new_identity(company, identity, since=None)
    record(verbs.COMPANY_CREATED, company, by=by)
    return company


@transaction.atomic
def change_company(company: Company, *, fields: list[str], by: Person | None) -> Company:
    """Save the `fields` already set on `company`; its key follows its name."""
    company.key = company_key(company.name)[:200]
    save(company, beside=COMPANY, fields=[*fields, "key"])
    record(verbs.COMPANY_CHANGED, company, by=by, fields=fields)
    return company


@transaction.atomic
def set_identity(
    company: Company, values: dict[str, Any], *, by: Person | None, since: date | None = None
) -> LegalIdentity:
    """Correct the legal identity that stands today or, with `since`, let another follow it from that day.

    Raises `ValidationError`, beside `since` where another identity is known to begin before that day.
    """
    Company.objects.hold(company)
    current = company.identities.on(timezone.localdate()).first()
    if current is None:
        identity = _new_identity(company, values, since=since)
    elif since is not None and (current.period.lower is None or since > current.period.lower):
        following = current.period.upper
        if following is not None and since >= following:
            raise ValidationError({"since": _("Another identity begins before that day.")})
        current.period = DateRange(current.period.lower, since)
        save(current, beside=IDENTITY, fields=["period"])
        identity = _new_identity(company, values, since=since, until=following)
    else:
        for name, value in values.items():
            setattr(current, name, value)
        save(current, beside=IDENTITY)
        identity = current
    record(verbs.IDENTITY_CHANGED, company, by=by, since=since.isoformat() if since else None)
    return identity


def _new_identity(
    company: Company, values: dict[str, Any], *, since: date | None, until: date | None = None
) -> LegalIdentity:
    identity = LegalIdentity(
        **{"legal_name": company.name, **{name: value for name, value in values.items() if value}},
        company=company,
        period=DateRange(since, until),
    )
    save(identity, beside=IDENTITY)
    return identity


def _follow(rows: Any, since: date) -> None:
    """Close what stands in `rows` on the day before `since`; what begins that day or later gives way."""
    for row in rows.filter(period__overlap=DateRange(since, None)):
        if row.period.lower is not None and row.period.lower >= since:
            row.delete()
        else:
            row.period = DateRange(row.period.lower, since)
            row.save(update_fields=["period"])


@transaction.atomic
def assign_sector(company: Company, sector: Sector | None, *, by: Person | None) -> None:
    Company.objects.hold(company)
    today = timezone.localdate()
    current = company.sector_assignments.on(today).first()
    if (current and current.sector_id) == (sector and sector.pk):
        return
    is_first = not company.sector_assignments.exists()
    _follow(company.sector_assignments.all(), today)
    if sector is not None:
        start = None if is_first else today
        SectorAssignment.objects.create(company=company, sector=sector, period=DateRange(start, None))
    record(verbs.COMPANY_CHANGED, company, by=by, fields=["sector"])


@transaction.atomic
def assign_stage(company: Company, stage: str, *, by: Person | None) -> None:
    """`stage` may be "": not known."""
    Company.objects.hold(company)
    today = timezone.localdate()
    current = company.stage_assignments.on(today).first()
    if (current.stage if current else "") == stage:
        return
    is_first = not company.stage_assignments.exists()
    _follow(company.stage_assignments.all(), today)
    if stage:
        start = None if is_first else today
        StageAssignment.objects.create(company=company, stage=stage, period=DateRange(start, None))
    record(verbs.COMPANY_CHANGED, company, by=by, fields=["stage"])


@transaction.atomic
def assign_kinds(company: Company, kinds: Collection[str], *, by: Person | None) -> None:
    """From today the company is of these kinds, and of no other."""
    Company.objects.hold(company)
    today = timezone.localdate()
    current = {row.kind: row for row in company.kinds.filter(period__contains=today)}
    if set(current) == set(kinds):
        return
    for kind in sorted(set(current) - set(kinds)):
        _follow(company.kinds.filter(kind=kind), today)
    for kind in sorted(set(kinds) - set(current)):
        _follow(company.kinds.filter(kind=kind), today)
        CompanyKind.objects.create(company=company, kind=kind, period=DateRange(today, None))
    record(verbs.COMPANY_CHANGED, company, by=by, fields=["kinds"])


@transaction.atomic
def assign_stewards(companies: Collection[int], person: Person, *, by: Person | None) -> int:
    """As `assign_steward`, for many companies in a few statements: the keys of those, and how many have changed."""
    today = timezone.localdate()
    locked = Company.objects.filter(pk__in=companies).order_by("pk").select_for_update(of=("self",))
    keys = set(locked.values_list("pk", flat=True))
    standing = Stewardship.objects.filter(period__contains=today, person=person, company__in=keys)
    keys -= set(standing.values_list("company", flat=True))
    rows = Stewardship.objects.filter(company__in=keys)
    rows.filter(period__startswith__gte=today).delete()
    before = Func(Func(F("period"), function="lower"), Value(today), function="daterange")
    rows.filter(period__contains=today).update(period=before)
    Stewardship.objects.bulk_create(
        [Stewardship(company_id=key, person=person, period=DateRange(today, None)) for key in sorted(keys)],
        batch_size=2000,
    )
    chosen = Company.objects.filter(pk__in=keys).only("pk")
    record_many(
        [(verbs.STEWARD_CHANGED, (company,), {"person": {"person": person.pk}}) for company in chosen], by=by
    )
    return len(keys)


@transaction.atomic
def assign_steward(company: Company, person: Person | None, *, by: Person | None) -> None:
    """From today `person` follows the company; None: nobody does. Whoever follows it already goes on."""
    Company.objects.hold(company)
    today = timezone.localdate()
    current = company.stewardships.filter(period__contains=today).first()
    if (current and current.person_id) == (person and person.pk):
        return
    _follow(company.stewardships.all(), today)
    if person is not None:
        Stewardship.objects.create(company=company, person=person, period=DateRange(today, None))
        record(verbs.STEWARD_CHANGED, company, by=by, person={"person": person.pk})
    else:
        record(verbs.COMPANY_CHANGED, company, by=by, fields=["steward"])
