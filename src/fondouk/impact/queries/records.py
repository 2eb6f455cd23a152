"""The records behind a figure: which company said what, when, and who has not."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db import connection

from fondouk.companies.enums import Stage
from fondouk.companies.models import Company, Figure, Sector
from fondouk.impact.enums import Stays
from fondouk.sites.models import Site

from .declared import declared, standing
from .report import spells_of
from .scope import Scope


@dataclass(frozen=True)
class Record:
    """`value` None: not said. `carried_from` is the year of a headcount that was carried forward.

    `sites`, `sector` and `stage` are those of the last day: by what the tables of the page group.
    """

    company: Company
    value: Decimal | None
    said_at: datetime | None
    source: str
    carried_from: int | None = None
    sites: list[Site] = field(default_factory=list)
    sector: Sector | None = None
    stage: str = ""


def records(scope: Scope, measure: str) -> list[Record]:
    """Of every company hosted on the last day, those that said most first, those that said nothing last."""
    companies = declared(scope)
    known = Company.objects.defer("vector").in_bulk([one.company for one in companies])
    sites = Site.objects.in_bulk({pk for one in companies for pk in one.sites})
    sectors = Sector.objects.in_bulk({one.sector for one in companies if one.sector}, field_name="code")
    said = _said(scope, measure)
    found = []
    for one in companies:
        value, at, source = said.get(one.company, (None, None, ""))
        carried = None
        if measure == "hosted":
            value = Decimal(1)
        elif measure == "headcount" and value is None and one.earlier:
            value, carried = one.earlier
        if company := known.get(one.company):
            found.append(
                Record(
                    company,
                    value,
                    at,
                    source,
                    carried,
                    [sites[pk] for pk in one.sites],
                    sectors.get(one.sector),
                    str(Stage(one.stage).label) if one.stage else "",
                )
            )
    return sorted(
        found, key=lambda record: (record.value is None, -(record.value or 0), record.company.name_folded)
    )


def _said(scope: Scope, measure: str) -> dict[int, tuple[Any, Any, str]]:
    figures, params = standing(scope.as_of)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT company_id, value, declared_at, source FROM ({figures}) f"  # noqa: S608 - our own text
            " WHERE indicator = %s AND lower(period) = %s",
            [*params, measure, scope.first],
        )
        labels = dict(Figure._meta.get_field("source").choices or [])
        return {
            pk: (value, at, str(labels.get(source, source))) for pk, value, at, source in cursor.fetchall()
        }


@dataclass(frozen=True)
class StayRecord:
    """A company hosted without interruption. `first` None: since nobody knows when; `last` None: it goes on."""

    company: Company
    first: date | None
    last: date | None


def stay_records(scope: Scope, of: str) -> list[StayRecord]:
    """The stays behind entries and departures of the year (`Stays`), or behind survival: all that had begun by its end."""
    gone_by = min(scope.day, scope.today - timedelta(days=1))

    def counts(first: date | None, last: date | None) -> bool:
        if of == Stays.ENTRIES:
            return first is not None and scope.first <= first <= scope.day
        if of == Stays.DEPARTURES:
            return last is not None and scope.first <= last <= gone_by
        return first is None or first <= scope.day

    found = [spell for spell in spells_of(scope) if counts(spell.first, spell.last)]
    companies = Company.objects.defer("vector").in_bulk({spell.company for spell in found})
    shown = [
        StayRecord(companies[spell.company], spell.first, spell.last)
        for spell in found
        if spell.company in companies
    ]
    by = (lambda one: one.last) if of == Stays.DEPARTURES else (lambda one: one.first)
    return sorted(shown, key=lambda one: (by(one) or date.min, one.company.pk), reverse=True)
