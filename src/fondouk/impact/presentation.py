"""The report put into words: tiles, tables and charts in the reader's language, the same for pages, paper and workbooks."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fondouk.impact.definitions import DEFINITIONS
from fondouk.impact.enums import Breakdown, Measure, Stays
from fondouk.impact.queries.report import Report
from fondouk.impact.queries.share import SECTOR
from fondouk.lib import formats

from .drawings import drawings
from .wording import (
    Table,
    Tile,
    amount,
    as_number,
    in_cell,
    language,
    name_of,
    number,
    people,
    percent,
    response,
    written,
)


def tiles(made: Report) -> list[Tile]:
    """The figures at the top, in their order; what cannot be said is a dash, with the reason."""
    measures, movement = made["measures"], made["movement"] or {}
    head = measures["headcount"]
    return [
        Tile(
            "hosted", _("Hosted companies"), number(measures["hosted"]["value"]),
            _came_and_went(movement),
            DEFINITIONS["hosted"], measures["hosted"]["value"], "hosted",
        ),
        Tile(
            "headcount", _("People employed"), number(people(head)), _carried(head), DEFINITIONS["headcount"], people(head),
            "headcount",
        ),
        _share_tile("women", _("Women"), measures["women"]),
        _share_tile("under_35", _("Under 35"), measures["under_35"]),
        Tile(
            "turnover", _("Turnover"), in_cell(measures["turnover"], "turnover"), response(measures["turnover"]),
            DEFINITIONS["turnover"], as_number(measures["turnover"]), "turnover",
        ),
        Tile(
            "exports", _("Exports"), in_cell(measures["exports"], "exports"), _of_turnover(measures["exports"]),
            DEFINITIONS["exports"], as_number(measures["exports"]), "exports",
        ),
        Tile(
            "funds_raised", _("Funds raised"), in_cell(measures["funds_raised"], "funds_raised"),
            "" if measures["funds_raised"].get("hidden") else ngettext(
                "by %(n)s company", "by %(n)s companies", measures["funds_raised"]["said"]
            ) % {"n": number(measures["funds_raised"]["said"])},
            DEFINITIONS["funds_raised"], as_number(measures["funds_raised"]), "funds_raised",
        ),
        Tile(
            "renewal", _("Renewal"), percent(movement.get("renewal")), _("entries for those hosted on the first of January"),
            DEFINITIONS["renewal"], movement.get("renewal"), stays=Stays.ENTRIES,
        ),
    ]  # fmt: skip


def _came_and_went(movement: dict[str, Any]) -> str:
    """Nothing where the year is before the first stay."""
    entries, departures = movement.get("entries"), movement.get("departures")
    if entries is None or departures is None:
        return ""
    return _("%(entries)s, %(departures)s in the year") % {
        "entries": ngettext("%(n)s arrival", "%(n)s arrivals", entries) % {"n": number(entries)},
        "departures": ngettext("%(n)s departure", "%(n)s departures", departures) % {"n": number(departures)},
    }


def _share_tile(code: str, label: str, cell: dict[str, Any]) -> Tile:
    ratio = cell["value"] / cell["whole"] if cell.get("whole") and cell["value"] is not None else None
    detail = response(cell)
    if ratio is not None:
        detail = _("%(part)s of %(whole)s people; %(response)s") % {
            "part": number(cell["value"]), "whole": number(cell["whole"]), "response": detail,
        }  # fmt: skip
    return Tile(
        code,
        label,
        percent(ratio),
        detail,
        DEFINITIONS[code],
        None if ratio is None else round(ratio, 4),
        code,
    )


def _carried(cell: dict[str, Any]) -> str:
    if cell.get("hidden"):
        return response(cell)
    unknown = cell["of"] - cell["said"] - cell["carried_from"]
    return _("%(said)s declared; %(carried)s people of %(from)s companies carried forward; %(unknown)s not known") % {
        "said": number(cell["value"] or 0), "carried": number(cell["carried"]), "from": number(cell["carried_from"]),
        "unknown": number(unknown),
    }  # fmt: skip


def _of_turnover(cell: dict[str, Any]) -> str:
    if cell.get("hidden") or not cell.get("whole") or cell["value"] is None:
        return response(cell)
    return _("%(part)s of their turnover") % {"part": percent(cell["value"] / cell["whole"], 1)}


def share(made: Report) -> dict[str, Any] | None:
    """The part of the national turnover, in words."""
    found = made["share"]
    if found is None:
        return None
    low, high = percent(found["low"], 1), percent(found["high"], 1)
    return {
        **found,
        "sector": SECTOR,
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
    # Kept as JSON the groups lose their order.
    groups = {key: made["breakdowns"][by.value][key] for key in made["order"][by.value]}
    headings = {
        Breakdown.SITE: _("Site"), Breakdown.SECTOR: _("Sector"), Breakdown.STAGE: _("Stage")
    }  # fmt: skip
    rows, numbers = [], []
    for key, cells in groups.items():
        shown = {**cells, "headcount": {**cells["headcount"], "value": people(cells["headcount"])}}
        rows.append((name_of(made, by.value, key), [in_cell(shown[one.value], one.value) for one in Measure]))
        numbers.append([as_number(shown[one.value]) for one in Measure])
    return Table(
        str(by.label),
        headings[by],
        [str(one.label) for one in Measure],
        rows,
        numbers,
        by.value,
        list(groups),
        _of_declared_alone(made, groups),
    )


def _of_declared_alone(made: Report, groups: dict[str, Any]) -> str:
    """Why people of the groups may be fewer than those of the whole: see `queries.public`."""
    head = made["measures"]["headcount"]
    if head.get("carried") and not any(one["headcount"].get("carried") for one in groups.values()):
        return _(
            "People declared for the year itself: those carried forward are in the total of the network alone."
        )
    return ""


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
                    number(one["median"], 1),
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
    then, today = ((share(one) or {}).get("value", "—") for one in (before, now))
    if then != today:
        found.append((_("Share of the national ICT turnover"), then, today))
    return found


def known_day(made: Report) -> date:
    """From which day's knowledge: today's, but for an edition and a look at the past."""
    moment = made["as_of"]
    return timezone.localdate(datetime.fromisoformat(moment)) if moment else timezone.localdate()


def told_on(made: Report) -> str:
    """As known on which day, "" for today: a page is read on the day it is made."""
    return known_in_words(made) if made["as_of"] else ""


def known_in_words(made: Report) -> str:
    """As known on which day, today's too: what is printed is read on other days."""
    return formats.format_date(known_day(made), language(), "long")


def day_of(made: Report) -> date:
    return date.fromisoformat(made["day"])


def shown(made: Report, definition: str) -> dict[str, Any]:
    """What `impact/parts/report.html` needs; `definition` is the code of the one that is open."""
    return {
        "day": day_of(made),
        "worked_out": known_day(made),
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
