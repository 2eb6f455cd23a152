"""Tokens of the API."""

from __future__ import annotations

import secrets
from collections.abc import Collection
from datetime import UTC, datetime, timedelta

from django.db import transaction
from django.utils import timezone

from fondouk.lib.prepared import Prepared
from fondouk.people import signals
from fondouk.people.enums import TokenScope
from fondouk.people.models import Account, ApiToken, Person

from .invitations import digest

PREFIX = "fdk_"
TOUCH_EVERY = timedelta(minutes=5)
LIVE = Prepared(
    lambda digest, now: (
        ApiToken.objects.live(now).select_related("account__person").filter(digest=digest).order_by()
    ),
    "digest", datetime(1, 1, 7, tzinfo=UTC),
)  # fmt: skip
"""Of a digest, at a moment: every request of a machine asks."""


@transaction.atomic
def create_token(
    account: Account,
    *,
    name: str,
    expires_at: datetime | None = None,
    scopes: Collection[str] = (),
    by: Person | None,
) -> tuple[ApiToken, str]:
    """A token and its secret, shown once and kept nowhere. It reads, and may do what `scopes` say besides."""
    secret = PREFIX + secrets.token_urlsafe(32)
    token = ApiToken.objects.create(
        account=account,
        name=name,
        digest=digest(secret),
        hint=secret[:10],
        expires_at=expires_at,
        scopes=[scope for scope in TokenScope if scope == TokenScope.READ or scope in scopes],
    )
    signals.token_created.send(ApiToken, token=token, by=by)
    return token, secret


def find_token(secret: str) -> ApiToken | None:
    """The live token of this secret; when it was last used is noted, every few minutes at most."""
    now = timezone.now()
    token = next(iter(LIVE(digest(secret), now)), None)
    if token and (token.last_used_at is None or now - token.last_used_at > TOUCH_EVERY):
        ApiToken.objects.filter(pk=token.pk).update(last_used_at=now)
    return token


@transaction.atomic
def revoke_token(token: ApiToken, *, by: Person | None) -> None:
    token.revoked_at = timezone.now()
    token.save(update_fields=["revoked_at"])
    signals.token_revoked.send(ApiToken, token=token, by=by)
