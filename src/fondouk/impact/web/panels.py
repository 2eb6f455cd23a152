"""What impact brings to the menus."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from fondouk.ui.registry import MenuEntry, register

register(
    MenuEntry(
        shell="staff",
        group="network",
        label=_("Impact"),
        route="impact",
        icon="chart-bar",
        order=90,
        permission="impact.view",
    )
)
