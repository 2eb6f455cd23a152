"""Who is behind a web request, for the triggers that keep the history of rows."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from pghistory.middleware import HistoryMiddleware


class AuditMiddleware(HistoryMiddleware):
    """Gives every write of a request its person and its route, never its query string: that may hold secrets."""

    def get_context(self, request: HttpRequest) -> dict[str, Any]:
        account = getattr(request, "user", None)
        person = account.person_id if account is not None and account.is_authenticated else None
        return {"person": person, "url": request.path}
