"""A line that appears after an action, with its undo: "Booking moved. Undo"."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest

TONES = {"ok": messages.SUCCESS, "info": messages.INFO, "warn": messages.WARNING, "danger": messages.ERROR}
UNDO = "undo:"


def toast(request: HttpRequest, text: Any, *, tone: str = "ok", undo: str = "") -> None:
    """Show `text` on the next page for ten seconds; a POST to the address `undo` takes the action back."""
    messages.add_message(request, TONES[tone], text, extra_tags=f"{UNDO}{undo}" if undo else "")


def toast_of(message: Any) -> dict[str, Any]:
    """A stored message, as the layout draws it."""
    tones = {level: tone for tone, level in TONES.items()}
    tags = message.extra_tags or ""
    return {
        "text": message.message,
        "tone": tones.get(message.level, "info"),
        "undo": tags.removeprefix(UNDO) if tags.startswith(UNDO) else "",
    }
