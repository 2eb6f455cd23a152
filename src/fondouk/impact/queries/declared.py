"""What hosted companies have said of a year, company by company: everything else is added up from this."""

from __future__ import annotations

import json
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import connection

from fondouk.companies.models import Sector

from .scope import Scope
from .stays import stays

CARRIED_YEARS = 2
"""A headcount older than that is not carried forward."""


@dataclass(frozen=True)
class Declared:
    """One company hosted on the last day. `said` by indicator; `earlier` is the last headcount before, with its year."""

    company: int
    sites: tuple[int, ...]
    sector: str
    stage: str
    said: dict[str, Decimal]
    earlier: tuple[Decimal, int] | None

    @property
    def headcount(self) -> tuple[Decimal, bool] | None:
        """People, and whether they are carried forward; None where nobody knows."""
        if "headcount" in self.said:
            return self.said["headcount"], False
        return (self.earlier[0], True) if self.earlier else None


def standing(as_of: Any) -> tuple[str, list[Any]]:
    """SQL of the figures that stood at that moment (now, when None), to stand in a WITH."""
    if as_of is None:
        return (
            "SELECT f.* FROM companies_figure f WHERE NOT EXISTS"
            " (SELECT 1 FROM companies_figure newer WHERE newer.supersedes_id = f.id)",
            [],
        )
    return (
        "SELECT f.* FROM companies_figure f WHERE f.declared_at <= %s AND NOT EXISTS"
        " (SELECT 1 FROM companies_figure newer WHERE newer.supersedes_id = f.id AND newer.declared_at <= %s)",
        [as_of, as_of],
    )


def declared(scope: Scope) -> list[Declared]:
    """Of the companies hosted on the last day of the scope, in the order of their keys. Two queries."""
    hosted, of_hosted = stays(scope.as_of, scope.sites)
    figures, of_figures = standing(scope.as_of)
    roots = top_sectors()
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            WITH hosted AS (
                SELECT company_id, array_agg(DISTINCT site_id) AS sites
                  FROM ({hosted}) known WHERE period @> %s::date GROUP BY company_id
            ), known AS (
                SELECT f.company_id, f.indicator, lower(f.period) AS since, f.value
                  FROM ({figures}) f JOIN hosted USING (company_id)
                 WHERE lower(f.period) BETWEEN %s AND %s
            )
            SELECT hosted.company_id, hosted.sites,
                   (SELECT sector_id FROM companies_sectorassignment a
                     WHERE a.company_id = hosted.company_id AND a.period @> %s::date LIMIT 1),
                   (SELECT stage FROM companies_stageassignment a
                     WHERE a.company_id = hosted.company_id AND a.period @> %s::date LIMIT 1),
                   said.said, earlier.value, earlier.since
              FROM hosted
              LEFT JOIN (SELECT company_id, jsonb_object_agg(indicator, value::text) AS said
                           FROM known WHERE since = %s GROUP BY company_id) said USING (company_id)
              LEFT JOIN (SELECT DISTINCT ON (company_id) company_id, value, since
                           FROM known WHERE indicator = 'headcount' AND since < %s
                          ORDER BY company_id, since DESC) earlier USING (company_id)
             ORDER BY hosted.company_id
            """,  # noqa: S608 - our own text
            [
                *of_hosted, scope.day, *of_figures, scope.first.replace(year=scope.year - CARRIED_YEARS), scope.first,
                scope.day, scope.day, scope.first, scope.first,
            ],
        )  # fmt: skip
        rows = cursor.fetchall()
    found = [
        Declared(
            company,
            tuple(sites),
            roots.get(sector, ""),
            stage or "",
            {code: Decimal(value) for code, value in _read(said).items()},
            (value, since.year) if value is not None else None,
        )
        for company, sites, sector, stage, said, value, since in rows
    ]
    return [
        one
        for one in found
        if (not scope.sector or one.sector == scope.sector) and (not scope.stage or one.stage == scope.stage)
    ]


def _read(said: Any) -> dict[str, str]:
    read: dict[str, str] = json.loads(said) if isinstance(said, str) else (said or {})
    return read


def top_sectors() -> dict[int, str]:
    """The code of the sector that each one belongs to, itself or the highest it is a part of."""
    known = {pk: (code, parent) for pk, code, parent in Sector.objects.values_list("pk", "code", "parent")}
    roots = {}
    for pk in known:
        top = pk
        for _step in known:
            if (parent := known[top][1]) is None:
                break
            top = parent
        roots[pk] = known[top][0]
    return roots
