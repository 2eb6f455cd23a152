"""What a page is about, for machines: schema.org in JSON-LD."""

from __future__ import annotations

import json
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from fondouk.companies.queries import Row
from fondouk.public.queries import SiteCard
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


def of_company(row: Row, address: str) -> dict[str, Any]:
    return {
        "@type": "Organization",
        "name": row.company.name,
        "alternateName": row.company.name_ar,
        "description": row.company.activity,
        "url": row.company.website or address,
        "location": [{"@type": "Place", "name": str(site)} for site in row.sites],
    }
