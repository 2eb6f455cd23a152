"""What spaces brings to menus and search."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from fondouk.files import readers
from fondouk.lib.addresses import record_address
from fondouk.search import registry as search
from fondouk.search.queries import Terms
from fondouk.sites.models import Site
from fondouk.spaces.models import Displacement, FloorPlan, Resource
from fondouk.spaces.queries import summary
from fondouk.todos import registry as todos
from fondouk.todos.registry import Item
from fondouk.ui.registry import MenuEntry, Panel, register

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


def site_panel(request: HttpRequest, site: Site) -> dict[str, Any]:
    """What the site offers, by kind."""
    return {
        "site": site,
        "summary": summary(Resource.objects.in_use().filter(site=site), timezone.localdate()),
    }


register(
    Panel(
        place="sites.site:main",
        template="spaces/panels/site.html",
        context=site_panel,
        order=10,
        permission="sites.view",
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
        label=_("Plan"),
        route="floor_plan",
        icon="map-2",
        words=_("floors drawing map"),
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


def displaced_rows(account: Any, site: int | None) -> Any:
    rows = Displacement.objects.open().visible_to(account)
    if site is not None:
        rows = rows.filter(part__site=site)
    return rows.select_related("part", "resource").order_by("during", "pk")


def displaced_item(displacement: Displacement) -> Item:
    resource, start = displacement.resource, displacement.during.lower
    url = record_address("space", resource.pk) if resource else reverse("spaces")
    return Item(
        gettext("An occupation has no place any more since the clock was changed"),
        url,
        subject=displacement.label or str(resource or displacement.part),
        reference=str(resource or displacement.part),
        due=timezone.localtime(start).date() if start else None,
        status=gettext("to decide"),
        tone="danger",
    )


todos.register(
    todos.Source(
        code="displaced",
        label=_("Occupations without a place"),
        rows=displaced_rows,
        item=displaced_item,
        order=5,
        permission="spaces.edit",
        is_dated=True,
    )
)


@readers.register
def may_see_below(account: Any, stored: Any) -> bool:
    """The picture below a plan: whoever sees the plan."""
    return bool(FloorPlan.objects.visible_to(account).filter(underlay=stored).exists())
