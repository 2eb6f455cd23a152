"""What is done to every request before anybody reads it, and to every answer."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import ObjectDoesNotExist
from django.db import DatabaseError, OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import render
from django.urls import Resolver404, resolve
from django.utils.cache import patch_cache_control
from psycopg.errors import DeadlockDetected, LockNotAvailable

log = logging.getLogger(__name__)

Answer = Callable[[HttpRequest], HttpResponseBase]

NUL = re.compile(r"%00|\x00")
MEBIBYTE = 1024**2
BODY_OF_A_STRANGER = MEBIBYTE
BODY = 64 * MEBIBYTE
"""The largest file that any form takes, and what stands beside it."""
POLICY = "camera=(), geolocation=(), microphone=(), payment=(), usb=()"


class BoundedBody:
    """Refuses a body by its length before a byte of it is kept: nobody fills the disk by posting to any address.

    A form that answers for larger ones itself, in a sentence beside its field, says so in its view: `takes_large_bodies`.
    """

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        length = request.META.get("CONTENT_LENGTH") or "0"
        known = settings.SESSION_COOKIE_NAME in request.COOKIES
        bound = BODY if known else BODY_OF_A_STRANGER
        if length.isdecimal() and int(length[:18]) > bound and not self._is_answered_for(request, known):
            return _said(request, "413", 413)
        return self.answer(request)

    def _is_answered_for(self, request: HttpRequest, known: bool) -> bool:
        try:
            return known and getattr(resolve(request.path_info).func, "takes_large_bodies", False)
        except Resolver404:
            return False


class PlainQuery:
    """An address without NULs: nobody types one, PostgreSQL refuses it in any text, and no page has a use for it."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        query = request.META.get("QUERY_STRING", "")
        if NUL.search(query):
            request.META["QUERY_STRING"] = NUL.sub("", query)
        return self.answer(request)


class PrivatePages:
    """What somebody signed in is shown stays in no shared cache, and is asked for again each time."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.answer(request)
        response.headers.setdefault("Permissions-Policy", POLICY)
        is_private = settings.SESSION_COOKIE_NAME in request.COOKIES or "authorization" in request.headers
        if is_private and not response.has_header("Cache-Control"):
            patch_cache_control(response, private=True, no_cache=True)
        return response


class SentAddress:
    """An address to which a form is only sent, opened by hand, reloaded or shown in another language: a page that leads
    back, where a browser would show one of its own.
    """

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.answer(request)
        if response.status_code != 405 or request.method != "GET" or request.path_info.startswith("/api/"):
            return response
        page = render(request, "405.html", {"above": _above(request.path_info)}, status=405)
        page.headers["Allow"] = response.headers.get("Allow", "POST")
        return page


def _above(path: str) -> str:
    """The nearest address above that is one of ours; the home page at the worst."""
    pieces = path.strip("/").split("/")
    while len(pieces) > 1:
        pieces.pop()
        address = f"/{'/'.join(pieces)}/"
        if _is_ours(address):
            return address
    return "/"


def _is_ours(address: str) -> bool:
    try:
        resolve(address)
        return True
    except Resolver404:
        return False


class OfFaults:
    """Lets everything pass; what it does with a fault is for its heirs to say."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.answer(request)


class BusyDatabase(OfFaults):
    """Somebody else holds what this request needs for longer than it may wait: a sentence, and nothing was written."""

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if isinstance(error, OperationalError) and isinstance(
            error.__cause__, LockNotAvailable | DeadlockDetected
        ):
            response = _said(request, "503", 503)
            response.headers["Retry-After"] = "5"
            return response
        return None


class RemovedMeanwhile(OfFaults):
    """Somebody removed the record between its page and the form sent from it: a sentence, and nothing was written.

    A page that is only read answers 404 by itself; whatever else asks for a row that is not there is our fault.
    """

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if request.method != "POST" or not _speaks_of_a_row_that_went(error):
            return None
        log.warning("A record was gone when a form about it arrived: %s", request.path, exc_info=error)
        return _said(request, "409", 409, above=_above(request.path_info))


def _speaks_of_a_row_that_went(error: Exception) -> bool:
    """A row looked up again under its lock, or saved; not an object that never had the related one it is asked for."""
    if isinstance(error, ObjectDoesNotExist):
        return not isinstance(error, AttributeError)
    return type(error) is DatabaseError and "did not affect any rows" in str(error)


def _said(request: HttpRequest, template: str, status: int, **known: str) -> HttpResponse:
    if request.path_info.startswith("/api/"):
        return JsonResponse({"status": status}, status=status, content_type="application/problem+json")
    return render(request, f"{template}.html", known, status=status)
