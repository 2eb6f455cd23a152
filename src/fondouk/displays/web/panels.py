"""What displays bring to the page of a space, to menus and to the search."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from fondouk.bookings.terms import LET
from fondouk.displays.models import Display
from fondouk.people.rules import verdict
from fondouk.search import registry as search
from fondouk.spaces.models import Resource
from fondouk.ui.registry import MenuEntry, Panel, register


def of_space(request: HttpRequest, space: Resource) -> dict[str, Any] | None:
    if space.kind in LET or space.is_gone or space.is_pool:
        return None
    return {
        "space": space,
        "displays": Display.objects.live().filter(resource=space).select_related("keeper"),
        "may_keep": verdict(request.user, "displays.keep", space),
    }


register(
    Panel(
        place="spaces.space:main",
        template="displays/panels/space.html",
        context=of_space,
        order=30,
        permission="displays.view",
    ),
    MenuEntry(
        shell="staff",
        group="settings",
        label=_("Door displays"),
        route="displays",
        icon="device-tablet",
        order=47,
        permission="displays.view",
    ),
)

search.register(
    search.Action(
        label=_("Door displays"),
        route="displays",
        icon="device-tablet",
        words=_("tablets doors signs codes"),
        permission="displays.view",
    )
)
