"""What the console brings to its own menu, to search and to *À traiter* for the frameworks below."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from fondouk.jobs.queries import visible_jobs
from fondouk.mail.enums import Delivery
from fondouk.mail.models import Message
from fondouk.search import registry as search
from fondouk.sites.current import current_site
from fondouk.todos import registry as todos
from fondouk.todos.queries import waiting
from fondouk.ui.registry import MenuEntry, register

RECENT = timedelta(days=7)


def waiting_here(request: HttpRequest) -> int:
    site = current_site(request)
    return waiting(request.user, site.pk if site else None)


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
        route="import_new",
        icon="file-import",
        words=_("excel workbook csv"),
        permission="imports.run",
    ),
    search.Action(
        label=_("Imports"),
        route="imports",
        icon="table-import",
        words=_("export everything workbook"),
        permission="imports.run",
    ),
    search.Action(
        label=_("Download an empty workbook"),
        route="import_template",
        icon="file-spreadsheet",
        words=_("template excel"),
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


def failed_jobs(account: Any, _site: int | None) -> Any:
    """Of the last days: an old failure is history, not something to do."""
    since = timezone.now() - RECENT
    return visible_jobs(account).in_state("failed").filter(created_at__gte=since).select_related("outcome")


def job_item(job: Any) -> todos.Item:
    return todos.Item(
        gettext("A job failed"),
        reverse("job", args=[job.pk]),
        str(job.title),
        due=timezone.localdate(job.created_at),
        status=gettext("failed"),
        tone="danger",
    )


def mail_item(message: Message) -> todos.Item:
    return todos.Item(
        gettext("A message was not delivered"),
        reverse("message", args=[message.pk]),
        message.to,
        due=timezone.localdate(message.created_at),
        status=gettext("failed"),
        tone="danger",
    )


todos.register(
    todos.Source(
        code="jobs", label=_("Failed jobs"), rows=failed_jobs, item=job_item, order=80, permission="jobs.view"
    )
)
todos.register(
    todos.Source(
        code="mail",
        label=_("Undelivered mail"),
        rows=lambda account, site: Message.objects.filter(delivery=Delivery.FAILED),
        item=mail_item,
        order=90,
        permission="mail.view",
    )
)
