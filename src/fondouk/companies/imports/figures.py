"""Figures of a row: for which year, within bounds, superseding what they correct."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.translation import gettext_lazy as _

from fondouk.companies.enums import MONEY_INDICATORS, PARTS_OF, FigureSource, Indicator
from fondouk.companies.models import Figure
from fondouk.imports.planning import Values, shown
from fondouk.imports.recognition import ReadSheet

from .book import Dossier, FigureKey

if TYPE_CHECKING:
    from .planner import CompanyPlanner

TOO_MANY = {
    Indicator.WOMEN: (
        "women",
        _("There are more women (%(part)s) than people (%(whole)s): correct one of the two."),
    ),
    Indicator.UNDER_35: (
        "under 35",
        _("There are more people under 35 (%(part)s) than people (%(whole)s): correct one of the two."),
    ),
    Indicator.EXPORTS: (
        "exports",
        _("Exports (%(part)s) exceed the turnover (%(whole)s): correct one of the two."),
    ),
}


class FigureReader:
    """A column without a year speaks of the year of the book: that of the date in its banner, else this
    year.
    """

    def __init__(self, planner: CompanyPlanner) -> None:
        self.planner = planner

    def _said(self, values: Values, sheet: ReadSheet) -> dict[FigureKey, tuple[Decimal, int | None]]:
        """By indicator and year the value, and the year that its column names. A column with a year goes
        first.
        """
        year = (sheet.as_of or self.planner.context.today).year
        said: dict[FigureKey, tuple[Decimal, int | None]] = {}
        for indicator in Indicator:
            for named, value in sorted(
                values.years(indicator.value).items(), key=lambda item: item[0] is not None
            ):
                said[indicator, date(named or year, 1, 1)] = (Decimal(value), named)
        return said

    def check(self, values: Values, sheet: ReadSheet, existing: Dossier | None) -> None:
        """Refuse a part greater than its whole, counting what is already known for that year."""
        said = self._said(values, sheet)
        for (indicator, year), (_value, named) in said.items():
            if named and year > self.planner.context.today:
                values.refuse(
                    "year",
                    str(indicator),
                    _(
                        "The year %(when)s has not begun: what is planned for it is no figure. Leave the column out."
                    ),
                    year=named,
                    when=str(year.year),
                )
        known: dict[FigureKey, Decimal] = (
            {key: figure.value for key, figure in existing.figures.items()} if existing else {}
        )
        together = known | {key: value for key, (value, _named) in said.items()}
        for part, whole in PARTS_OF.items():
            for year in sorted({year for indicator, year in said if indicator in (part, whole)}):
                parts, wholes = together.get((part, year)), together.get((whole, year))
                if parts is None or wholes is None or parts <= wholes:
                    continue
                code, sentence = TOO_MANY[part]
                at = part if (part, year) in said else whole
                values.refuse(
                    code,
                    at.value,
                    sentence,
                    year=said[at, year][1],
                    part=shown(round(parts)),
                    whole=shown(round(wholes)),
                )

    def write(self, dossier: Dossier, values: Values, sheet: ReadSheet) -> None:
        planner = self.planner
        for (indicator, year), (value, _named) in self._said(values, sheet).items():
            before = dossier.figures.get((indicator, year))
            if before is not None and before.value == value:
                continue
            figure = Figure(
                company=dossier.company,
                indicator=indicator,
                period=DateRange(year, date(year.year + 1, 1, 1)),
                value=value,
                unit="MAD" if indicator in MONEY_INDICATORS else "people",
                source=FigureSource.IMPORTED,
                source_note=shown(sheet.raw.name),
                declared_by=planner.context.by,
                supersedes=before,
            )
            planner.writer.create(figure)
            dossier.figures[indicator, year] = figure
            values.plan.changes.append(
                (f"{indicator} {year.year}", shown(before and before.value), shown(value))
            )
            values.plan.touch()

    def totals(self, resident: list[Dossier]) -> dict[str, int]:
        """People at the latest year that each company of the book gives."""
        return {
            "jobs": sum(self._latest(dossier, Indicator.HEADCOUNT) for dossier in resident),
            "women": sum(self._latest(dossier, Indicator.WOMEN) for dossier in resident),
        }

    def _latest(self, dossier: Dossier, indicator: Indicator) -> int:
        years = [year for known, year in dossier.figures if known == indicator]
        return int(dossier.figures[indicator, max(years)].value) if years else 0
