"""Realistic values for the gallery. Invented: no company, person or place here exists."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest


def context(request: HttpRequest) -> dict[str, Any]:
    return {}
