"""What the public layout needs: pages, footer, this page in the other languages; and answers without
cookies.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial, wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from fondouk.editorial.models import NewsItem, Question
from fondouk.impact.models import Edition
from fondouk.lib.addresses import in_language
from fondouk.lib.formats import format_date
from fondouk.public.queries import KEPT_FOR, kept, public_companies, site_cards
from fondouk.sites.models import Network
from fondouk.ui.context import NAMES
from fondouk.ui.formatting import listed

View = Callable[..., HttpResponse]


def without_cookies(view: View) -> View:
    """A visitor who is not signed in gets no cookie; the answer is the same for everybody, and may be kept a minute."""

    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        if not request.user.is_authenticated:
            _set_no_cookie(request)
            if "messages" in request.COOKIES:  # a word for this visitor alone stands on it
                return response
            patch_cache_control(response, public=True, max_age=KEPT_FOR)
            response.is_the_same_for_everybody = True  # type: ignore[attr-defined]
        return response

    return answered


def of_ones_own(view: View) -> View:
    """A visitor gets no cookie either, and the answer is for this visitor alone: nobody keeps it."""

    @wraps(view)
    @never_cache
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        if not request.user.is_authenticated:
            _set_no_cookie(request)
        return response

    return answered


def _set_no_cookie(request: HttpRequest) -> None:
    """The layout's forms ask for a token, and with it for a cookie. Forms of these pages do without."""
    request.META["CSRF_COOKIE_NEEDS_UPDATE"] = False


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


def _filled(day: date) -> set[str]:
    """Entries of the menu that lead to something."""
    rows = {
        "companies": public_companies(day),
        "impact": Edition.objects.public(),
        "news": NewsItem.objects.public(timezone.now()),
        "faq": Question.objects.public(),
    }
    return {name for name, found in rows.items() if found.exists()}


def _shell(request: HttpRequest, network: Network, day: date, page: str) -> dict[str, Any]:
    home = reverse("public_home")
    cards = site_cards(day)
    pages = [{"key": "home", "label": _("The park"), "url": home}]
    if cards:
        pages.append({"key": "sites", "label": _("Sites"), "url": f"{home}#sites"})
    filled = kept("menu", day, partial(_filled, day))
    if "companies" in filled:
        pages.append({"key": "companies", "label": _("Companies"), "url": reverse("public_companies")})
    if "impact" in filled:
        pages.append({"key": "impact", "label": _("Impact"), "url": reverse("public_impact")})
    if "news" in filled:
        pages.append({"key": "news", "label": _("News"), "url": reverse("public_news")})
    if "faq" in filled:
        pages.append({"key": "faq", "label": _("Questions"), "url": reverse("public_questions")})
    pages.append({"key": "visit", "label": _("Visit"), "url": reverse("public_visit")})
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
                {"label": NAMES[code], "url": in_language(request.path, code)}
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
        {"code": code, "url": settings.PUBLIC_URL + in_language(request.path, code)}
        for code, _name in settings.LANGUAGES
    ]
    return {
        "canonical": settings.PUBLIC_URL + request.path,
        "languages": languages,
        "default": settings.PUBLIC_URL + in_language(request.path, settings.LANGUAGE_CODE),
        "locale": {"fr": "fr_MA", "ar": "ar_MA", "en": "en_GB"}.get(get_language() or "fr", "fr_MA"),
    }
