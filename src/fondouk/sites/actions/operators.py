"""The legal entities that run the network, and the sites that each runs."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from fondouk.audit.actions import record
from fondouk.people.models import Person
from fondouk.sites import verbs
from fondouk.sites.models import Operator, Site, SiteOperator


@transaction.atomic
def save_operator(operator: Operator, *, by: Person | None) -> Operator:
    operator.full_clean()
    operator.save()
    record(verbs.OPERATOR_SAVED, operator, by=by, name=operator.name)
    return operator


@transaction.atomic
def assign_operator(site: Site, operator: Operator, *, since: date, by: Person | None) -> SiteOperator:
    """From that day `operator` runs the site; whoever did until then does no longer, later changes are dropped."""
    Site.objects.select_for_update().get(pk=site.pk)
    site.operatorships.filter(period__startswith__gte=since).delete()
    for earlier in site.operatorships.filter(period__contains=since):
        earlier.period = DateRange(earlier.period.lower, since)
        earlier.save(update_fields=["period"])
    entered = SiteOperator.objects.create(site=site, operator=operator, period=DateRange(since, None))
    record(verbs.OPERATOR_ASSIGNED, site, operator, by=by, name=operator.name, since=since.isoformat())
    return entered
