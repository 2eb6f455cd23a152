"""What a page is about, for machines: schema.org in JSON-LD."""

from __future__ import annotations

import json
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from fondouk.editorial.markdown import to_html
from fondouk.editorial.models import NewsItem, Said, said
from fondouk.public.queries import ShownCompany, SiteCard
from fondouk.sites.models import Network


def linked(data: dict[str, Any]) -> SafeString:
    """As the text of a script element: nothing in it can end that element. Empty values are left out."""
    kept = {"@context": "https://schema.org", **{key: value for key, value in data.items() if value}}
    text = json.dumps(kept, ensure_ascii=False)
    return mark_safe(text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026"))  # noqa: S308


def of_network(network: Network) -> dict[str, Any]:
    return {
        "@type": "Organization",
        "name": str(network),
        "url": settings.PUBLIC_URL + reverse("public_home"),
        "email": network.contact_email,
        "telephone": network.contact_phone,
        "slogan": network.tagline,
    }


def of_site(card: SiteCard, network: Network) -> dict[str, Any]:
    return {
        "@type": "Place",
        "name": card.site.full_name,
        "description": card.site.description,
        "url": settings.PUBLIC_URL + reverse("public_site", args=[card.site.code]),
        "address": {
            "@type": "PostalAddress",
            "addressLocality": card.site.city,
            "streetAddress": card.site.address,
            "addressCountry": "MA",
        },
        "containedInPlace": {"@type": "Organization", "name": str(network)},
    }


def of_company(row: ShownCompany, address: str) -> dict[str, Any]:
    return {
        "@type": "Organization",
        "name": row.company.name,
        "alternateName": row.company.name_ar,
        "description": row.company.activity,
        "url": row.company.website or address,
        "location": [{"@type": "Place", "name": str(site)} for site in row.sites],
    }


def of_questions(questions: list[tuple[Said, Said]]) -> dict[str, Any]:
    return {
        "@type": "FAQPage",
        "mainEntity": [
            {
                "@type": "Question",
                "name": str(question),
                "acceptedAnswer": {"@type": "Answer", "text": str(to_html(str(answer), below=2))},
            }
            for question, answer in questions
        ],
    }


def of_news(item: NewsItem, address: str, network: Network) -> dict[str, Any]:
    title = said(item, "title")
    return {
        "@type": "NewsArticle",
        "headline": str(title),
        "description": str(said(item, "summary")),
        "inLanguage": title.language,
        "datePublished": item.published_at.isoformat() if item.published_at else "",
        "dateModified": item.changed_at.isoformat(),
        "url": address,
        "publisher": {"@type": "Organization", "name": str(network)},
    }
