"""What is done to every request and to every answer."""

from __future__ import annotations

from typing import Any

import pytest
from django.conf import settings
from django.core.exceptions import ObjectDoesNotExist
from django.db import DatabaseError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.urls import path
from psycopg.errors import LockNotAvailable

from fondouk.ui import middleware

KEPT: list[int] = []


def keep(request: HttpRequest) -> HttpResponse:
    KEPT.append(len(request.body))
    return HttpResponse("kept")


def held(request: HttpRequest) -> HttpResponse:
    raise OperationalError("canceling statement due to lock timeout") from LockNotAvailable()


def gone(request: HttpRequest) -> HttpResponse:
    raise DatabaseError("Save with update_fields did not affect any rows.")


def never_there(request: HttpRequest) -> HttpResponse:
    raise type("RelatedObjectDoesNotExist", (ObjectDoesNotExist, AttributeError), {})("it has none")


def large(request: HttpRequest) -> HttpResponse:
    return HttpResponse("the form says it")


large.takes_large_bodies = True  # type: ignore[attr-defined]
urlpatterns = [
    path("keep/", keep),
    path("large/", large),
    path("never/", never_there),
    *(path(f"{place}gone/", gone) for place in ("", "api/")),
    *(path(f"{place}held/", held) for place in ("", "api/")),
]


@pytest.fixture(autouse=True)
def pages(settings: Any) -> None:
    settings.ROOT_URLCONF = __name__
    settings.MIDDLEWARE = [
        f"fondouk.ui.middleware.{name}"
        for name in ("BoundedBody", "PlainQuery", "PrivatePages", "BusyDatabase", "RemovedMeanwhile")
    ]
    KEPT.clear()


def post(where: str, length: int, *, known: bool) -> HttpResponse:
    client = Client()
    if known:
        client.cookies[settings.SESSION_COOKIE_NAME] = "x"
    return client.generic("POST", where, b"a", CONTENT_LENGTH=str(length))


@pytest.mark.parametrize(
    ("where", "length", "known", "status"),
    [
        ("/keep/", 1, False, 200),
        ("/keep/", middleware.BODY_OF_A_STRANGER + 1, False, 413),
        ("/keep/", middleware.BODY + 1, True, 413),
        ("/nowhere/", middleware.BODY + 1, True, 413),
        ("/large/", middleware.BODY + 1, True, 200),
        ("/large/", middleware.BODY + 1, False, 413),
        ("/api/nowhere/", 10**30, False, 413),
    ],
)
def test_a_body_is_refused_by_its_length(where: str, length: int, known: bool, status: int) -> None:
    answer = post(where, length, known=known)
    assert answer.status_code == status
    assert ([1] if where == "/keep/" and status == 200 else []) == KEPT


def test_what_somebody_else_holds_is_a_sentence_and_no_fault() -> None:
    page, machine = Client().get("/held/"), Client().get("/api/held/")
    assert (page.status_code, page["Retry-After"]) == (503, "5")
    assert machine["Content-Type"] == "application/problem+json"


def test_another_fault_of_the_database_stays_one() -> None:
    answer = middleware.BusyDatabase(keep).process_exception(
        RequestFactory().get("/"), OperationalError("gone")
    )
    assert answer is None


def test_a_form_about_a_record_that_went_gets_a_sentence() -> None:
    answer = Client().post("/gone/")
    assert answer.status_code == 409
    assert Client().post("/api/gone/").json() == {"status": 409}


@pytest.mark.parametrize(("how", "where"), [("get", "/gone/"), ("post", "/never/")])
def test_a_row_missed_for_any_other_reason_stays_a_fault(how: str, where: str) -> None:
    with pytest.raises((DatabaseError, ObjectDoesNotExist)):
        getattr(Client(), how)(where)


def test_pages_of_somebody_signed_in_stay_in_no_shared_cache() -> None:
    client = Client()
    assert not client.get("/keep/").has_header("Cache-Control")
    assert "camera=()" in client.get("/keep/")["Permissions-Policy"]
    assert client.get("/keep/", headers={"authorization": "Bearer x"})["Cache-Control"] == "private, no-cache"
    client.cookies[settings.SESSION_COOKIE_NAME] = "x"
    assert client.get("/keep/")["Cache-Control"] == "private, no-cache"
