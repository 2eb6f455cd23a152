"""A machine that speaks to the API with a token."""

from __future__ import annotations

import json
from typing import Any

from django.test import Client

from tests.factories import TokenFactory

ROOT = "/api/v1/"
KNOWN = "fdk_known"


class Machine:
    def __init__(self, account: Any, secret: str = KNOWN, scopes: Any = ("read", "bookings")) -> None:
        TokenFactory(account=account, secret=secret, scopes=list(scopes))
        self.account = account
        self.secret = secret
        self.client = Client()

    def __call__(self, method: str, address: str, body: Any = None, **headers: str) -> Any:
        sent = {"Authorization": f"Bearer {self.secret}", "Accept-Language": "en"}
        sent |= {name.replace("_", "-"): value for name, value in headers.items()}
        data = json.dumps(body) if body is not None else ""
        call = self.client.generic
        return call(method, ROOT + address, data, content_type="application/json", headers=sent)
