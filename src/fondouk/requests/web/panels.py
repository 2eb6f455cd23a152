"""What requests bring to menus, to pages of spaces and companies, and to the list of what waits."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from fondouk.lib.addresses import record_address
from fondouk.people.rules import verdict
from fondouk.requests.models import Request
from fondouk.requests.rules import HANDLERS
from fondouk.sites.rules import reach
from fondouk.todos import registry as todos
from fondouk.todos.registry import Item
from fondouk.ui.registry import MenuEntry, Panel, register

SHOWN = 5


def _panel(request: HttpRequest, rows: Any, subject: Any, name: str) -> dict[str, Any]:
    found = rows.open().visible_to(request.user).select_related("category")
    return {
        "rows": found[:SHOWN],
        "count": found.count(),
        "may_handle": verdict(request.user, "requests.handle", subject),
        "new": f"{reverse('request_new')}?{name}={subject.pk}",
    }


def of_space(request: HttpRequest, space: Any) -> dict[str, Any]:
    return _panel(request, Request.objects.filter(resource=space), space, "space")


def of_company(request: HttpRequest, company: Any) -> dict[str, Any]:
    return _panel(request, Request.objects.filter(company=company), company, "company")


register(
    MenuEntry(
        shell="staff",
        group="residents",
        label=_("Requests"),
        route="requests",
        icon="ticket",
        order=40,
        permission="requests.view",
    ),
    Panel(
        place="spaces.space:main",
        template="requests/panels/of.html",
        context=of_space,
        order=40,
        permission="requests.view",
    ),
    Panel(
        place="companies.company:summary",
        template="requests/panels/of.html",
        context=of_company,
        order=45,
        permission="requests.view",
    ),
)


def open_rows(account: Any, site: int | None) -> Any:
    """What somebody may deal with: what is late, and what nobody deals with yet."""
    rows = reach(account, *HANDLERS).limit(Request.objects.open(), "site")
    if site is not None:
        rows = rows.filter(site=site)
    pressing = Q(pk__in=rows.late().values("pk")) | Q(assignee=None)
    found = rows.filter(pressing).select_related("company", "reporter", "category")
    return found.order_by("resolve_due_at", "pk")


def open_item(one: Request) -> Item:
    late = one.is_late
    return Item(
        gettext("A request is late") if late else gettext("A request that nobody deals with"),
        record_address("request", one.pk),
        subject=one.company.label if one.company else one.reporter.name,
        reference=f"#{one.pk} {one.title}",
        due=timezone.localtime(one.due_at).date(),
        status=gettext("late") if late else gettext("to be given to somebody"),
        tone="danger" if late else "warn",
    )


todos.register(
    todos.Source(
        code="requests",
        label=_("Requests of residents"),
        rows=open_rows,
        item=open_item,
        order=7,
        permission="requests.handle",
        is_dated=True,
        owner="assignee",
    )
)
