"""Declaring and correcting a company's figures of a year."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from fondouk.audit.actions import record
from fondouk.companies import verbs
from fondouk.companies.enums import MONEY_INDICATORS, PARTS_OF, Indicator
from fondouk.companies.models import Company, Figure
from fondouk.people.models import Person


class FigureRefused(Exception):
    """A part exceeds its whole: `indicator` says which."""

    def __init__(self, indicator: Indicator) -> None:
        super().__init__(indicator)
        self.indicator = indicator


@transaction.atomic
def declare_figures(
    company: Company,
    *,
    year: int,
    values: Mapping[str, Decimal],
    source: str,
    by: Person | None,
    note: str = "",
) -> list[Figure]:
    """Figures of a calendar year. One that differs from what stands supersedes it; one that agrees changes nothing.

    Raises `FigureRefused` when there would be more women than people, and the like.
    """
    Company.objects.select_for_update().get(pk=company.pk)
    period = DateRange(date(year, 1, 1), date(year + 1, 1, 1))
    standing = {figure.indicator: figure for figure in company.figures.standing().filter(period=period)}
    together = {**{code: figure.value for code, figure in standing.items()}, **values}
    for part, whole in PARTS_OF.items():
        if part in together and whole in together and together[part] > together[whole]:
            raise FigureRefused(part)
    declared = []
    for code, value in values.items():
        before = standing.get(code)
        if before is not None and before.value == value:
            continue
        declared.append(
            Figure.objects.create(
                company=company,
                indicator=code,
                period=period,
                value=value,
                unit="MAD" if code in MONEY_INDICATORS else "people",
                source=source,
                source_note=note,
                declared_by=by,
                supersedes=before,
            )
        )
    if declared:
        record(verbs.FIGURES_DECLARED, company, by=by, year=year, count=len(declared))
    return declared
