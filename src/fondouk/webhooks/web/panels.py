"""What webhooks bring to menus and to the search."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from fondouk.search import registry as search
from fondouk.ui.registry import MenuEntry, register

register(
    MenuEntry(
        shell="staff",
        group="settings",
        label=_("Webhooks"),
        route="webhooks",
        icon="webhook",
        order=85,
        permission="webhooks.keep",
    ),
)

search.register(
    search.Action(
        label=_("Webhooks"),
        route="webhooks",
        icon="webhook",
        words=_("messages other systems integration"),
        permission="webhooks.keep",
    ),
)
