"""`{{ said|markdown }}`: a `Said` as paragraphs; `{% said item "title" %}`: a column in the reader's language."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from fondouk.editorial.markdown import to_html
from fondouk.editorial.models import Said, said

register = template.Library()


@register.filter
def markdown(text: Said | str, below: int = 2) -> SafeString:
    return to_html(str(text), below=below)


@register.simple_tag(name="said")
def said_tag(row: Any, noun: str) -> SafeString | str:
    """Marked with its language where that is not the page's."""
    found = said(row, noun)
    if not found or found.language == (get_language() or "fr")[:2]:
        return found.text
    return format_html('<span lang="{}" dir="{}">{}</span>', found.language, found.direction, found.text)


@register.simple_tag
def said_in(row: Any, noun: str) -> Said:
    return said(row, noun)
