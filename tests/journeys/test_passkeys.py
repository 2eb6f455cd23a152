"""A passkey in a real browser: made, used to sign in without a password, used as a second factor, removed.

The browser's authenticator is a virtual one (Chromium's WebAuthn domain). Passkeys want a name for an address:
`localhost` is one, 127.0.0.1 is not.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.urls import reverse
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from tests.factories import AccountFactory
from tests.factories.people import PASSWORD

from .conftest import Visitor

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def house(live_server: LiveServer, settings: Any) -> str:
    """The address that the relying party is made of, by a name browsers accept."""
    settings.ALLOWED_HOSTS = ["localhost"]
    settings.PUBLIC_URL = live_server.url.replace("127.0.0.1", "localhost")
    # What libraries send goes to the outbox, as in real life.
    settings.EMAIL_BACKEND = "fondouk.mail.backend.OutboxBackend"
    return str(settings.PUBLIC_URL)


@pytest.fixture
def page(house: str, visit: Callable[..., Visitor]) -> Page:
    """A visitor's page whose browser has an authenticator built in; what it complains of fails the test."""
    page: Page = visit().page
    authenticator = page.context.new_cdp_session(page)
    authenticator.send("WebAuthn.enable")
    authenticator.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )
    return page


def come_in(page: Page, house: str, email: str) -> None:
    page.goto(house + reverse("account_login"))
    page.fill("[name=login]", email)
    page.fill("[name=password]", PASSWORD)
    page.click("form:has([name=password]) [type=submit]")
    page.wait_for_load_state()


def go_out(page: Page, house: str) -> None:
    page.goto(house + reverse("account_logout"))
    page.click("main [type=submit]")
    page.wait_for_load_state()


def is_in(page: Page, house: str) -> bool:
    page.goto(house + reverse("my_account"))
    return reverse("account_login") not in page.url


def add_passkey(page: Page, house: str, *, alone: bool) -> None:
    page.goto(house + reverse("mfa_add_webauthn"))
    if reverse("account_reauthenticate") in page.url:
        page.fill("[name=password]", PASSWORD)
        page.click("main [type=submit]")
    page.wait_for_selector("form[data-passkey=create]")
    page.fill("[name=name]", "Laptop")
    page.set_checked("[name=passwordless]", alone)
    with page.expect_navigation():
        page.click("form[data-passkey] [type=submit]")


def test_passkey_is_made_and_opens_without_a_password(page: Page, house: str) -> None:
    account = AccountFactory(email="salma@example.ma")
    come_in(page, house, account.email)
    add_passkey(page, house, alone=True)
    assert reverse("mfa_view_recovery_codes") in page.url
    key = Authenticator.objects.get(user=account, type="webauthn").wrap()
    assert (key.name, key.is_passwordless) == ("Laptop", True)

    go_out(page, house)
    assert not is_in(page, house)
    page.goto(house + reverse("account_login"))
    with page.expect_navigation():
        page.click("form[data-passkey=get] [type=submit]")
    assert is_in(page, house)


def test_key_is_the_second_factor_after_the_password_and_can_be_removed(page: Page, house: str) -> None:
    account = AccountFactory(email="salma@example.ma")
    come_in(page, house, account.email)
    add_passkey(page, house, alone=False)
    go_out(page, house)
    come_in(page, house, account.email)
    assert reverse("mfa_authenticate") in page.url
    with page.expect_navigation():
        page.click("form[data-passkey=get] [type=submit]")
    assert is_in(page, house)

    key = Authenticator.objects.get(user=account, type="webauthn")
    page.goto(house + reverse("mfa_remove_webauthn", args=[key.pk]))
    if reverse("account_reauthenticate") in page.url:
        page.fill("[name=password]", PASSWORD)
        page.click("main [type=submit]")
    page.click("main form [type=submit]")
    page.wait_for_url(f"**{reverse('mfa_list_webauthn')}")
    assert not Authenticator.objects.filter(user=account, type="webauthn").exists()


def test_refusing_browser_says_so_and_lets_try_again(page: Page, house: str) -> None:
    account = AccountFactory(email="salma@example.ma")
    page.goto(house + reverse("account_login"))
    page.click("form[data-passkey=get] [type=submit]")
    page.wait_for_selector("[data-passkey-said]:not([hidden])")
    assert page.is_enabled("form[data-passkey=get] [type=submit]")
    come_in(page, house, account.email)
    assert is_in(page, house)
