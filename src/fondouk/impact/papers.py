"""The report laid out for paper and for a workbook: the numbers of the page, nothing worked out anew."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.http import Http404, HttpResponse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from fondouk.documents.rendering import render
from fondouk.impact import presentation, wording
from fondouk.impact.definitions import DEFINITIONS
from fondouk.impact.enums import Breakdown
from fondouk.impact.queries.report import Report
from fondouk.lib import formats
from fondouk.lib.sheets import XLSX, to_workbook
from fondouk.sites.models import Network
from fondouk.ui import charts

TEMPLATE = Path(__file__).resolve().parent / "typst" / "report.typ"


def report_response(form: str, made: Report, *, note: str = "") -> HttpResponse:
    """`form` is "pdf" or "xlsx"; anything else raises `Http404`."""
    network = Network.current()
    if form == "pdf":
        data, files = report_data(made, network, note=note)
        label = (
            _("Demonstration: every name and every figure is invented.") if network.is_demonstration else ""
        )
        content, kind = render(TEMPLATE, data, label=label, files=files), "application/pdf"
    elif form == "xlsx":
        content, kind = to_workbook(report_sheets(made, network)), XLSX
    else:
        raise Http404
    answer = HttpResponse(content, content_type=kind)
    name = _("impact-%(year)s") % {"year": made["year"]}
    if network.is_demonstration:
        name = _("demonstration-%(name)s") % {"name": name}
    answer["Content-Disposition"] = content_disposition_header(True, f"{name}.{form}")
    return answer


def title_of(made: Report) -> str:
    return _("Impact of the network, %(year)s") % {"year": made["year"]}


def subtitle_of(made: Report) -> str:
    """What the report is of: its day, its filters, from which day's knowledge."""
    said = [
        _("as of %(day)s")
        % {"day": formats.format_date(presentation.day_of(made), wording.language(), "long")}
    ]
    if made["sites"] is not None:
        said.append(", ".join(wording.name_of(made, "site", str(key)) for key in made["sites"]))
    said += [wording.name_of(made, by, made[by]) for by in ("sector", "stage") if made[by]]
    said.append(_("as known on %(day)s") % {"day": presentation.known_in_words(made)})
    return " · ".join(said)


def report_data(made: Report, network: Network, *, note: str = "") -> tuple[dict[str, Any], dict[str, bytes]]:
    """What `report.typ` lays out, and the drawings that go beside it."""
    files: dict[str, bytes] = {}
    drawn = []
    for drawing in presentation.drawings(made):
        name = f"{drawing.key}.svg"
        if drawing.chart is not None:
            files[name] = drawing.chart.printed.encode()
        drawn.append(
            {
                "title": drawing.title, "lead": drawing.lead, "file": name, "table": _table(drawing.table),
                "legend": [(label, charts.PRINTED[charts.SERIES[number - 1]]) for label, number in drawing.legend],
            }
        )  # fmt: skip
    share = presentation.share(made)
    stays = presentation.stay_by_site(made)
    tables = [presentation.breakdown(made, by) for by in Breakdown]
    return {
        "title": title_of(made),
        "subtitle": subtitle_of(made),
        "network": str(network),
        "foot": _("Made on %(day)s")
        % {"day": formats.format_date(timezone.localdate(), wording.language(), "long")},
        "note": note,
        "tiles": [{"label": tile.label, "value": tile.value, "detail": tile.detail} for tile in presentation.tiles(made)],
        "share": share
        and {
            "title": str(share["definition"].term),
            "value": share["value"],
            "detail": _("%(declared)s declared by %(said)s of %(of)s ICT companies (%(response)s), over %(official)s.")
            % {
                "declared": share["declared_in_words"], "said": wording.number(share["said"]),
                "of": wording.number(share["of"]), "response": share["response"],
                "official": share["official_in_words"],
            },
            "source": f"{share['source']} · {share['scope']}",
        },
        "drawings": drawn,
        "tables": [
            *(_table(table) for table in tables if table.rows),
            *([{**_table(stays), "note": presentation.test_of_sites(made)}] if stays else []),
            _table(presentation.occupancy(made)),
        ],
        "definitions": [
            {"term": str(one.term), "text": str(one.text), "source": str(one.source), "version": one.version}
            for one in DEFINITIONS.values()
        ],
        "words": {"definitions": _("Definitions"), "source": _source(), "version": _("Version")},
    }, files  # fmt: skip


def _source() -> str:
    return f"{_('Source')}{wording.COLON.get(wording.language(), ':')}"


def _table(table: wording.Table) -> dict[str, Any]:
    return {
        "title": table.title, "heading": table.heading, "columns": table.columns, "rows": table.rows, "note": table.note,
    }  # fmt: skip


def report_sheets(made: Report, network: Network) -> list[tuple[str, Sequence[str], list[Sequence[Any]]]]:
    """A sheet for the figures, one for each table with numbers as numbers, one for the definitions."""
    head: list[Sequence[Any]] = [
        (tile.label, tile.number, tile.value, tile.detail) for tile in presentation.tiles(made)
    ]
    if share := presentation.share(made):
        head.append(
            (
                str(share["definition"].term),
                share["low"],
                share["value"],
                f"{share['source']} · {share['scope']}",
            )
        )
    about: list[Sequence[Any]] = [(str(network),), (title_of(made), None, subtitle_of(made))]
    if network.is_demonstration:
        about.insert(0, (_("Demonstration: every name and every figure is invented."),))
    sheets: list[tuple[str, Sequence[str], list[Sequence[Any]]]] = [
        (_("Figures"), (_("Figure"), _("Value"), _("In words"), _("Detail")), [*about, *head])
    ]
    for table in presentation.all_tables(made):
        rows: list[Sequence[Any]] = [
            (heading, *values) for (heading, _cells), values in zip(table.rows, table.numbers, strict=True)
        ]
        sheets.append((table.title, (table.heading, *table.columns), rows))
    sheets.append(
        (
            _("Definitions"),
            (_("Figure"), _("Definition"), _("Source"), _("Version")),
            [(str(one.term), str(one.text), str(one.source), one.version) for one in DEFINITIONS.values()],
        )
    )
    return sheets
