"""What impact brings to the menus and to search."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from fondouk.search import registry as search
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

search.register(
    search.Action(
        label=_("Impact"),
        route="impact",
        icon="chart-bar",
        words=_("figures report turnover survival"),
        permission="impact.view",
    ),
    search.Action(
        label=_("Published editions"),
        route="editions",
        icon="world",
        words=_("figures"),
        permission="impact.view",
    ),
    search.Action(
        label=_("Official figures"),
        route="officials",
        icon="building-bank",
        words=_("national"),
        permission="impact.view",
    ),
)
