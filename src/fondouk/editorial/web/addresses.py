"""Where the audit finds a text."""

from __future__ import annotations

from django.urls import reverse

from fondouk.editorial.models import Text


def address_of_text(key: str) -> str:
    text = Text.objects.filter(pk=key).first() if key.isdecimal() else None
    return reverse("editorial_text", args=[text.key]) if text else ""
