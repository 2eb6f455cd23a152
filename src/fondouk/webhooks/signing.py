"""Signatures after Standard Webhooks (standardwebhooks.com, version 1), which receivers check with its libraries.

`webhook-signature` is `v1,` and the base64 of the HMAC-SHA256, under the secret, of "id.timestamp.body". A secret is shown
as `whsec_` and its base64. While a new secret is young the old one signs too, so that nobody misses a message.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from datetime import datetime, timedelta

from django.conf import settings

PREFIX = "whsec_"
BOTH = timedelta(days=1)
"""How long the secret before the last still signs."""


def _key(endpoint: int, turn: int) -> bytes:
    said = f"fondouk.webhooks:{endpoint}:{turn}".encode()
    return hmac.digest(settings.SECRET_KEY.encode(), said, hashlib.sha256)


def secret_of(endpoint: int, turn: int) -> str:
    """What the receiver is given: the same every time, for as long as the installation keeps its key."""
    return PREFIX + base64.b64encode(_key(endpoint, turn)).decode()


def signature(key: bytes, event: str, timestamp: int, body: bytes) -> str:
    signed = hmac.digest(key, f"{event}.{timestamp}.".encode() + body, hashlib.sha256)
    return "v1," + base64.b64encode(signed).decode()


def headers(
    endpoint: int, turn: int, turned_at: datetime, event: str, body: bytes, now: datetime
) -> dict[str, str]:
    """Those of a message that is sent now."""
    timestamp = int(now.timestamp())
    turns = [turn, turn - 1] if turn > 1 and now - turned_at < BOTH else [turn]
    return {
        "webhook-id": event,
        "webhook-timestamp": str(timestamp),
        "webhook-signature": " ".join(
            signature(_key(endpoint, one), event, timestamp, body) for one in turns
        ),
    }
