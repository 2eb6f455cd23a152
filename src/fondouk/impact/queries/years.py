"""What was declared, year after year."""

from __future__ import annotations

from typing import Any

from django.db import connection

from fondouk.impact.enums import Measure

from .declared import standing, top_sectors
from .scope import Scope
from .stays import stays

SERIES = (Measure.HEADCOUNT, Measure.TURNOVER, Measure.EXPORTS, Measure.FUNDS_RAISED)


def declared_by_year(scope: Scope, first: int) -> dict[int, dict[str, dict[str, Any]]]:
    """By year and measure, of the companies hosted at its end: `value`, `said`, `contributors` of more than nothing, and
    `largest`, what one of them contributed at most.
    """
    hosted, of_hosted = stays(scope.as_of, scope.sites)
    figures, of_figures = standing(scope.as_of)
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            WITH years AS (
                SELECT year, least(make_date(year, 12, 31), %s::date) AS day FROM generate_series(%s::int, %s::int) year
            ), hosted AS (
                SELECT DISTINCT years.year, known.company_id
                  FROM years JOIN ({hosted}) known ON known.period @> years.day
                 WHERE (%s = '' OR EXISTS (SELECT 1 FROM companies_sectorassignment a WHERE a.company_id = known.company_id
                                             AND a.period @> years.day AND a.sector_id = ANY(%s)))
                   AND (%s = '' OR EXISTS (SELECT 1 FROM companies_stageassignment a WHERE a.company_id = known.company_id
                                             AND a.period @> years.day AND a.stage = %s))
            )
            SELECT hosted.year, f.indicator, sum(f.value), count(*), max(f.value), count(*) FILTER (WHERE f.value > 0)
              FROM hosted JOIN ({figures}) f
                ON f.company_id = hosted.company_id AND lower(f.period) = make_date(hosted.year, 1, 1)
             WHERE f.indicator = ANY(%s) GROUP BY 1, 2
            """,  # noqa: S608 - our own text
            [
                scope.day, first, scope.year, *of_hosted, scope.sector,
                [pk for pk, code in top_sectors().items() if code == scope.sector], scope.stage, scope.stage,
                *of_figures, [str(measure.value) for measure in SERIES],
            ],
        )  # fmt: skip
        rows = cursor.fetchall()
    found: dict[int, dict[str, dict[str, Any]]] = {}
    for year, indicator, value, said, largest, contributors in rows:
        found.setdefault(year, {})[indicator] = {
            "value": int(value), "said": said, "largest": float(largest), "contributors": contributors
        }  # fmt: skip
    return found
