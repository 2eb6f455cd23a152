"""The site somebody is looking at: what the address says, else what they chose last, else all within reach."""

from __future__ import annotations

from django.http import HttpRequest

from fondouk.sites.models import Site

SESSION_KEY = "site"
PARAMETER = "site"


def sites_within_reach(request: HttpRequest) -> list[Site]:
    """Read once a request."""
    if not hasattr(request, "_sites_within_reach"):
        request._sites_within_reach = list(Site.objects.visible_to(request.user))  # type: ignore[attr-defined]
    return request._sites_within_reach  # type: ignore[attr-defined, no-any-return]


def current_site(request: HttpRequest) -> Site | None:
    """None: all of them. An address with `?site=code` is remembered; `?site=` goes back to all."""
    sites = sites_within_reach(request)
    if PARAMETER in request.GET:
        chosen = next((site for site in sites if site.code == request.GET[PARAMETER]), None)
        known = chosen.pk if chosen else None
        if request.session.get(SESSION_KEY) != known:
            request.session[SESSION_KEY] = known
        return chosen
    remembered = request.session.get(SESSION_KEY)
    return next((site for site in sites if site.pk == remembered), None)
