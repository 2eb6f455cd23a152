"""What reception brings to menus and to the search."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from fondouk.search import registry as search
from fondouk.ui.registry import MenuEntry, register

register(
    MenuEntry(
        shell="staff",
        group="residents",
        label=_("Reception"),
        route="reception",
        icon="door-enter",
        order=35,
        permission="reception.receive",
    ),
)

search.register(
    search.Action(
        label=_("Reception"),
        route="reception",
        icon="door-enter",
        words=_("visitors guests desk"),
        permission="reception.receive",
    ),
    search.Action(
        label=_("Announce visitors"),
        route="visit_new",
        icon="user-plus",
        words=_("guest invitation"),
        permission="reception.receive",
    ),
    search.Action(
        label=_("Receive a visitor"),
        route="visit_walk_in",
        icon="door-enter",
        words=_("walk-in guest desk"),
        permission="reception.receive",
    ),
)
