"""A request as the staff sees it: what was said, who deals with it, and what may be done."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from fondouk.audit.queries import timeline
from fondouk.people.rules import required, verdict
from fondouk.requests.enums import STAFF_STEPS, TONES, State
from fondouk.requests.forms import AnswerForm
from fondouk.requests.models import Request
from fondouk.requests.queries import handlers
from fondouk.requests.web.loading import request_at


@require_safe
@required("requests.view")
def page(request: HttpRequest, pk: int) -> HttpResponse:
    return shown(request, request_at(request, pk, "requests.view"))


def answer_form(found: Request, data: object = None) -> AnswerForm:
    steps = STAFF_STEPS[State(found.state)]
    return AnswerForm(data or None, steps=steps, initial={"sequence": found.sequence})


def shown(
    request: HttpRequest, found: Request, form: AnswerForm | None = None, status: int = 200
) -> HttpResponse:
    may_handle = verdict(request.user, "requests.handle", found)
    context = {
        "one": found,
        "tone": TONES[State(found.state)],
        "remarks": found.remarks.select_related("by"),
        "photos": found.photos.select_related("file"),
        "form": form or answer_form(found),
        "can_answer": found.state not in (State.CLOSED, State.WITHDRAWN),
        "handlers": handlers(found.site_id, found.assignee_id) if may_handle else (),
        "may_handle": may_handle,
        "activity": timeline(found, limit=20),
    }
    return render(request, "requests/request/page.html", context, status=status)
