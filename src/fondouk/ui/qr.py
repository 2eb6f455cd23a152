"""QR codes (ISO/IEC 18004): an address that a telephone reads from a screen or from paper."""

from __future__ import annotations

import io

import segno
from django.utils.safestring import SafeString, mark_safe

QUIET = 4
"""Empty modules around it, as the standard asks."""


def qr(text: str, title: str) -> SafeString:
    """An SVG for a page, dark on white in either theme, as large as its box. A quarter of it may be hidden (level Q)."""
    made = segno.make(text, error="q", micro=False)
    drawn = made.svg_inline(
        border=QUIET, dark="#000", light="#fff", omitsize=True, svgclass="fk-qr", lineclass=None, title=title
    )
    return mark_safe(drawn)  # noqa: S308 - segno escapes the title; the rest are shapes


def qr_file(text: str) -> bytes:
    """The same as a file, for papers."""
    found = io.BytesIO()
    segno.make(text, error="q", micro=False).save(found, kind="svg", border=QUIET, light="#fff")
    return found.getvalue()


def qr_picture(text: str) -> bytes:
    """The same as a PNG, for letters; about a hand's breadth on a telephone."""
    found = io.BytesIO()
    segno.make(text, error="q", micro=False).save(found, kind="png", border=QUIET, scale=8, light="#fff")
    return found.getvalue()
