"""The page before what cannot be brought back: a word is typed first."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def asked(
    request: HttpRequest, *, title: Any, word: str, text: Any, cancel: str, crumbs: list[tuple[str, str]]
) -> HttpResponse | None:
    """None once `word` was typed: go on. Else the page that asks for it, with status 422 for another word."""
    word = word.strip()
    is_sent = request.method == "POST"
    if is_sent and _plain(request.POST.get("confirmation", "")) == _plain(word):
        return None
    context = {
        "title": title,
        "word": word,
        "text": text,
        "cancel": cancel,
        "crumbs": crumbs,
        "is_wrong": is_sent,
    }
    return render(request, "ui/removal.html", context, status=422 if is_sent else 200)


def _plain(word: str) -> str:
    """As a keyboard types it: the apostrophe of printers is on none."""
    return word.strip().replace("’", "'").casefold()
