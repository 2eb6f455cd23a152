"""The chooser of sites, at the top of every page of the console."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect

from .current import CHOICE, FILTER, choose

Answer = Callable[[HttpRequest], HttpResponseBase]


class ChosenSite:
    """Keeps what the chooser says and shows the same page again, without the site and the page a list was at."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if CHOICE not in request.GET or request.method != "GET" or not request.user.is_authenticated:
            return self.answer(request)
        choose(request, request.GET[CHOICE])
        query = request.GET.copy()
        for name in (CHOICE, FILTER, "page"):
            query.pop(name, None)
        return redirect(f"{request.path}?{query.urlencode()}" if query else request.path)
