"""Visits to pages by one person, and what a form there answers."""

from __future__ import annotations

from typing import Any

from django.contrib.messages import get_messages
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from django.utils.html import escape
from django.utils.translation import gettext

from fondouk.people.models import Account
from fondouk.ui.toasts import UNDO


def visitor(account: Account) -> Client:
    """A browser in which this account is signed in."""
    client = Client()
    client.force_login(account, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def errors_of(response: Any, *forms: str) -> dict[str, list[str]]:
    """What the forms of the page answer, by field."""
    found: dict[str, list[str]] = {}
    for name in forms or ("form",):
        form = response.context[name]
        found.update({form.add_prefix(field): list(errors) for field, errors in form.errors.items()})
    return found


def undo_of(response: Any) -> str:
    """Where the toast of an answer posts to undo what was done."""
    last = list(get_messages(response.wsgi_request))[-1]
    assert last.extra_tags.startswith(UNDO), "this answer offers no undo"
    return str(last.extra_tags.removeprefix(UNDO))


def in_french(message: str, **values: Any) -> str:
    """As a French page writes it."""
    with translation.override("fr"):
        return str(escape(gettext(message) % values if values else gettext(message)))


def queries_of(client: Client, address: str) -> int:
    """How many queries the page makes when it has been shown before."""
    client.get(address)
    with CaptureQueriesContext(connection) as captured:
        response: HttpResponse = client.get(address)
    assert response.status_code == 200, address
    return len(captured)
