"""What the console brings to its own menu and to search."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from fondouk.search import registry as search
from fondouk.todos.queries import waiting
from fondouk.ui.registry import MenuEntry, register


def waiting_here(request: HttpRequest) -> int:
    return waiting(request.user)


register(
    MenuEntry(shell="staff", group="pilot", label=_("Today"), route="today", icon="home", order=10),
    MenuEntry(
        shell="staff",
        group="pilot",
        label=_("To do"),
        route="todo",
        icon="inbox",
        order=20,
        count=waiting_here,
    ),
)
search.register(
    search.Action(
        label=_("Today"), route="today", icon="home", words=_("dashboard home"), permission="sites.staff"
    ),
    search.Action(
        label=_("To do"), route="todo", icon="inbox", words=_("tasks waiting"), permission="sites.staff"
    ),
    search.Action(
        label=_("Import a book"),
        route="imports",
        icon="table-import",
        words=_("excel workbook csv"),
        permission="imports.run",
    ),
    search.Action(
        label=_("Jobs"),
        route="jobs",
        icon="progress",
        words=_("progress background work"),
        permission="jobs.view",
    ),
    search.Action(
        label=_("Outbox"), route="outbox", icon="mail", words=_("mail messages sent"), permission="mail.view"
    ),
)
