"""Requests in the search, and who may read their photos."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _

from fondouk.files import readers
from fondouk.lib.addresses import record_address
from fondouk.requests.models import Request
from fondouk.search import registry as search
from fondouk.search.queries import Terms


def find_requests(account: Any, terms: Terms, limit: int) -> Iterable[search.Hit]:
    if not account.has_perm("requests.view"):
        return
    rows = Request.objects.visible_to(account).filter(title_folded__contains=terms.folded)
    for one in rows.select_related("category")[:limit]:
        yield search.Hit(
            f"#{one.pk} {one.title}", record_address("request", one.pk), one.category.label, "ticket"
        )


search.register(
    search.Source(code="requests", label=_("Requests"), find=find_requests, order=45),
    search.Action(
        label=_("Requests"),
        route="requests",
        icon="ticket",
        words=_("helpdesk faults services tickets"),
        permission="requests.view",
    ),
    search.Action(
        label=_("New request"),
        route="request_new",
        icon="plus",
        words=_("fault service report"),
        permission="requests.handle",
    ),
)


@readers.register
def may_read_photo(account: Any, stored: Any) -> bool:
    return bool(Request.objects.visible_to(account).filter(photos__file=stored).exists())
