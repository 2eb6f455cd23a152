"""The report of a year: every number of the page, the PDF, the workbook and the editions, once."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from functools import partial
from typing import Any

from django.conf import settings
from django.db import connection
from django.utils import translation

from fondouk.companies.enums import Stage
from fondouk.companies.models import Sector
from fondouk.impact.definitions import DEFINITIONS
from fondouk.impact.enums import Breakdown, Measure
from fondouk.lib.kept import while_unchanged
from fondouk.sites.models import Site

from . import movements, survival
from .declared import declared
from .occupancy import occupancy
from .scope import Scope
from .share import ict_share
from .stays import Spell, spells
from .totals import grouped, total
from .years import declared_by_year

Report = dict[str, Any]
SHAPE = 2
"""Counts up when what `report` gives changes its shape: nothing kept under another is read."""


def report(scope: Scope) -> Report:
    """As JSON. Kept until a record it rests on changes; worked out in a second or so for thousands of companies."""
    said = {**asdict(scope), "sites": sorted(scope.sites) if scope.sites is not None else None}
    return while_unchanged("impact", WATCHED, [SHAPE, said], partial(work_out, scope))


WATCHED = (
    ("companies_residencyevent", "pgh_id"), ("companies_companyevent", "pgh_id"),
    ("companies_sectorassignmentevent", "pgh_id"), ("companies_stageassignmentevent", "pgh_id"),
    ("companies_sectorevent", "pgh_id"), ("companies_figure", "id"), ("companies_companymerge", "id"),
    ("contracts_contractlineevent", "pgh_id"), ("spaces_resourceevent", "pgh_id"), ("spaces_partevent", "pgh_id"),
    ("spaces_resourcepartevent", "pgh_id"), ("sites_siteevent", "pgh_id"), ("impact_officialfigure", "id"),
)  # fmt: skip
"""Every table that the report reads grows by a row when it changes: its own, or that of its history."""


def work_out(scope: Scope, *, with_contributions: bool = False) -> Report:
    """The same, from the records. `with_contributions` adds what each total is made of, for `public.shown`."""
    companies = declared(scope)
    stayed = spells_of(scope, {one.company for one in companies})
    by_year = movements.by_year(stayed, scope)
    said = declared_by_year(scope, int(by_year[0]["year"] or scope.year)) if by_year else {}
    for row in by_year:
        row["declared"] = said.get(int(row["year"] or 0), {})  # type: ignore[assignment]
    site_curves = {} if scope.sites is not None else _by_site(scope)
    since = scope.since
    return {
        "shape": SHAPE,
        "year": scope.year,
        "day": scope.day.isoformat(),
        "is_over": scope.is_over,
        "as_of": scope.as_of.isoformat() if scope.as_of else None,
        "sites": sorted(scope.sites) if scope.sites is not None else None,
        "sector": scope.sector,
        "stage": scope.stage,
        "names": names(),
        "definitions": {code: one.version for code, one in DEFINITIONS.items()},
        "order": {by.value: list(grouped(companies, by)) for by in Breakdown},
        "measures": {
            measure.value: total(companies, measure, with_contributions=with_contributions)
            for measure in Measure
        },
        "movement": by_year[-1] if by_year else None,
        "by_year": by_year,
        "breakdowns": {
            by.value: {
                key: {
                    measure.value: total(group, measure, with_contributions=with_contributions)
                    for measure in Measure
                }
                for key, group in grouped(companies, by).items()
            }
            for by in Breakdown
        },
        "occupancy": occupancy(scope),
        "survival": {
            "all": survival.curve(stayed, since=since, until=scope.day),
            "sites": {
                key: survival.curve(one, since=since, until=scope.day) for key, one in site_curves.items()
            },
            "compared": survival.compared(site_curves, since=since, until=scope.day),
        },
        "share": ict_share(companies, scope.year, scope.as_of),
    }


def spells_of(scope: Scope, hosted: set[int] | None = None) -> list[Spell]:
    """Of the companies of the scope; of past ones the sector and the stage are those of when they were last hosted.

    `hosted`: those of the last day, where they are known.
    """
    found = spells(scope.as_of, scope.sites)
    if not (scope.sector or scope.stage):
        return found
    here = {one.company for one in declared(scope)} if hosted is None else hosted
    return movements.within(found, _of_kind(scope) | here)


def _by_site(scope: Scope) -> dict[str, list[Any]]:
    found = {
        str(pk): spells(scope.as_of, frozenset({pk}))
        for pk in Site.objects.filter(residencies__isnull=False)
        .distinct()
        .order_by("pk")
        .values_list("pk", flat=True)
    }
    return {key: stayed for key, stayed in found.items() if stayed}


def _of_kind(scope: Scope) -> set[int]:
    """Companies whose last known sector and stage are those of the scope."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.id FROM companies_company c WHERE"
            " (%(sector)s = '' OR (SELECT a.sector_id FROM companies_sectorassignment a WHERE a.company_id = c.id"
            "   ORDER BY a.period DESC LIMIT 1) = ANY(%(sectors)s))"
            " AND (%(stage)s = '' OR (SELECT a.stage FROM companies_stageassignment a WHERE a.company_id = c.id"
            "   ORDER BY a.period DESC LIMIT 1) = %(stage)s)",
            {
                "sector": scope.sector,
                "stage": scope.stage,
                "sectors": _sector_keys(scope.sector),
            },
        )
        return {pk for (pk,) in cursor.fetchall()}


def _sector_keys(code: str) -> list[int]:
    from .declared import top_sectors

    return [pk for pk, top in top_sectors().items() if top == code]


def names() -> dict[str, dict[str, dict[str, str]]]:
    """What sites, sectors and stages are called in each language: an edition keeps the names of its day."""
    languages = [code for code, _label in settings.LANGUAGES]
    sites, sectors = list(Site.objects.all()), list(Sector.objects.all())
    found: dict[str, dict[str, dict[str, str]]] = {"site": {}, "sector": {}, "stage": {}}
    for language in languages:
        with translation.override(language):
            for site in sites:
                found["site"].setdefault(str(site.pk), {})[language] = str(site)
            for sector in sectors:
                found["sector"].setdefault(sector.code, {})[language] = sector.label
            for stage in Stage:
                found["stage"].setdefault(stage.value, {})[language] = str(stage.label)
    return found


def years_known(today: date) -> list[int]:
    """Years for which something can be said, the latest first: from the first stay to this year."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT min(lower(period)) FROM companies_residency")
        first = cursor.fetchone()[0]
    return list(range(today.year, (first.year if first else today.year) - 1, -1))
