"""Tokens, and nothing else: a browser's session opens no door here."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils import translation
from ninja.security import HttpBearer

from fondouk.people.actions import find_token


class TokenAuth(HttpBearer):
    """`Authorization: Bearer fdk_…`. From then on the request is the account's."""

    def authenticate(self, request: HttpRequest, token: str) -> Any:
        found = find_token(token)
        if found is None:
            return None
        request.user = found.account
        if "Accept-Language" not in request.headers:
            translation.activate(found.account.person.language)
        return found
