"""Where a company is hosted."""

from __future__ import annotations

from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.translation import gettext_lazy as _

from fondouk.audit.actions import record
from fondouk.companies import verbs
from fondouk.companies.models import Company, Residency
from fondouk.lib.saving import save
from fondouk.people.models import Person
from fondouk.sites.models import Site

BESIDE = {"one_residency_a_site": "first", "residency_not_empty": "last"}
"""The field of which each constraint speaks."""


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
    """Hosted on `site` from `first` to `last`, both included; no `last`: until told otherwise.

    Raises `ValidationError` where the company is hosted there already in that time.
    """
    _in_order(first, last)
    Company.objects.hold(company)
    residency = Residency(
        company=company,
        site=site,
        mode=mode,
        period=DateRange(first, last + timedelta(days=1) if last else None),
    )
    save(residency, beside=BESIDE)
    record(verbs.RESIDENCY_OPENED, company, site, by=by, site=site.city)
    return residency


@transaction.atomic
def close_residency(residency: Residency, *, last: date, by: Person | None) -> Residency:
    """`last` is the last day on the site.

    Raises `ValidationError` for a stay whose last day is noted already: that is corrected (`change_residency`), not
    overwritten by somebody who did not see it.
    """
    locked = Residency.objects.select_for_update().get(pk=residency.pk)
    if locked.last_day is not None:
        raise ValidationError(
            {"last": _("A departure is noted for this stay already: look at it, then correct it.")}
        )
    _in_order(locked.period.lower, last)
    locked.period = DateRange(locked.period.lower, last + timedelta(days=1))
    save(locked, beside=BESIDE, fields=["period"])
    record(verbs.RESIDENCY_CLOSED, locked.company, locked.site, by=by, site=locked.site.city)
    return locked


@transaction.atomic
def change_residency(
    residency: Residency, *, site: Site, mode: str, first: date | None, last: date | None, by: Person | None
) -> Residency:
    """A stay noted wrongly: where, how, from when to when. Raises `ValidationError` as `open_residency` does."""
    _in_order(first, last)
    Company.objects.hold(residency.company)
    locked = Residency.objects.select_for_update().get(pk=residency.pk)
    locked.site, locked.mode = site, mode
    locked.period = DateRange(first, last + timedelta(days=1) if last else None)
    save(locked, beside=BESIDE, fields=["site", "mode", "period"])
    record(verbs.RESIDENCY_CHANGED, locked.company, site, by=by, site=site.city)
    return locked


@transaction.atomic
def remove_residency(residency: Residency, *, by: Person | None) -> None:
    """A stay that never was. One that ended is no mistake: see `close_residency`."""
    Company.objects.hold(residency.company)
    locked = Residency.objects.select_for_update().get(pk=residency.pk)
    company, site = locked.company, locked.site
    locked.delete()
    record(verbs.RESIDENCY_REMOVED, company, site, by=by, site=site.city)


def _in_order(first: date | None, last: date | None) -> None:
    if first is not None and last is not None and last < first:
        raise ValidationError({"last": _("The leaving date comes before the entry date.")})
