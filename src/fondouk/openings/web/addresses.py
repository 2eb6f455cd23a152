"""Where the audit finds the plan of an opening."""

from __future__ import annotations

from django.urls import reverse

from fondouk.openings.models import Opening


def address_of_opening(key: str) -> str:
    opening = Opening.objects.filter(pk=key).select_related("site").first() if key.isdecimal() else None
    return reverse("opening", args=[opening.site.code]) if opening else ""
