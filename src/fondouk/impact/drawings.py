"""The charts of the report, each with the rows it was drawn from."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from fondouk.impact.definitions import DEFINITIONS
from fondouk.impact.enums import Stays
from fondouk.impact.queries.report import Report
from fondouk.lib import formats
from fondouk.ui import charts

from .wording import Drawing, Table, as_number, in_cell, language, number, percent

CHART_YEARS = 12
CURVE_YEARS = 10


def drawings(made: Report) -> list[Drawing]:
    """The charts of the page, each with the rows it was drawn from."""
    found = [_movements(made), _employed(made), _turnover(made), _stay(made)]
    return [one for one in found if one is not None]


def _late(made: Report) -> list[dict[str, Any]]:
    return list(made["by_year"])[-CHART_YEARS:]


def _movements(made: Report) -> Drawing | None:
    years = _late(made)
    if not years:
        return None
    columns = [str(row["year"]) for row in years]
    kinds = (("entries", _("Entries")), ("departures", _("Departures")), ("hosted", _("Hosted at the end")))
    rows = [(label, [number(row[key]) for row in years]) for key, label in kinds]
    numbers = [[row[key] for row in years] for key, _label in kinds]
    rows.append((_("Renewal"), [percent(row["renewal"]) for row in years]))
    numbers.append([row["renewal"] for row in years])
    return Drawing(
        "movements", _("Entries and departures"), "",
        charts.both_ways(years, time="year", up="entries", down="departures"),
        Table(_("Entries and departures"), _("Year"), columns, rows, numbers, "movements"),
        DEFINITIONS["entries"], [(_("Entries"), 1), (_("Departures"), 2)], stays=Stays.ENTRIES,
    )  # fmt: skip


def _series(made: Report, measure: str) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    years = [row for row in _late(made) if measure in row["declared"]]
    return years, [{"year": row["year"], "value": row["declared"][measure]["value"]} for row in years]


def _employed(made: Report) -> Drawing | None:
    years, data = _series(made, "headcount")
    if not years:
        return None
    rows = [
        (_("People declared"), [in_cell(row["declared"]["headcount"], "headcount") for row in years]),
        (_("Companies that said it"), [number(row["declared"]["headcount"]["said"]) for row in years]),
        (_("of hosted companies"), [number(row["hosted"]) for row in years]),
    ]
    numbers = [
        [as_number(row["declared"]["headcount"]) for row in years],
        [row["declared"]["headcount"]["said"] for row in years],
        [row["hosted"] for row in years],
    ]
    return Drawing(
        "employed", _("People employed"), _("As declared for each year; nothing is carried forward here."),
        charts.bars(data, time="year", value="value"),
        Table(_("People employed"), _("Year"), [str(row["year"]) for row in years], rows, numbers, "employed"),
        DEFINITIONS["headcount"], measure="headcount",
    )  # fmt: skip


def _turnover(made: Report) -> Drawing | None:
    years, data = _series(made, "turnover")
    if not years:
        return None
    measures = (("turnover", _("Turnover")), ("exports", _("Exports")), ("funds_raised", _("Funds raised")))
    nothing = {"value": None, "said": 0}
    rows = [
        (
            _("%(what)s, in millions of dirhams") % {"what": label},
            [_millions(row["declared"].get(key, nothing)) for row in years],
        )
        for key, label in measures
    ]
    numbers = [
        [as_number(row["declared"].get(key, nothing), 10**6) for row in years] for key, _label in measures
    ]
    rows.append((_("Companies that said it"), [number(row["declared"]["turnover"]["said"]) for row in years]))
    numbers.append([row["declared"]["turnover"]["said"] for row in years])
    millions = [
        {**row, "value": None if row["value"] is None else round(row["value"] / 10**6, 1)} for row in data
    ]
    return Drawing(
        "turnover", _("Turnover"), _("In millions of dirhams, as declared for each year."),
        charts.bars(millions, time="year", value="value", colour=charts.SERIES[3]),
        Table(_("Turnover, exports, funds"), _("Year"), [str(row["year"]) for row in years], rows, numbers, "turnover"),
        DEFINITIONS["turnover"], measure="turnover",
    )  # fmt: skip


def _millions(cell: dict[str, Any]) -> str:
    if cell.get("hidden"):
        return _("hidden")
    if cell["value"] is None:
        return "—"
    return formats.format_number(Decimal(cell["value"]) / 10**6, language(), 1)


def _stay(made: Report) -> Drawing | None:
    curve = made["survival"]["all"]
    if curve is None:
        return None
    marks = [mark for mark in curve["marks"] if mark["years"] <= CURVE_YEARS]
    rows = [
        (_("Still hosted"), [percent(mark["survival"], 1) for mark in marks]),
        (_("Interval at 95 %%, low end") % {}, [percent(mark["low"], 1) for mark in marks]),
        (_("Interval at 95 %%, high end") % {}, [percent(mark["high"], 1) for mark in marks]),
        (_("At risk"), [number(mark["at_risk"]) for mark in marks]),
    ]
    numbers = [
        [mark["survival"] for mark in marks],
        [mark["low"] for mark in marks],
        [mark["high"] for mark in marks],
        [mark["at_risk"] for mark in marks],
    ]
    median = curve["median"]
    lead = _("%(n)s stays, %(ended)s of them over; %(median)s") % {
        "n": number(curve["subjects"]),
        "ended": number(curve["ended"]),
        "median": _("half last %(years)s years or more") % {"years": number(median, 1)}
        if median is not None
        else _("more than half go on"),
    }
    if curve["since"]:
        lead += " " + _("Observed since %(year)s: %(late)s came before, and are at risk only from then on.") % {
            "year": curve["since"][:4], "late": number(curve["late"]),
        }  # fmt: skip
    return Drawing(
        "survival", _("Survival of hosted companies"), lead,
        charts.survival(curve["steps"], most=CURVE_YEARS),
        Table(
            _("Survival of hosted companies"), _("Years since entry"), [str(mark["years"]) for mark in marks], rows, numbers,
            "survival",
        ),
        DEFINITIONS["survival"], stays=Stays.ALL,
    )  # fmt: skip
