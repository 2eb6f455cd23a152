"""What search engines ask for: which pages to read, and where they are."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone, translation
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from fondouk.editorial.models import NewsItem, Question
from fondouk.impact.models import Edition
from fondouk.public.queries import KEPT_FOR, public_companies, site_cards
from fondouk.public.web.addresses import company_slug, news_address

PARTS = ("parc", "directory", "impact", "faq", "news", "legal")
LANGUAGES = [code for code, _name in settings.LANGUAGES]


@require_safe
@cache_control(public=True, max_age=KEPT_FOR)
def robots(request: HttpRequest) -> HttpResponse:
    """Public pages may be read; everything else asks for sign-in anyway."""
    lines = ["User-agent: *", "Disallow: /api/", "Disallow: /files/"]
    for language in LANGUAGES:
        lines += [f"Disallow: /{language}/", f"Allow: /{language}/$"]
        lines += [f"Allow: /{language}/{part}/" for part in PARTS]
        lines.append(f"Allow: /{language}/visit/$")
    lines.append(f"Sitemap: {settings.PUBLIC_URL}{reverse('sitemap')}")
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@require_safe
@cache_control(public=True, max_age=KEPT_FOR)
def sitemap(request: HttpRequest) -> HttpResponse:
    day = timezone.localdate()
    pages: list[tuple[str, list[Any]]] = [("public_home", []), ("public_visit", []), ("public_legal", [])]
    pages += [("public_site", [card.site.code]) for card in site_cards(day)]
    if public_companies(day).exists():
        pages.append(("public_companies", []))
    if Edition.objects.public().exists():
        pages.append(("public_impact", []))
    if Question.objects.public().exists():
        pages.append(("public_questions", []))
    news = list(NewsItem.objects.public(timezone.now()))
    if news:
        pages.append(("public_news", []))
    pages += [
        ("public_company", [company.pk, company_slug(company)])
        for company in public_companies(day).prefetch_related(None).only("pk", "name")
    ]
    entries = [_in_every_language(partial(reverse, route, args=arguments)) for route, arguments in pages]
    entries += [_in_every_language(partial(news_address, item)) for item in news]
    return render(request, "public/sitemap.xml", {"entries": entries}, content_type="application/xml")


def _in_every_language(address: Callable[[], str]) -> list[dict[str, str]]:
    found = []
    for language in LANGUAGES:
        with translation.override(language):
            found.append({"code": language, "url": settings.PUBLIC_URL + address()})
    return found
