"""What the staff does with a request."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from fondouk.lib.saving import say_beside
from fondouk.lib.text import typed_key
from fondouk.people.rules import required
from fondouk.requests.actions import assign, say
from fondouk.requests.actions.handling import Meanwhile
from fondouk.requests.queries import handlers
from fondouk.requests.web.loading import request_at
from fondouk.ui.toasts import toast

from .page import answer_form, shown


@require_POST
@required("requests.handle")
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """What is typed is never lost: a form that comes too late is shown again with it."""
    account: Any = request.user
    found = request_at(request, pk, "requests.handle")
    form = answer_form(found, request.POST)
    if not form.is_valid():
        return shown(request, found, form, 422)
    said = form.cleaned_data
    try:
        say(
            found,
            by=account.person,
            is_staff=True,
            text=said["text"],
            state=form.chosen(),
            is_internal=said["is_internal"],
            sequence=said["sequence"],
        )
    except ValidationError as error:
        say_beside(form, error)
    except Meanwhile as late:
        form.add_error(None, str(late))
        again = request.POST.copy()
        again["sequence"] = str(request_at(request, pk).sequence)  # what is on the page now has been read
        form.data = again
    else:
        toast(request, _("Saved."))
        return redirect("request", pk)
    return shown(request, request_at(request, pk), form, 422)


@require_POST
@required("requests.handle")
def assignment(request: HttpRequest, pk: int) -> HttpResponse:
    """`to`: the key of whoever deals with it from now on, or nothing for nobody; `?mine`: the reader."""
    account: Any = request.user
    found = request_at(request, pk, "requests.handle")
    before = found.assignee_id
    chosen = "me" if "mine" in request.GET else request.GET.get("to", request.POST.get("to", ""))
    person = None
    if chosen == "me":
        person = account.person
    elif chosen:
        person = get_object_or_404(handlers(found.site_id), pk=typed_key(chosen) or 0)
    try:
        assign(found, person, by=account.person)
    except Meanwhile as late:
        toast(request, str(late), tone="warn")
        return redirect("request", pk)
    undo = f"{reverse('request_assignment', args=[pk])}?to={before or ''}"
    if person:
        toast(request, _("%(person)s deals with this request.") % {"person": person}, undo=undo)
    else:
        toast(request, _("Nobody deals with this request any more."), undo=undo)
    return redirect("request", pk)
