"""The key of a record in a link of its own, for people without an account: signed, and of that record alone.

A key is given out again when a table is emptied or a backup put back. The moment at which the record was made is part of
what is signed, so that a link never opens another record that bears the same key.
"""

from __future__ import annotations

from datetime import datetime

from django.core.signing import Signer
from django.utils.crypto import constant_time_compare

from fondouk.lib.text import typed_key


def link_token(kind: str, key: int, made_at: datetime) -> str:
    """`kind` names the table, `made_at` never changes for a record."""
    return Signer(salt=f"{kind}:{made_at.timestamp():.6f}", sep=".").sign(str(key))


def key_in(token: str) -> int | None:
    """The key that a token claims: nothing is proved by it."""
    return typed_key(token.partition(".")[0])


def opens(token: str, kind: str, key: int, made_at: datetime) -> bool:
    """Whether the token is that record's."""
    return constant_time_compare(token, link_token(kind, key, made_at))
