"""The site somebody looks at: chosen at the top of the console and kept until they choose another; none is all of them.

What a list shows is in its address alone. A choice made at the top is written into the addresses of the lists that are
opened after it (`address_with_site`), so that an address shared or kept as a filter shows the same to whoever opens it,
and opening one changes nobody's choice.
"""

from __future__ import annotations

from django.http import HttpRequest

from fondouk.sites.models import Site

SESSION_KEY = "site"
CHOICE = "on"
"""What the links of the chooser say: `?on=code`, `?on=` for all of them. Taken out of the address by the middleware."""
FILTER = "site"
"""What a list's own filter is called."""


def sites_within_reach(request: HttpRequest) -> list[Site]:
    """Read once a request."""
    if not hasattr(request, "_sites_within_reach"):
        request._sites_within_reach = list(Site.objects.visible_to(request.user))  # type: ignore[attr-defined]
    return request._sites_within_reach  # type: ignore[attr-defined, no-any-return]


def current_site(request: HttpRequest) -> Site | None:
    """The site chosen at the top. None: all of them."""
    remembered = request.session.get(SESSION_KEY)
    if remembered is None:
        return None
    return next((site for site in sites_within_reach(request) if site.pk == remembered), None)


def choose(request: HttpRequest, code: str) -> None:
    """Keep the site of that code; all of them where the account reaches none of that code."""
    chosen = next((site.pk for site in sites_within_reach(request) if site.code == code), None)
    if request.session.get(SESSION_KEY) != chosen:
        request.session[SESSION_KEY] = chosen


def address_with_site(request: HttpRequest) -> str | None:
    """Where a list asked for without a word on its site is to be found. None: the address already tells all."""
    site = current_site(request)
    if site is None or FILTER in request.GET:
        return None
    query = request.GET.copy()
    query[FILTER] = site.code
    return f"{request.path}?{query.urlencode()}"
