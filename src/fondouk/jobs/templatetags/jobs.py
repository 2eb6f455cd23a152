"""How a job looks wherever it is shown: `{% load jobs %}`, `{% job_progress job %}`, `{{ job|job_tone }}`."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from babel.dates import format_timedelta
from django import template
from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from fondouk.jobs.enums import State
from fondouk.jobs.models import Job
from fondouk.lib.formats import format_number

register = template.Library()

TONES = {
    State.WAITING: "neutral",
    State.RUNNING: "info",
    State.CANCELLING: "warn",
    State.DONE: "ok",
    State.REFUSED: "warn",
    State.CANCELLED: "neutral",
    State.FAILED: "danger",
}
# icons: clock loader-2 player-stop circle-check ban circle-x alert-circle
ICONS = {
    State.WAITING: "clock",
    State.RUNNING: "loader-2",
    State.CANCELLING: "player-stop",
    State.DONE: "circle-check",
    State.REFUSED: "ban",
    State.CANCELLED: "circle-x",
    State.FAILED: "alert-circle",
}


@register.filter
def job_tone(job: Job) -> str:
    return TONES[job.state]


@register.filter
def job_icon(job: Job) -> str:
    return ICONS[job.state]


@register.filter
def duration(length: timedelta | None) -> str:
    """`12 s`, `3 min`, `2 h`: one unit is enough."""
    if length is None:
        return "—"
    language = (get_language() or "fr")[:2]
    seconds = max(timedelta(seconds=1), length)
    return format_timedelta(seconds, granularity="second", threshold=1.6, format="short", locale=language)


@register.filter
def job_count(job: Job) -> str:
    """`1,240 of 20,000 rows`, as far as it is known."""
    progress = getattr(job, "progress", None)
    if progress is None or (not progress.total and not progress.done):
        return ""
    language = (get_language() or "fr")[:2]
    done = format_number(progress.done, language)
    unit = str(job.known.unit) if job.known else ""
    if progress.total is None:
        return f"{done} {unit}".strip()
    total = format_number(progress.total, language)
    if unit:
        return _("%(done)s of %(total)s %(unit)s") % {"done": done, "total": total, "unit": unit}
    return _("%(done)s of %(total)s") % {"done": done, "total": total}


@register.filter
def job_remaining(job: Job) -> str:
    """What is to be expected, in words."""
    if job.is_finished:
        return ""
    if job.state == State.CANCELLING:
        return _("It stops at its next step. Nothing of it will remain.")
    if job.state == State.WAITING:
        return _("It begins as soon as a worker is free.")
    left = job.time_left
    if left is None or left < timedelta(seconds=1):
        return _("Under way. You may close this page: the work goes on.")
    return _("About %(time)s left. You may close this page: the work goes on.") % {"time": duration(left)}


@register.filter
def job_sentence(job: Job) -> str:
    """How it ended, as its kind tells it; in general words otherwise."""
    if not job.is_finished:
        return ""
    if job.known and job.known.tell and job.state in (State.DONE, State.REFUSED):
        told = job.known.tell(job)
        if told:
            return str(told)
    return {
        State.DONE: _("The work is done."),
        State.REFUSED: _("The work could not be done as asked. Nothing was written."),
        State.CANCELLED: _("It was cancelled. Nothing of it remains."),
        State.FAILED: _("A fault stopped this work, and nothing of it was written. You may start it again."),
    }[job.state]


@register.simple_tag
def job_result(job: Job) -> str:
    """The address of the page that shows what came of it, "" when there is none."""
    kind = job.known
    if kind is None or not kind.result_route:
        return ""
    key = job.parameters.get(kind.result_key)
    if key is None and job.is_finished:
        key = job.outcome.result.get(kind.result_key)
    return reverse(kind.result_route, args=[key]) if key is not None else ""


@register.simple_tag
def job_file(job: Job) -> Any:
    """The file that may be downloaded, None when there is none."""
    if not job.is_finished or (job.known and not job.known.has_download):
        return None
    return job.outcome.file


@register.filter
def attempts(job: Job) -> str:
    """Said only when a worker was lost on the way."""
    tries = job.progress.attempt if getattr(job, "progress", None) else 1
    if tries < 2:
        return ""
    return ngettext("taken up again %(n)s time", "taken up again %(n)s times", tries - 1) % {"n": tries - 1}


@register.inclusion_tag("jobs/parts/progress.html")
def job_progress(job: Job, then: str = "refresh") -> dict[str, Any]:
    """A bar that keeps itself up to date; when the work is over the page is loaded again."""
    return {"job": job, "then": then}
