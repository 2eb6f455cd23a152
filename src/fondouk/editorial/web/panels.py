"""What editorial brings to the console's menu and to search."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from fondouk.search import registry as search
from fondouk.ui.registry import MenuEntry, register

register(
    MenuEntry(
        shell="staff",
        group="network",
        label=_("Public site"),
        route="editorial",
        icon="world",
        order=40,
        permission="editorial.edit",
    )
)
search.register(
    search.Action(
        label=_("Texts of the public site"),
        route="editorial",
        icon="world",
        words=_("website home page content"),
        permission="editorial.edit",
    ),
    search.Action(
        label=_("Frequent questions"),
        route="questions",
        icon="help-circle",
        words=_("faq answers"),
        permission="editorial.edit",
    ),
    search.Action(
        label=_("News"),
        route="news",
        icon="news",
        words=_("articles announcements publish"),
        permission="editorial.edit",
    ),
)
