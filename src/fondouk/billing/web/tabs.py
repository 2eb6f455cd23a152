"""The parts of billing, in a line above each."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

PARTS = (
    ("billing", _("Overview")),
    ("billing_runs", _("Months")),
    ("invoices", _("Invoices")),
    ("charges", _("To be billed")),
    ("payments", _("Payments")),
    ("accounts", _("Accounts")),
    ("billing_settings", _("Settings")),
)


def tabs(request: HttpRequest, active: str) -> list[dict[str, object]]:
    return [{"label": label, "url": reverse(route), "active": route == active} for route, label in PARTS]
