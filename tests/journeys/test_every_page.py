"""Every page, looked at by axe-core: one in two French in the light, the others Arabic in the dark; in the long mode each in
every look.

The pages are those of the table of permissions, so that a route added later is looked at without a word here. Each is
opened wide, examined, then narrowed to a phone, where nothing may scroll sideways. A page's own errors and violations of
the Content-Security-Policy fail it too.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from tests.architecture.permissions import ROUTES
from tests.architecture.world import ROLES, World

from .conftest import Visitor

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

SHARES = 4
"""Each look is cut in as many tests, so that workers share it."""

LOOKS = [
    pytest.param("fr", False, id="french-light"),
    pytest.param("ar", True, id="arabic-dark"),
    pytest.param("en", False, id="english-light", marks=pytest.mark.long),
    pytest.param("fr", True, id="french-dark", marks=pytest.mark.long),
    pytest.param("ar", False, id="arabic-light", marks=pytest.mark.long),
    pytest.param("en", True, id="english-dark", marks=pytest.mark.long),
]
VIEWERS = ("administrator", "owner", "anonymous")
PHONE = 390


def viewer_of(letters: str) -> str | None:
    """Who the page is looked at as: the first of the viewers that it answers."""
    by_role = dict(zip(ROLES, letters, strict=True))
    return next((role for role in VIEWERS if by_role[role] == "2"), None)


def signed_in(account: Any) -> Client:
    client = Client()
    if account is not None:
        client.force_login(account)
    return client


def is_page(path: str, client: Client) -> bool:
    answer = client.get(path)
    # Neither a download nor a fragment that a page fetches.
    return not answer.streaming and answer.content.lstrip()[:15].lower() == b"<!doctype html>"


@pytest.mark.parametrize("share", range(SHARES))
@pytest.mark.parametrize(("language", "dark"), LOOKS)
def test_every_page_is_accessible_and_fits_a_phone(
    language: str, dark: bool, share: int, visit: Callable[..., Visitor], request: pytest.FixtureRequest
) -> None:
    world = World.make()
    faults: list[str] = []
    seen = 0
    accounts = {role: None if role == "anonymous" else world.accounts[role] for role in VIEWERS}
    clients = {role: signed_in(account) for role, account in accounts.items()}
    visitors: dict[str, Visitor] = {}  # one each: the browser keeps the house's scripts and styles
    names = sorted(ROUTES)[share::SHARES]
    if not request.config.getoption("--long"):
        names = names[int(dark) :: 2]
    for name in names:
        arguments, letters = ROUTES[name]
        role = viewer_of(letters)
        if role is None:
            continue
        with translation.override(language):
            path = reverse(name, args=arguments(world))
        if not is_page(path, clients[role]):
            continue
        seen += 1
        if role not in visitors:
            visitors[role] = visit(accounts[role])
        visitor = visitors[role].look(dark=dark)
        visitor.go(path)
        faults += [f"{name}: {fault}" for fault in visitor.axe()]
        visitor.look(dark=dark, width=PHONE)
        if visitor.scrolls_sideways():
            faults.append(f"{name}: scrolls sideways at {PHONE} px")
        faults += [f"{name}: {fault}" for fault in visitor.faults]
        visitor.faults.clear()
    assert seen, "this share of the table holds no page"
    assert faults == []
