"""What every layout needs to know before it knows who is looking."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language, get_language_bidi

from fondouk.lib.addresses import in_language
from fondouk.ui.registry import registry

THEME_COOKIE = "fondouk_theme"
NAMES = {"fr": "Français", "ar": "العربية", "en": "English"}
THEMES = ("light", "dark", "auto")


def interface(request: HttpRequest) -> dict[str, Any]:
    """`interface.language`, `.direction`, `.theme`, `.languages` (this page in each), `.strips` (above every page)."""
    language = get_language() or settings.LANGUAGE_CODE
    return {
        "interface": {
            "language": language,
            "direction": "rtl" if get_language_bidi() else "ltr",
            "theme": theme_of(request),
            "languages": [language_link(request, code) for code, _name in settings.LANGUAGES],
            "strips": SimpleLazyObject(lambda: registry.rendered_panels(request, "layout:strip", None)),
        }
    }


def theme_of(request: HttpRequest) -> str:
    """The theme that the reader has chosen; what their device prefers where they have not."""
    theme = request.COOKIES.get(THEME_COOKIE, "auto")
    return theme if theme in THEMES else "auto"


def language_link(request: HttpRequest, code: str) -> dict[str, Any]:
    """This page's address in another language, with the name that the language gives itself."""
    return {
        "code": code,
        "label": NAMES.get(code, code),
        "url": in_language(request.get_full_path(), code),
        "active": code == get_language(),
    }
