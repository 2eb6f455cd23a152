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
    """A part exceeds its whole, or stands without it (`is_alone`): `indicator` says which part."""

    def __init__(self, indicator: Indicator, *, is_alone: bool = False) -> None:
        super().__init__(indicator)
        self.indicator = indicator
        self.is_alone = is_alone


def refuse_parts(known: Mapping[str, Decimal], said: Mapping[str, Decimal]) -> list[FigureRefused]:
    """What is wrong with the parts, once `said` joins what is `known` of the year: each beside the part it speaks of.

    A part that stood alone before (a book gave it so) is no fault of who says something else.
    """
    together = {**known, **said}
    found = []
    for part, whole in PARTS_OF.items():
        if part not in together:
            continue
        if whole in together:
            if together[part] > together[whole]:
                found.append(FigureRefused(part))
        elif said.get(part):
            found.append(FigureRefused(part, is_alone=True))
    return found


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

    Raises `FigureRefused` when there would be more women than people, exports without a turnover, and the like.
    """
    Company.objects.select_for_update().get(pk=company.pk)
    period = DateRange(date(year, 1, 1), date(year + 1, 1, 1))
    standing = {figure.indicator: figure for figure in company.figures.standing().filter(period=period)}
    for wrong in refuse_parts({code: figure.value for code, figure in standing.items()}, values):
        raise wrong
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
