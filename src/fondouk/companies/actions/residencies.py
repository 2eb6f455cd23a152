"""Where a company is hosted."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from fondouk.audit.actions import record
from fondouk.companies import verbs
from fondouk.companies.models import Company, Residency
from fondouk.people.models import Person
from fondouk.sites.models import Site


@transaction.atomic
def open_residency(
    company: Company,
    *,
    site: Site,
    mode: str,
    first: date | None,
    last: date | None = None,
    by: Person | None,
) -> Residency:
    """Hosted on `site` from `first` to `last`, both included; no `last`: until told otherwise."""
    residency = Residency(
        company=company,
        site=site,
        mode=mode,
        period=DateRange(first, last + timedelta(days=1) if last else None),
    )
    residency.full_clean(exclude=["company"])
    residency.save()
    record(verbs.RESIDENCY_OPENED, company, site, by=by, site=site.city)
    return residency


@transaction.atomic
def close_residency(residency: Residency, *, last: date, by: Person | None) -> Residency:
    """`last` is the last day on the site."""
    locked = Residency.objects.select_for_update().get(pk=residency.pk)
    locked.period = DateRange(locked.period.lower, last + timedelta(days=1))
    locked.full_clean(exclude=["company"])
    locked.save(update_fields=["period"])
    record(verbs.RESIDENCY_CLOSED, locked.company, locked.site, by=by, site=locked.site.city)
    return locked
