"""Secrets that are made here and shown once: long and at random, so that a plain digest is enough to know them by."""

from __future__ import annotations

import hashlib
import hmac
import secrets

LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
"""None that is read as another."""
GROUPS, LONG = 4, 4


def new_password() -> str:
    """Sixteen signs in groups of four, to be typed into a telephone: 79 bits."""
    return "-".join("".join(secrets.choice(LETTERS) for _sign in range(LONG)) for _group in range(GROUPS))


def new_secret() -> str:
    """For machines."""
    return secrets.token_urlsafe(32)


def digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def is_secret(typed: str, kept: str) -> bool:
    """Whether `kept` is the digest of what was typed. Takes the same time for whatever is typed."""
    return hmac.compare_digest(digest(typed), kept)
