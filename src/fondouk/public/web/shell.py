"""What the public layout needs: pages, footer, this page in the other languages; and answers without
cookies.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse, translate_url
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from fondouk.impact.models import Edition
from fondouk.lib.formats import format_date
from fondouk.public.queries import KEPT_FOR, public_companies, site_cards
from fondouk.sites.models import Network
from fondouk.ui.context import NAMES
from fondouk.ui.formatting import listed

View = Callable[..., HttpResponse]


def without_cookies(view: View) -> View:
    """A visitor who is not signed in gets no cookie; the answer may be kept a minute, apart for each
    set of cookies.
    """

    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        if not request.user.is_authenticated:
            # The layout's forms ask for a token, and with it for a cookie. No form of these pages is posted.
            request.META["CSRF_COOKIE_NEEDS_UPDATE"] = False
            patch_cache_control(response, public=True, max_age=KEPT_FOR)
        return response

    return answered


def render_public(request: HttpRequest, template: str, context: dict[str, Any], *, page: str) -> HttpResponse:
    """`page` names the entry of the menu that is this one."""
    day = timezone.localdate()
    network = Network.current()
    common = {
        "network": network,
        "day": day,
        "shell": _shell(request, network, day, page),
        "addresses": _addresses(request),
    }
    return render(request, template, {**common, **context})


def _shell(request: HttpRequest, network: Network, day: date, page: str) -> dict[str, Any]:
    home = reverse("public_home")
    cards = site_cards(day)
    pages = [{"key": "home", "label": _("The park"), "url": home}]
    if cards:
        pages.append({"key": "sites", "label": _("Sites"), "url": f"{home}#sites"})
    if public_companies(day).exists():
        pages.append({"key": "companies", "label": _("Companies"), "url": reverse("public_companies")})
    if Edition.objects.public().exists():
        pages.append({"key": "impact", "label": _("Impact"), "url": reverse("public_impact")})
    legal = reverse("public_legal")
    sites = [
        {"label": str(card.site), "url": reverse("public_site", args=[card.site.code])} for card in cards
    ]
    join = [{"label": _("Sign in"), "url": reverse("account_login")}]
    if network.contact_email:
        join.insert(0, {"label": _("Write to us"), "url": f"mailto:{network.contact_email}"})
    columns = [
        {"label": _("Sites"), "entries": sites},
        {"label": _("The park"), "entries": [*pages[2:], *join]},
        {
            "label": _("Languages"),
            "entries": [
                {"label": NAMES[code], "url": translate_url(request.path, code)}
                for code, _name in settings.LANGUAGES
            ],
        },
    ]
    signed_in = request.user.is_authenticated
    return {
        "pages": [{**entry, "active": entry["key"] == page} for entry in pages],
        "person": {"name": request.user.person.name} if signed_in else {},
        "about": about(network, cards),
        "footer": [column for column in columns if column["entries"]],
        "footer_note": _("Data as of %(day)s") % {"day": format_date(day, get_language() or "fr")},
        "legal": [
            {"label": _("Legal notice"), "url": legal},
            {"label": _("Privacy"), "url": f"{legal}#privacy"},
        ],
    }


def about(network: Network, cards: list[Any]) -> str:
    """A sentence on the network, of what is known for certain: its open sites."""
    cities = [str(card.site) for card in cards if card.is_open]
    if not cities:
        return network.tagline
    if len(cities) == 1:
        return _("%(network)s, innovation park in %(city)s.") % {"network": network, "city": cities[0]}
    named = _("%(others)s and %(last)s") % {"others": listed(cities[:-1]), "last": cities[-1]}
    return _("%(network)s, a network of innovation parks in %(cities)s.") % {
        "network": network,
        "cities": named,
    }


def _addresses(request: HttpRequest) -> dict[str, Any]:
    """This page for machines: where it is, and where it is in the other languages."""
    languages = [
        {"code": code, "url": settings.PUBLIC_URL + translate_url(request.path, code)}
        for code, _name in settings.LANGUAGES
    ]
    return {
        "canonical": settings.PUBLIC_URL + request.path,
        "languages": languages,
        "default": settings.PUBLIC_URL + translate_url(request.path, settings.LANGUAGE_CODE),
        "locale": {"fr": "fr_MA", "ar": "ar_MA", "en": "en_GB"}.get(get_language() or "fr", "fr_MA"),
    }
