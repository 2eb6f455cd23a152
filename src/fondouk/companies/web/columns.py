"""The columns of the list of companies: which there are, which are shown, how a cell is written and what it exports."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from fondouk.companies.enums import Status
from fondouk.companies.queries import Row
from fondouk.lib import formats
from fondouk.lib.text import isolated
from fondouk.ui.formatting import listed

TONES = {Status.HOSTED: "ok", Status.EXPECTED: "info"}
PARAM, TICKED = "cols", "column"
"""An address names columns together, separated by commas, or one by one as the chooser's boxes do."""
NOTHING = "—"


@dataclass(frozen=True)
class Column:
    """`cell` writes it for the page, "" for nothing; `value` gives it to a sheet."""

    key: str
    label: Any
    cell: Callable[[Row], str]
    value: Callable[[Row], Any]
    css: str = ""
    sort: str = ""
    is_usual: bool = True


def _status(row: Row) -> SafeString:
    return format_html(
        '<span class="fk-badge fk-badge-{}">{}</span>', TONES.get(row.status, "neutral"), row.status.label
    )


def _code(text: str) -> str:
    return format_html('<bdi dir="ltr" class="fk-code">{}</bdi>', text) if text else ""


def _language() -> str:
    return (get_language() or "fr")[:2]


COLUMNS: Sequence[Column] = (
    Column("status", _("Status"), _status, lambda row: str(row.status.label)),
    Column("site", _("Site"), lambda row: listed(row.sites), lambda row: listed(row.sites)),
    Column("sector", _("Sector"), lambda row: str(row.sector or ""), lambda row: str(row.sector or "")),
    Column("stage", _("Stage"), lambda row: row.stage, lambda row: row.stage),
    Column(
        "headcount", _("People employed"),
        lambda row: "" if row.headcount is None else formats.format_number(row.headcount, _language()),
        lambda row: row.headcount, css="fk-num", sort="headcount",
    ),
    Column(
        "since", _("Since"), lambda row: formats.format_date(row.since, _language()) if row.since else "",
        lambda row: row.since, css="fk-nowrap", sort="since",
    ),
    Column("steward", _("Followed by"), lambda row: str(row.steward or ""), lambda row: str(row.steward or "")),
    Column("ice", _("ICE"), lambda row: _code(row.ice), lambda row: row.ice, css="fk-nowrap", is_usual=False),
    Column("email", _("E-mail"), lambda row: _code(row.company.email), lambda row: row.company.email, is_usual=False),
    Column(
        "phone", _("Phone"), lambda row: _code(row.company.phone), lambda row: row.company.phone, css="fk-nowrap",
        is_usual=False,
    ),
    Column("website", _("Website"), lambda row: _code(row.company.website), lambda row: row.company.website, is_usual=False),
    Column(
        "name_ar", _("Name in Arabic"), lambda row: isolated(row.company.name_ar), lambda row: row.company.name_ar,
        is_usual=False,
    ),
)  # fmt: skip


def lines(rows: Sequence[Row], columns: Sequence[Column]) -> list[tuple[Row, SafeString]]:
    """Each row with its cells as the list shows them.

    Written here: a page has four hundred cells, and a template would take ten times as long over them.
    """
    starts = [
        (
            column.cell,
            format_html('<td class="{}" data-label="{}">', column.css, column.label),
            format_html(
                '<td class="{}" data-label="{}">{}</td>', f"{column.css} fk-none", column.label, NOTHING
            ),
        )
        for column in columns
    ]
    found = []
    for row in rows:
        cells = ((start, cell(row), nothing) for cell, start, nothing in starts)
        written = [
            f"{start}{conditional_escape(said)}</td>" if said else nothing for start, said, nothing in cells
        ]
        found.append((row, mark_safe("".join(written))))  # noqa: S308 - each part is escaped above
    return found


def chosen_columns(query: QueryDict) -> list[Column]:
    """Those that the address names, in our order; the usual ones where it names none that we know."""
    wanted = {*query.get(PARAM, "").split(","), *query.getlist(TICKED)}
    return [column for column in COLUMNS if column.key in wanted] or [
        column for column in COLUMNS if column.is_usual
    ]


def exported_columns(query: QueryDict) -> Sequence[Column]:
    """A sheet has the columns that were chosen; all of them where nobody chose."""
    return chosen_columns(query) if PARAM in query or TICKED in query else COLUMNS
