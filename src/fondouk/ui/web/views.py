"""The gallery of the kit: every component in every state."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from fondouk.ui.web import specimens


def gallery(request: HttpRequest) -> HttpResponse:
    return render(request, "ui/kit/gallery.html", specimens.context(request))
