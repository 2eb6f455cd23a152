"""What jobs bring to the console."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from fondouk.jobs.queries import under_way
from fondouk.ui.registry import MenuEntry, Panel, register


def _under_way(request: HttpRequest, subject: Any) -> dict[str, Any] | None:
    jobs = under_way(request.user)
    return {"jobs": jobs, "running": any(not job.is_finished for job in jobs)} if jobs else None


register(
    MenuEntry(
        shell="staff",
        group="settings",
        label=_("Jobs"),
        route="jobs",
        icon="clock-play",
        order=60,
        permission="jobs.view",
    ),
    Panel(
        place="console.today:side",
        template="jobs/panels/under_way.html",
        context=_under_way,
        order=20,
        permission="jobs.view",
    ),
)
