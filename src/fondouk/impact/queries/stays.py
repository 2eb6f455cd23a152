"""Stays, as known now or at an earlier moment, and the spells that they make."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import connection

GAP = timedelta(days=30)
"""A company that comes back within so many days never left."""

NOW = """
SELECT stay.company_id, stay.site_id, stay.period
  FROM companies_residency stay JOIN companies_company company ON company.id = stay.company_id
 WHERE company.merged_into_id IS NULL
"""
THEN = """
SELECT company_id, site_id, period FROM (
    SELECT DISTINCT ON (pgh_obj_id) company_id, site_id, period, pgh_label
      FROM companies_residencyevent WHERE pgh_created_at <= %s ORDER BY pgh_obj_id, pgh_id DESC
) latest WHERE pgh_label <> 'delete'
"""


def stays(as_of: datetime | None, sites: frozenset[int] | None) -> tuple[str, list[Any]]:
    """SQL of (company_id, site_id, period) and its parameters, to stand in a WITH."""
    sql = NOW if as_of is None else THEN
    params: list[Any] = [] if as_of is None else [as_of]
    if sites is not None:
        sql = f"SELECT * FROM ({sql}) known WHERE site_id = ANY(%s)"  # noqa: S608 - our own text
        params = [*params, sorted(sites)]
    return sql, params


@dataclass(frozen=True)
class Spell:
    """One company hosted without interruption. `first` None: since nobody knows when; `last` None: it goes on."""

    company: int
    first: date | None
    last: date | None


def spells(as_of: datetime | None, sites: frozenset[int] | None) -> list[Spell]:
    """In order of company and time, stays that touch or overlap made one, gaps of up to `GAP` closed."""
    sql, params = stays(as_of, sites)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT company_id, lower(period), upper(period) FROM ({sql}) known"  # noqa: S608 - our own text
            " ORDER BY company_id, lower(period) NULLS FIRST, upper(period)",
            params,
        )
        rows = cursor.fetchall()
    found: list[Spell] = []
    for company, first, end in rows:
        last = end - timedelta(days=1) if end else None
        before = found[-1] if found and found[-1].company == company else None
        if before is None or (before.last is not None and first is not None and first - before.last > GAP):
            found.append(Spell(company, first, last))
        elif before.last is not None and (last is None or last > before.last):
            found[-1] = Spell(company, before.first, last)
    return found
