"""Public pages are kept for a moment as they were answered, so that a crowd of visitors asks the database once."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.core.cache import caches
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from fondouk.demo.queries import is_loaded_lately
from fondouk.ui.context import theme_of

Answer = Callable[[HttpRequest], HttpResponseBase]

LONGEST_QUERY = 200


class KeptPages:
    """What was answered to a visitor is answered to the next within `PAGES_KEPT_FOR` seconds, by this process.

    Only views that say so (`shell.without_cookies`) are kept, and only for whoever brings no session, no token, nothing
    but the choice of a theme: the same page for everybody.
    """

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not settings.PAGES_KEPT_FOR or not _is_of_anybody(request):
            return self.answer(request)
        pages = caches["pages"]
        # A demonstration that comes or goes takes what was kept with it.
        key = f"{request.get_host()}:{is_loaded_lately()}:{theme_of(request)}:{request.get_full_path()}"
        if (kept := pages.get(key)) is not None:
            body, headers = kept
            return HttpResponse(body, headers=headers)
        response = self.answer(request)
        is_kept = getattr(response, "is_the_same_for_everybody", False) and not response.cookies
        if is_kept and response.status_code == 200 and isinstance(response, HttpResponse):
            pages.set(key, (response.content, dict(response.headers)), settings.PAGES_KEPT_FOR)
        return response


def _is_of_anybody(request: HttpRequest) -> bool:
    return (
        request.method == "GET"
        and settings.SESSION_COOKIE_NAME not in request.COOKIES
        and "messages" not in request.COOKIES
        and "authorization" not in request.headers
        and "hx-request" not in request.headers
        and len(request.META.get("QUERY_STRING", "")) <= LONGEST_QUERY
    )
