"""What spaces brings to menus and search."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from fondouk.search import registry as search
from fondouk.search.queries import Terms
from fondouk.spaces.models import Resource
from fondouk.ui.registry import MenuEntry, register

register(
    MenuEntry(
        shell="staff",
        group="residents",
        label=_("Spaces"),
        route="spaces",
        icon="map-2",
        order=20,
        permission="spaces.view",
    )
)


def find_spaces(account: Any, terms: Terms, limit: int) -> Iterable[search.Hit]:
    matches = Q(vector=terms.query) | Q(code_folded__startswith=terms.folded)
    found = (
        Resource.objects.visible_to(account).filter(matches).select_related("site").order_by("code_folded")
    )
    for resource in found[:limit]:
        yield search.Hit(
            resource.code,
            reverse("space", args=[resource.pk]),
            f"{resource.get_kind_display()} · {resource.site}",
            "door",
        )


search.register(
    search.Source(code="spaces", label=_("Spaces"), find=find_spaces, order=20),
    search.Action(
        label=_("Spaces"),
        route="spaces",
        icon="map-2",
        words=_("inventory offices rooms"),
        permission="spaces.view",
    ),
    search.Action(
        label=_("New space"),
        route="space_new",
        icon="plus",
        words=_("create add office room"),
        permission="spaces.edit",
    ),
)
