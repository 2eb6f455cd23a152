"""Every route answers every role as the table says, and every route is in the table."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import translation

from .permissions import ANYBODY_POSTS, ANYBODY_SIGNED_IN_POSTS, NOT_THERE_POSTS, POSTED, ROUTES
from .world import ROLES, World

pytestmark = pytest.mark.django_db
SIGN_IN = ("/fr/sign-in/", "/ar/sign-in/", "/en/sign-in/")
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def routes(resolver: Any = None, namespace: str = "") -> Iterator[tuple[str | None, URLPattern]]:
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLResolver):
            yield from routes(entry, f"{namespace}{entry.namespace}:" if entry.namespace else namespace)
        else:
            yield (f"{namespace}{entry.name}" if entry.name else None), entry


@pytest.fixture(autouse=True)
def plain_static(settings: Any) -> None:
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }


@pytest.fixture
def world() -> World:
    return World.make()


def browser(world: World, role: str) -> Client:
    client = Client(raise_request_exception=False)
    if role != "anonymous":
        client.force_login(world.accounts[role], backend=BACKEND)
    return client


def address(name: str, world: World) -> str:
    with translation.override("en"):
        return reverse(name, args=ROUTES[name][0](world))


def letter(answer: Any) -> str:
    if answer.status_code in (301, 302):
        return "s" if answer["Location"].startswith(SIGN_IN) else "r"
    known = {200: "2", 404: "4", 405: "5", 401: "u"}
    return known.get(answer.status_code, str(answer.status_code))


def asked(client: Client, method: str, where: str) -> Any:
    """The answer, with whatever it wrote taken back."""
    with transaction.atomic():
        answer = getattr(client, method)(where)
        body = b"" if answer.streaming else answer.content
        transaction.set_rollback(True)
    return answer, body


def test_every_route_has_a_name_and_a_row() -> None:
    found = {name for name, _entry in routes()}
    assert None not in found
    assert {str(name) for name in found} - set(ROUTES) == set()
    assert set(ROUTES) - {str(name) for name in found} == set()


def test_every_row_has_a_letter_for_each_role() -> None:
    assert {name for name, (_arguments, letters) in ROUTES.items() if len(letters) != len(ROLES)} == set()


@pytest.mark.parametrize("role", ROLES)
def test_a_role_gets_what_the_table_says(role: str, world: World) -> None:
    here = {str(name) for name, _entry in routes()}
    client, place = browser(world, role), ROLES.index(role)
    expected, found, raw = {}, {}, []
    for name in sorted(here & set(ROUTES)):
        answer, body = asked(client, "get", address(name, world))
        expected[name], found[name] = ROUTES[name][1][place], letter(answer)
        if b"<c-" in body:
            raw.append(name)
    assert found == expected
    assert raw == [], "a component reached the browser raw"


def test_what_is_posted_is_guarded_too(world: World) -> None:
    here = {str(name) for name, _entry in routes()}
    posted = [name for name, (_arguments, letters) in ROUTES.items() if letters == POSTED and name in here]
    nobody, outsider = browser(world, "anonymous"), browser(world, "outsider")
    assert {name: letter(asked(nobody, "post", address(name, world))[0]) for name in posted} == {
        name: ANYBODY_POSTS.get(name) or ("4" if name in NOT_THERE_POSTS else "s") for name in posted
    }
    others = [name for name in posted if name not in ANYBODY_SIGNED_IN_POSTS | set(ANYBODY_POSTS)]
    assert {
        name: letter(asked(outsider, "post", address(name, world))[0]) for name in others
    } == dict.fromkeys(others, "4")
