"""Who is in, on the staff's page of a site."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from fondouk.presence.queries import who_is_in
from fondouk.sites.models import Site
from fondouk.ui.registry import Panel, register


def of_site(request: HttpRequest, site: Site) -> dict[str, Any] | None:
    people = who_is_in(site)
    return {"people": people} if people else None


register(
    Panel(
        place="sites.site:side",
        template="presence/panels/site.html",
        context=of_site,
        order=30,
        permission="sites.view",
    )
)
