"""The report put into words: tiles, tables and charts in the reader's language, the same for pages, paper and workbooks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from fondouk.impact.definitions import DEFINITIONS, Definition
from fondouk.impact.enums import MONEY, Breakdown, Measure
from fondouk.impact.queries.report import Report
from fondouk.lib import formats
from fondouk.lib.money import Money
from fondouk.ui import charts

CHART_YEARS = 12
CURVE_YEARS = 10


def language() -> str:
    return (get_language() or "fr")[:2]


def number(value: Any) -> str:
    return "—" if value is None else formats.format_number(value, language())


def percent(ratio: Any, decimals: int = 0) -> str:
    return "—" if ratio is None else formats.format_percent(ratio, language(), decimals)


def amount(value: Any) -> str:
    """Large amounts in millions or billions of dirhams, with three figures: what is declared is no more exact."""
    if value is None:
        return "—"
    for size, unit in ((Decimal(10**9), _("bn MAD")), (Decimal(10**6), _("M MAD"))):
        if abs(value) >= size:
            scaled = Decimal(value) / size
            places = 2 if scaled < 10 else 1 if scaled < 100 else 0
            return f"{formats.format_number(scaled, language(), places)}\u00a0{unit}"
    return formats.format_money(Money(Decimal(value), "MAD"), language(), cents=False)


def written(measure: str, value: Any) -> str:
    return amount(value) if measure in MONEY else number(value)


@dataclass(frozen=True)
class Tile:
    """One figure: what it is, its value, what goes with it, and where its records are."""

    code: str
    label: str
    value: str
    detail: str
    definition: Definition
    measure: str = ""
    """Of which records can be listed; "" for what is worked out from others."""


@dataclass(frozen=True)
class Table:
    """`rows` are a heading and cells; `numbers` the same cells as numbers, for a workbook."""

    title: str
    heading: str
    columns: list[str]
    rows: list[tuple[str, list[str]]]
    numbers: list[list[Any]] = field(default_factory=list)
    code: str = ""
    keys: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Drawing:
    """A chart with its table, and the definition it rests on."""

    key: str
    title: str
    lead: str
    chart: charts.Chart | None
    table: Table
    definition: Definition
    legend: list[tuple[str, int]] = field(default_factory=list)
    """Names, and the number of the colour of each, from 1."""


def name_of(made: Report, by: str, key: str) -> str:
    """What the group was called when the report was made."""
    if not key:
        return _("Not known")
    known = made["names"][by].get(key, {})
    return str(known.get(language()) or known.get("fr") or key)


def _cell(cell: dict[str, Any], measure: str) -> str:
    return _("hidden") if cell.get("hidden") else written(measure, cell["value"])


def _response(cell: dict[str, Any]) -> str:
    if cell.get("hidden"):
        return _("too few companies to be shown")
    return _("%(said)s of %(of)s companies have said it") % {
        "said": number(cell["said"]),
        "of": number(cell["of"]),
    }


def people(cell: dict[str, Any]) -> int | None:
    """Declared and carried forward together."""
    if cell.get("hidden") or (cell["value"] is None and not cell.get("carried")):
        return None
    return int(cell["value"] or 0) + int(cell.get("carried") or 0)


def tiles(made: Report) -> list[Tile]:
    """The figures at the top, in their order; what cannot be said is a dash, with the reason."""
    measures, movement = made["measures"], made["movement"] or {}
    head = measures["headcount"]
    return [
        Tile(
            "hosted", _("Hosted companies"), number(measures["hosted"]["value"]),
            _("%(entries)s entries, %(departures)s departures in the year")
            % {"entries": number(movement.get("entries")), "departures": number(movement.get("departures"))},
            DEFINITIONS["hosted"], "hosted",
        ),
        Tile(
            "headcount", _("People employed"), number(people(head)), _carried(head), DEFINITIONS["headcount"], "headcount"
        ),
        _share_tile("women", _("Women"), measures["women"]),
        _share_tile("under_35", _("Under 35"), measures["under_35"]),
        Tile(
            "turnover", _("Turnover"), _cell(measures["turnover"], "turnover"), _response(measures["turnover"]),
            DEFINITIONS["turnover"], "turnover",
        ),
        Tile(
            "exports", _("Exports"), _cell(measures["exports"], "exports"), _of_turnover(measures["exports"]),
            DEFINITIONS["exports"], "exports",
        ),
        Tile(
            "funds_raised", _("Funds raised"), _cell(measures["funds_raised"], "funds_raised"),
            "" if measures["funds_raised"].get("hidden") else ngettext(
                "by %(n)s company", "by %(n)s companies", measures["funds_raised"]["said"]
            ) % {"n": number(measures["funds_raised"]["said"])},
            DEFINITIONS["funds_raised"], "funds_raised",
        ),
        Tile(
            "renewal", _("Renewal"), percent(movement.get("renewal")), _("entries for those hosted on the first of January"),
            DEFINITIONS["renewal"],
        ),
    ]  # fmt: skip


def _share_tile(code: str, label: str, cell: dict[str, Any]) -> Tile:
    ratio = cell["value"] / cell["whole"] if cell.get("whole") and cell["value"] is not None else None
    detail = _response(cell)
    if ratio is not None:
        detail = _("%(part)s of %(whole)s people; %(response)s") % {
            "part": number(cell["value"]), "whole": number(cell["whole"]), "response": detail,
        }  # fmt: skip
    return Tile(code, label, percent(ratio), detail, DEFINITIONS[code], code)


def _carried(cell: dict[str, Any]) -> str:
    if cell.get("hidden"):
        return _response(cell)
    unknown = cell["of"] - cell["said"] - cell["carried_from"]
    return _("%(said)s declared; %(carried)s people of %(from)s companies carried forward; %(unknown)s not known") % {
        "said": number(cell["value"] or 0), "carried": number(cell["carried"]), "from": number(cell["carried_from"]),
        "unknown": number(unknown),
    }  # fmt: skip


def _of_turnover(cell: dict[str, Any]) -> str:
    if cell.get("hidden") or not cell.get("whole") or cell["value"] is None:
        return _response(cell)
    return _("%(part)s of their turnover") % {"part": percent(cell["value"] / cell["whole"], 1)}


def share(made: Report) -> dict[str, Any] | None:
    """The part of the national turnover, in words."""
    found = made["share"]
    if found is None:
        return None
    low, high = percent(found["low"], 1), percent(found["high"], 1)
    return {
        **found,
        "value": low
        if found["low"] == found["high"]
        else _("%(low)s to %(high)s") % {"low": low, "high": high},
        "declared_in_words": amount(found["declared"]),
        "official_in_words": amount(found["official"]),
        "response": percent(found["said"] / found["of"]),
        "definition": DEFINITIONS["ict_share"],
    }


def breakdown(made: Report, by: Breakdown) -> Table:
    """One row a group, one column a measure."""
    groups = made["breakdowns"][by.value]
    headings = {
        Breakdown.SITE: _("Site"), Breakdown.SECTOR: _("Sector"), Breakdown.STAGE: _("Stage")
    }  # fmt: skip
    rows, numbers = [], []
    for key, cells in groups.items():
        shown = {**cells, "headcount": {**cells["headcount"], "value": people(cells["headcount"])}}
        rows.append((name_of(made, by.value, key), [_cell(shown[one.value], one.value) for one in Measure]))
        numbers.append([shown[one.value]["value"] for one in Measure])
    return Table(
        str(by.label),
        headings[by],
        [str(one.label) for one in Measure],
        rows,
        numbers,
        by.value,
        list(groups),
    )


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
        DEFINITIONS["entries"], [(_("Entries"), 1), (_("Departures"), 2)],
    )  # fmt: skip


def _series(made: Report, measure: str) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    years = [row for row in _late(made) if measure in row["declared"]]
    return years, [{"year": row["year"], "value": row["declared"][measure]["value"]} for row in years]


def _employed(made: Report) -> Drawing | None:
    years, data = _series(made, "headcount")
    if not years:
        return None
    rows = [
        (_("People declared"), [_cell(row["declared"]["headcount"], "headcount") for row in years]),
        (_("Companies that said it"), [number(row["declared"]["headcount"]["said"]) for row in years]),
        (_("of hosted companies"), [number(row["hosted"]) for row in years]),
    ]
    numbers = [
        [row["declared"]["headcount"]["value"] for row in years],
        [row["declared"]["headcount"]["said"] for row in years],
        [row["hosted"] for row in years],
    ]
    return Drawing(
        "employed", _("People employed"), _("As declared for each year; nothing is carried forward here."),
        charts.bars(data, time="year", value="value"),
        Table(_("People employed"), _("Year"), [str(row["year"]) for row in years], rows, numbers, "employed"),
        DEFINITIONS["headcount"],
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
    numbers = [[row["declared"].get(key, nothing)["value"] for row in years] for key, _label in measures]
    rows.append((_("Companies that said it"), [number(row["declared"]["turnover"]["said"]) for row in years]))
    numbers.append([row["declared"]["turnover"]["said"] for row in years])
    millions = [
        {**row, "value": None if row["value"] is None else round(row["value"] / 10**6, 1)} for row in data
    ]
    return Drawing(
        "turnover", _("Turnover"), _("In millions of dirhams, as declared for each year."),
        charts.bars(millions, time="year", value="value", colour=charts.SERIES[3]),
        Table(_("Turnover, exports, funds"), _("Year"), [str(row["year"]) for row in years], rows, numbers, "turnover"),
        DEFINITIONS["turnover"],
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
        "median": _("half last %(years)s years or more") % {"years": number(median)}
        if median is not None
        else _("more than half go on"),
    }
    return Drawing(
        "survival", _("Survival of hosted companies"), lead,
        charts.survival(curve["steps"], most=CURVE_YEARS),
        Table(
            _("Survival of hosted companies"), _("Years since entry"), [str(mark["years"]) for mark in marks], rows, numbers,
            "survival",
        ),
        DEFINITIONS["survival"],
    )  # fmt: skip


def stay_by_site(made: Report) -> Table | None:
    """The estimate of each site at one, three, five and ten years, with the test of whether they differ."""
    curves = {key: one for key, one in made["survival"]["sites"].items() if one}
    if len(curves) < 2:
        return None
    marks = (1, 3, 5, 10)
    rows, numbers = [], []
    for key, one in curves.items():
        known = {mark["years"]: mark for mark in one["marks"]}
        rows.append(
            (
                name_of(made, "site", key),
                [
                    number(one["subjects"]),
                    *(percent(known[year]["survival"], 1) if year in known else "—" for year in marks),
                    number(one["median"]),
                ],
            )
        )
        numbers.append(
            [
                one["subjects"],
                *(known[year]["survival"] if year in known else None for year in marks),
                one["median"],
            ]
        )
    years = [ngettext("%(n)s year", "%(n)s years", year) % {"n": year} for year in marks]
    return Table(
        _("Survival by site"),
        _("Site"),
        [_("Stays"), *years, _("Median, in years")],
        rows,
        numbers,
        "survival_sites",
    )


def test_of_sites(made: Report) -> str:
    """What the log-rank test says, in a sentence."""
    found = made["survival"]["compared"]
    if found is None:
        return ""
    p = found["p_value"]
    said = (
        _("p < 0.001")
        if p < 0.001
        else _("p = %(p)s") % {"p": formats.format_number(Decimal(str(p)), language(), 3)}
    )
    return _("Log-rank test that the sites are alike: χ² = %(statistic)s, %(p)s.") % {
        "statistic": formats.format_number(Decimal(str(found["statistic"])), language(), 2), "p": said,
    }  # fmt: skip


def occupancy(made: Report) -> Table:
    """Offices in square metres and coworking in places, by site and together."""
    found = made["occupancy"]
    rows, numbers = [], []
    for key, one in [*found["sites"].items(), ("", found)]:
        label = name_of(made, "site", key) if key else _("Together")
        area, places = one["area"], one["places"]
        rows.append(
            (
                label,
                [
                    percent(area["ratio"]), formats.format_area(area["held"], language()),
                    formats.format_area(area["total"], language()), percent(places["ratio"]), number(places["held"]),
                    number(places["total"]),
                ],
            )
        )  # fmt: skip
        numbers.append(
            [area["ratio"], area["held"], area["total"], places["ratio"], places["held"], places["total"]]
        )
    return Table(
        _("Occupancy of the sites"), _("Site"),
        [
            _("Offices"), _("Area held"), _("Area in all"), _("Coworking"), _("Places held"), _("Places in all"),
        ],
        rows, numbers, "occupancy",
    )  # fmt: skip


def differences(before: Report, now: Report) -> list[tuple[str, str, str]]:
    """What an edition says otherwise than the records do today: the measure, then and now."""
    found = []
    for measure in Measure:
        then, today = before["measures"][measure.value], now["measures"][measure.value]
        if measure == Measure.HEADCOUNT:
            then, today = {**then, "value": people(then)}, {**today, "value": people(today)}
        if then["value"] != today["value"]:
            found.append(
                (
                    str(measure.label),
                    written(measure.value, then["value"]),
                    written(measure.value, today["value"]),
                )
            )
    return found


def told_on(made: Report) -> str:
    """As known on which day."""
    moment = made["as_of"]
    if not moment:
        return ""
    return formats.format_date(timezone.localdate(datetime.fromisoformat(moment)), language(), "long")


def day_of(made: Report) -> date:
    return date.fromisoformat(made["day"])


def shown(made: Report, definition: str) -> dict[str, Any]:
    """What `impact/parts/report.html` needs; `definition` is the code of the one that is open."""
    return {
        "day": day_of(made),
        "tiles": tiles(made),
        "open": DEFINITIONS.get(definition, DEFINITIONS["hosted"]),
        "share": share(made),
        "tables": [breakdown(made, by) for by in Breakdown],
        "drawings": drawings(made),
        "stays": stay_by_site(made),
        "test": test_of_sites(made),
        "occupancy": occupancy(made),
        "known_on": told_on(made),
        "definitions": DEFINITIONS,
    }


def all_tables(made: Report) -> Sequence[Table]:
    """Every table of the report, for the workbook and the paper."""
    tables = [one.table for one in drawings(made)]
    sites = stay_by_site(made)
    return [
        *(breakdown(made, by) for by in Breakdown),
        *tables,
        *([sites] if sites else []),
        occupancy(made),
    ]
