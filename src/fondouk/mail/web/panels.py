"""What mail brings to the console."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from fondouk.ui.registry import MenuEntry, register

register(
    MenuEntry(
        shell="staff",
        group="settings",
        label=_("Outbox"),
        route="outbox",
        icon="mail-forward",
        order=70,
        permission="mail.view",
    )
)
