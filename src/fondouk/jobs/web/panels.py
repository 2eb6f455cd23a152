"""What jobs bring to the console."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.cache import caches
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from fondouk.jobs.queries import under_way
from fondouk.ui.registry import MenuEntry, Panel, register

QUIET_FOR = 5
"""Seconds for which nothing is asked of jobs again, where this person had none under way."""


def _under_way(request: HttpRequest, subject: Any) -> dict[str, Any] | None:
    key, kept = f"jobs-none:{request.user.pk}", caches["pages"]
    if kept.get(key):
        return None
    jobs = under_way(request.user)
    if not jobs:
        kept.set(key, True, min(QUIET_FOR, settings.PAGES_KEPT_FOR))
        return None
    return {"jobs": jobs, "running": any(not job.is_finished for job in jobs)}


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
