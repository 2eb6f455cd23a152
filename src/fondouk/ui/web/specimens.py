"""Realistic values for the gallery. Invented: no company, person or place here exists."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_tables2 import Column, RequestConfig, Table

from fondouk.ui.tables import FormattedColumn, SelectColumn

TODAY = datetime.date(2026, 5, 12)
NOW = datetime.datetime(2026, 5, 12, 9, 12, tzinfo=datetime.UTC)


class BookingForm(forms.Form):
    """Every kind of control, and errors on some once it is bound."""

    title = forms.CharField(label=gettext_lazy("Purpose"), help_text=gettext_lazy("Shown on the door."))
    room = forms.ChoiceField(label=gettext_lazy("Room"), choices=lambda: rooms())
    company = forms.ChoiceField(label=gettext_lazy("Company"), choices=lambda: tenants())
    day = forms.CharField(label=gettext_lazy("Date"), widget=forms.TextInput(attrs={"inputmode": "numeric"}))
    end = forms.TimeField(label=gettext_lazy("Until"))
    price = forms.DecimalField(label=gettext_lazy("Price"), required=False, localize=True)
    layout = forms.ChoiceField(
        label=gettext_lazy("Layout"),
        widget=forms.RadioSelect,
        choices=[("round", gettext_lazy("Round table")), ("rows", gettext_lazy("In rows"))],
    )
    equipment = forms.MultipleChoiceField(
        label=gettext_lazy("Equipment"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=[("screen", gettext_lazy("Screen")), ("camera", gettext_lazy("Camera"))],
    )
    message = forms.CharField(
        label=gettext_lazy("Message to the reception"), required=False, widget=forms.Textarea
    )
    badge = forms.FileField(
        label=gettext_lazy("List of visitors"),
        required=False,
        help_text=gettext_lazy("XLSX or CSV, 5 MB at most."),
    )
    coffee = forms.BooleanField(label=gettext_lazy("Welcome coffee (12 DH each)"), required=False)


def rooms() -> list[tuple[str, str]]:
    return [("", _("Choose…")), ("1", _("Majorelle room")), ("2", _("Toubkal room"))]


def tenants() -> list[tuple[str, str]]:
    return [("", _("Choose…")), *((str(company["pk"]), company["name"]) for company in companies())]


def companies() -> list[dict[str, Any]]:
    """Six made-up residents."""
    rows = [
        (1, _("Khettara"), _("Green technologies"), Decimal(18), Decimal(900), datetime.date(2026, 9, 2)),
        (
            2,
            _("Zerbia Studio"),
            _("Creative industries"),
            Decimal(36),
            Decimal(2160),
            datetime.date(2027, 1, 31),
        ),
        (3, _("Riwaq Health"), _("Digital"), Decimal("18.5"), Decimal(925), datetime.date(2026, 6, 30)),
        (4, _("Sahrij Data"), _("Digital"), Decimal(18), Decimal(900), datetime.date(2026, 12, 31)),
        (5, _("Tamazirt Agri"), _("Green technologies"), Decimal(42), Decimal(2520), None),
        (6, _("Dalil Languages"), _("Digital"), Decimal(15), Decimal(750), datetime.date(2026, 6, 30)),
    ]
    keys = ("pk", "name", "sector", "area", "rent", "end")
    return [dict(zip(keys, row, strict=True)) for row in rows]


class CompanyTable(Table):
    label = gettext_lazy("Companies and their rent")

    select = SelectColumn()
    name = Column(verbose_name=gettext_lazy("Company"), linkify=lambda record: f"#company-{record['pk']}")
    sector = Column(verbose_name=gettext_lazy("Sector"))
    area = FormattedColumn("area", verbose_name=gettext_lazy("Area"))
    rent = FormattedColumn("money", verbose_name=gettext_lazy("Monthly rent excl. tax"))
    end = FormattedColumn("day", verbose_name=gettext_lazy("End"))


def journey() -> list[dict[str, str]]:
    return [
        {"label": _("Application"), "detail": _("12 Nov 2024 · admissible"), "state": "done"},
        {"label": _("Committee"), "detail": _("21 Jan 2025 · 15.8 out of 20"), "state": "done"},
        {"label": _("Agreement"), "detail": _("3 March 2025 · 18 months"), "state": "done"},
        {"label": _("Programme"), "detail": _("Milestone 3 of 5"), "state": "now"},
        {"label": _("Alumni"), "detail": _("expected in Sept 2026"), "state": "next"},
    ]


def yearly() -> list[dict[str, Any]]:
    return [
        {"label": _("Turnover, thousand DH"), "values": [180, 640, 1420, 2310]},
        {"label": _("Headcount"), "values": [3, 5, 8, 11]},
        {"label": _("of which women"), "values": [1, 2, 3, 5], "indent": True},
        {"label": _("Share exported"), "values": [None, 0.04, 0.12, 0.19], "share": True},
        {"label": _("Funds raised, thousand DH"), "values": [None, 400, 400, 1900]},
    ]


def todo() -> list[dict[str, Any]]:
    rows = [
        (_("Agreement to sign"), "CTR-2026-0031", _("Khettara"), _("today"), "danger", _("Late")),
        (
            _("Application to examine"),
            "CAND-2026-0147",
            _("Tamazirt Agri"),
            _("tomorrow"),
            "info",
            _("Under way"),
        ),
        (
            _("Handing over the keys of B-305"),
            "ESP-B-305",
            _("Riwaq Health"),
            _("12 May, 15:00"),
            "primary",
            _("Planned"),
        ),
        (
            _("Unpaid invoice, second reminder"),
            "FAC-2026-0398",
            _("Dalil Languages"),
            _("8 May"),
            "danger",
            _("Late"),
        ),
        (_("Permanent visitor's badge"), "TCK-0098", _("Sahrij Data"), _("14 May"), "warn", _("To assign")),
        (_("Renewal of the agreement"), "CTR-2025-0112", _("Zerbia Studio"), _("30 May"), "ok", _("Ready")),
    ]
    keys = ("title", "code", "company", "due", "tone", "state")
    return [dict(zip(keys, row, strict=True)) for row in rows]


def sections() -> list[tuple[str, str]]:
    """Anchor and title of each part of the gallery."""
    return [
        ("foundations", _("Foundations")),
        ("buttons", _("Buttons")),
        ("badges", _("Badges and alerts")),
        ("figures", _("Figures")),
        ("records", _("The head of a record")),
        ("cards", _("Cards and rows")),
        ("tables", _("Tables")),
        ("forms", _("Forms")),
        ("work", _("Long work and steps")),
        ("spaces", _("Sites and spaces")),
        ("dialogs", _("Menus, dialogs, toasts")),
        ("empty", _("Nothing here")),
        ("search", _("Search results")),
    ]


def context(request: HttpRequest) -> dict[str, Any]:
    table = CompanyTable(companies())
    RequestConfig(request, paginate=False).configure(table)
    wrong = BookingForm(
        {"title": "", "room": "1", "day": "12/05/2026", "end": "09:30x", "layout": "rows", "coffee": "on"}
    )
    wrong.is_valid()
    return {
        "today": TODAY,
        "now": NOW,
        "sections": sections(),
        "companies": companies(),
        "table": table,
        "journey": journey(),
        "yearly": yearly(),
        "years": [2022, 2023, 2024, 2025],
        "todo": todo(),
        "form": BookingForm(auto_id="fresh_%s", initial={"day": "12/05/2026"}),
        "wrong": wrong,
        "page": Paginator(range(312), 25).page(4),
        "swatches": ["primary", "success", "warning", "danger", "info", "surface2", "muted", "control"],
        "tabs": [
            {"label": _("Summary"), "url": "#records", "active": True},
            {"label": _("Team"), "url": "#cards", "count": 11},
            {"label": _("Spaces and contracts"), "url": "#spaces", "count": 2},
            {"label": _("Invoices"), "url": "#tables", "count": 1},
            {"label": _("Figures"), "url": "#figures"},
            {"label": _("Documents"), "url": "#forms", "count": 14},
            {"label": _("Activity"), "url": "#cards"},
        ],
        "floors": [
            {"label": _("Ground floor"), "url": "#spaces"},
            {"label": _("1st"), "url": "#spaces"},
            {"label": _("2nd"), "url": "#spaces", "active": True},
            {"label": _("3rd"), "url": "#spaces"},
        ],
        "steps": [
            {"label": _("Workbook"), "state": "done", "url": "#work"},
            {"label": _("Columns"), "state": "done", "url": "#work"},
            {"label": _("Preview"), "state": "now"},
            {"label": _("Result"), "state": "next"},
        ],
    }
