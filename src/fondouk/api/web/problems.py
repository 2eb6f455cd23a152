"""Errors as problem details (RFC 9457), in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.csrf import csrf_exempt
from django.views.defaults import server_error as page_of_a_fault
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError

CONTENT_TYPE = "application/problem+json"

TITLES = {
    400: gettext_lazy("The request cannot be read"),
    401: gettext_lazy("A token is needed"),
    403: gettext_lazy("Not allowed"),
    404: gettext_lazy("Not found"),
    409: gettext_lazy("It cannot be had"),
    412: gettext_lazy("It has changed meanwhile"),
    422: gettext_lazy("A value is not accepted"),
    500: gettext_lazy("Something went wrong"),
}
SENTENCES = {
    "extra_forbidden": gettext_lazy("There is no such field."),
    "missing": gettext_lazy("This is required."),
    "int_parsing": gettext_lazy("Write a whole number."),
    "bool_parsing": gettext_lazy("Write true or false."),
    "datetime_from_date_parsing": gettext_lazy("Write a moment as 2026-11-23T09:30:00Z."),
    "datetime_parsing": gettext_lazy("Write a moment as 2026-11-23T09:30:00Z."),
    "timezone_aware": gettext_lazy("Say the offset from UTC: 2026-11-23T09:30:00Z."),
    "enum": gettext_lazy("Write one of: %(expected)s."),
    "literal_error": gettext_lazy("Write one of: %(expected)s."),
    "greater_than_equal": gettext_lazy("Write %(ge)s or more."),
    "less_than_equal": gettext_lazy("Write %(le)s or less."),
    "string_too_long": gettext_lazy("Write %(max_length)s characters at most."),
}


class ScopeMissing(Exception):
    """The token may not do this. `scope` is what it lacks."""

    def __init__(self, scope: str) -> None:
        super().__init__(scope)
        self.scope = scope


def need(request: HttpRequest, scope: str) -> None:
    """Raise `ScopeMissing` where the token of the request lacks it."""
    if scope not in request.auth.scopes:  # type: ignore[attr-defined]
        raise ScopeMissing(scope)


class Refused(Exception):
    """Values that are not accepted, each with its sentence, by field."""

    def __init__(self, errors: Mapping[str, Any]) -> None:
        super().__init__(", ".join(errors))
        self.errors = errors


class UnreadableCursor(Exception):
    """The cursor was not made by this API."""


def problem(status: int, detail: Any, **more: Any) -> HttpResponse:
    title = TITLES.get(status, HTTPStatus(status).phrase)
    body = {"type": "about:blank", "title": str(title), "status": status, "detail": str(detail), **more}
    return JsonResponse(body, status=status, content_type=CONTENT_TYPE)


SHAPE: dict[str, Any] = {
    "title": "Problem",
    "type": "object",
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {"field": {"type": "string"}, "detail": {"type": "string"}},
            },
        },
    },
    "required": ["type", "title", "status", "detail"],
}


def statuses(path: str, method: str, parameters: Sequence[dict[str, Any]]) -> list[int]:
    """With which an operation may refuse."""
    found = [401, 422]
    if "{" in path:
        found.append(404)
    if method != "get":
        found += [403, 409]
    if any(one["name"] == "If-Match" for one in parameters):
        found.append(412)
    return sorted(found)


def documented(status: int) -> dict[str, Any]:
    content = {CONTENT_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    return {"description": str(TITLES[status]), "content": content}


def attach(api: NinjaAPI) -> None:
    """Answer every refusal of `api` with a problem."""

    @api.exception_handler(AuthenticationError)
    def unknown(request: HttpRequest, error: Any) -> HttpResponse:
        response = problem(401, _("Send a live token: Authorization: Bearer fdk_…"))
        response["WWW-Authenticate"] = 'Bearer realm="Fondouk"'
        return response

    @api.exception_handler(Http404)
    def absent(request: HttpRequest, error: Any) -> HttpResponse:
        return problem(404, _("There is no such record, or you may not see it."))

    @api.exception_handler(ScopeMissing)
    def unscoped(request: HttpRequest, error: Any) -> HttpResponse:
        return problem(403, _("This token only reads: make another that may also write."), scope=error.scope)

    @api.exception_handler(UnreadableCursor)
    def cursor(request: HttpRequest, error: Any) -> HttpResponse:
        return problem(422, _("This cursor is not one of ours: begin again without it."))

    @api.exception_handler(ValidationError)
    def refused(request: HttpRequest, error: Any) -> HttpResponse:
        errors = [
            {"field": ".".join(_field(fault["loc"])), "detail": _sentence(fault)} for fault in error.errors
        ]
        return problem(422, _("Mend what is listed, and send the request again."), errors=errors)

    @api.exception_handler(Refused)
    def by_field(request: HttpRequest, error: Any) -> HttpResponse:
        errors = [{"field": field, "detail": str(said)} for field, said in error.errors.items()]
        return problem(422, _("Mend what is listed, and send the request again."), errors=errors)

    @api.exception_handler(HttpError)
    def failed(request: HttpRequest, error: Any) -> HttpResponse:
        return problem(error.status_code, error)


@csrf_exempt
def unknown_address(request: HttpRequest, rest: str) -> HttpResponse:
    """For addresses below the API's that it does not have: a machine reads no page of ours."""
    return problem(404, _("The API has no such address: its document is at /api/v1/openapi.json."))


def server_error(request: HttpRequest) -> HttpResponse:
    """The project's last answer to a fault of ours (Django has logged it): a problem to machines, a page to people."""
    if request.path_info.startswith("/api/"):
        return problem(500, _("Something went wrong here, not in your request. It has been written down."))
    return page_of_a_fault(request)


def _field(place: Sequence[Any]) -> list[str]:
    """As the request names it: without "body" or "query", and without what our function calls the whole of it."""
    inner = place[2:] if len(place) > 2 else place[1:]
    return [str(part) for part in inner]


def _sentence(fault: dict[str, Any]) -> str:
    sentence = SENTENCES.get(fault.get("type", ""))
    if sentence is None:
        return _("This value is not accepted.")
    return str(sentence) % fault.get("ctx", {})
