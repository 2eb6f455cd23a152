"""Who the token speaks for."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy
from ninja import Router, Schema

_: Any = gettext_lazy  # written out when the document is asked for, in its reader's language

router = Router(tags=["me"])


class RoleOut(Schema):
    role: str
    site: str | None
    """null: the whole network."""


class MembershipOut(Schema):
    company: int
    name: str
    role: str


class Me(Schema):
    name: str
    email: str
    language: str
    roles: list[RoleOut]
    companies: list[MembershipOut]
    token: str
    token_expires_at: datetime | None


@router.get("", response=Me, url_name="me", summary=_("Whom this token speaks for"))
def me(request: Any) -> Any:
    account, token = request.user, request.auth
    grants = account.person.grants.on(timezone.localdate()).select_related("site")
    memberships = account.person.memberships.current().select_related("company")
    return {
        "name": account.person.name,
        "email": account.email,
        "language": account.person.language,
        "roles": [{"role": grant.role, "site": grant.site.code if grant.site else None} for grant in grants],
        "companies": [
            {"company": row.company_id, "name": row.company.name, "role": row.role} for row in memberships
        ],
        "token": token.name,
        "token_expires_at": token.expires_at,
    }
