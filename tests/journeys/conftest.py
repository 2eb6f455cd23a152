"""A real browser on a real server: Chromium, a live server, somebody signed in.

Journeys look at what a person meets: axe-core's faults, sideways scrolling, errors of scripts, violations of the
Content-Security-Policy. Everything a page logs as an error fails the test that opened it.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore

AXE = Path(__file__).resolve().parents[2] / "node_modules" / "axe-core" / "axe.min.js"
ARTEFACTS = Path(__file__).resolve().parents[2] / "test-artifacts"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
# Playwright's own loop runs in this thread, and Django would take it for an asynchronous caller.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")


def chromium() -> str:
    found = os.environ.get("FONDOUK_CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    assert found, "The journeys need Chromium: type `apt-get install chromium`, or let `make test` do it."
    return found


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        yield launched
        launched.close()


class Visitor:
    """Somebody at a browser. `faults` collects what no page may ever say."""

    def __init__(self, browser: Any, base: str) -> None:
        self.base = base
        self.context = browser.new_context(
            viewport={"width": 1280, "height": 900}, locale="fr-MA", reduced_motion="reduce"
        )
        self.page = self.context.new_page()
        self.faults: list[str] = []
        self.page.on("pageerror", lambda error: self.faults.append(f"script: {error}"))
        self.page.on("console", self._hear)

    def _hear(self, message: Any) -> None:
        if message.type == "error" and "404 (Not Found)" not in message.text:
            self.faults.append(f"console: {message.text}")

    def sign_in(self, account: Any) -> Visitor:
        """As Django's own login would leave it, without the form: journeys of sign-in use the form."""
        session = SessionStore()
        session[SESSION_KEY] = str(account.pk)
        session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
        session[HASH_SESSION_KEY] = account.get_session_auth_hash()
        session.save()
        cookie = {"name": settings.SESSION_COOKIE_NAME, "value": session.session_key, "url": self.base}
        self.context.add_cookies([cookie])
        return self

    def look(self, *, dark: bool = False, width: int = 1280) -> Visitor:
        theme = {"name": "fondouk_theme", "value": "dark" if dark else "light", "url": self.base}
        self.context.add_cookies([theme])
        self.page.set_viewport_size({"width": width, "height": 900})
        return self

    def go(self, path: str) -> Any:
        return self.page.goto(self.base + path)

    def axe(self) -> list[str]:
        """What axe-core finds on the page as it stands: rule and first place of each."""
        # Through the debugger rather than a script element, which the policy would rightly refuse.
        self.page.evaluate(AXE.read_text())
        found = self.page.evaluate("() => axe.run(document, {resultTypes: ['violations']})")
        return [f"{one['id']}: {one['nodes'][0]['html'][:160]}" for one in found["violations"]]

    def scrolls_sideways(self) -> bool:
        return bool(
            self.page.evaluate(
                "document.documentElement.scrollWidth > document.documentElement.clientWidth + 1"
            )
        )


@pytest.fixture
def visit(browser: Any, live_server: Any, request: pytest.FixtureRequest) -> Iterator[Callable[..., Visitor]]:
    """`visit(account)` gives a visitor, signed in when an account is given. A failed test leaves a picture."""
    made: list[Visitor] = []
    base = live_server.url.replace("127.0.0.1", "localhost")

    def make(account: Any = None) -> Visitor:
        visitor = Visitor(browser, base)
        made.append(visitor)
        return visitor.sign_in(account) if account else visitor

    yield make
    faults = [fault for visitor in made for fault in visitor.faults]
    for number, visitor in enumerate(made):
        if getattr(request.node, "failed", False) and not visitor.page.is_closed():
            ARTEFACTS.mkdir(exist_ok=True)
            visitor.page.screenshot(path=ARTEFACTS / f"{request.node.name[:80]}-{number}.png")
        visitor.context.close()
    assert faults == []


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: Any) -> Iterator[None]:
    outcome = yield
    if outcome.get_result().when == "call":  # type: ignore[attr-defined]
        item.failed = outcome.get_result().failed  # type: ignore[attr-defined]
